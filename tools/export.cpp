#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string_view>

#include "io/export/csv_export.h"
#include "io/export/export_folder.h"
#include "io/export/vtk_export.h"
#include "io/run/run_identity.h"
#include "io/run/run_paths.h"
#include "tools/common.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

struct ExportOptions {
  std::string file, vtk, csv;
  bool overwrite = false;
};

/// What each HDF5 file begins with.
bool is_hdf5(std::string const& path) {
  constexpr std::string_view signature{"\x89HDF\r\n\x1a\n", 8};
  std::ifstream file{path, std::ios::binary};
  if (!file) return true;  // what is wrong, HDF5 says better
  std::string begin(signature.size(), '\0');
  file.read(begin.data(), static_cast<std::streamsize>(begin.size()));
  return begin == signature;
}

/// The file itself or, where it is not there, the one that a run writes until its end.
std::string file_or_partial(std::string const& path) {
  auto const partial = RunPaths{path}.partial().string();
  if (fs::exists(path) || !fs::exists(partial)) return path;
  spdlog::info("{}: is not there; taking {}, of a run that has not come to its end", path, partial);
  return partial;
}

H5Reader open_for_export(std::string const& path) {
  if (!fs::exists(path)) throw UsageError{fmt::format("{}: no such file", path)};
  if (fs::is_directory(path)) throw UsageError{fmt::format("{}: is a folder, no results file", path)};
  if (!is_hdf5(path)) throw UsageError{fmt::format("{}: is no results file of myoaxis", path)};
  auto file = H5Reader::open(path);
  if (file.text_attribute("/", "format") != kFormatName)
    throw UsageError{fmt::format("{}: is no results file of myoaxis", path)};
  return file;
}

/// Makes a folder and lets `write` fill it.
template <class Write>
void fill(std::string const& folder, bool overwrite, Write const& write) {
  ExportFolder fresh{folder, overwrite ? ForeignFiles::kept : ForeignFiles::refused};
  write(fresh.path());
  fresh.hand_over();
}

void expect_snapshots(H5Reader const& file, std::string const& path) {
  if (file.has("transport"))
    throw UsageError{fmt::format(
        "{}: a graph by itself has nothing to draw; leave --vtk out, --csv writes its tables", path)};
  if (!file.has("vessels"))
    throw UsageError{fmt::format(
        "{}: is of an older format, without snapshots of vessels for --vtk; run the experiment again", path)};
  if (file.size("vessels/time") == 0)
    throw UsageError{fmt::format(
        "{}: has no snapshots for --vtk; leave it out, --csv writes all tables, or run again with [output] "
        "snapshots = [\"day 0\", \"end\"]",
        path)};
}

bool is_same_folder(std::string const& a, std::string const& b) {
  return fs::weakly_canonical(fs::absolute(fs::path{a} / "")) ==
         fs::weakly_canonical(fs::absolute(fs::path{b} / ""));
}

ExitCode export_results(ExportOptions const& options) {
  if (options.vtk.empty() && options.csv.empty())
    throw UsageError{"export: say --vtk DIR, --csv DIR, or both"};
  if (!options.vtk.empty() && !options.csv.empty() && is_same_folder(options.vtk, options.csv))
    throw UsageError{fmt::format("{}: --vtk and --csv need a folder each", options.csv)};
  auto const path = file_or_partial(options.file);
  auto const file = open_for_export(path);
  if (!options.vtk.empty()) expect_snapshots(file, path);
  if (!options.vtk.empty()) {
    DrawnRun drawn;
    fill(options.vtk, options.overwrite, [&](fs::path const& folder) { drawn = export_vtk(file, folder); });
    spdlog::info("{}: {} at {} times; open the .hdf.series files in ParaView", options.vtk,
                 fmt::join(drawn.names, ", "), drawn.snapshots);
  }
  if (!options.csv.empty()) {
    std::size_t files = 0;
    fill(options.csv, options.overwrite, [&](fs::path const& folder) { files = export_csv(file, folder); });
    spdlog::info("{}: {} tables; columns.csv has units and meanings", options.csv, files - 1);
  }
  return ExitCode::done;
}

}  // namespace

VerbEntry add_export(CLI::App& program) {
  auto* command =
      program.add_subcommand("export", "Write fibers, vessels and niches for ParaView, or all as CSV");
  auto options = std::make_shared<ExportOptions>();
  command->add_option("FILE", options->file, "results file (HDF5)")->required()->type_name("OUT.h5");
  command->add_option("--vtk", options->vtk, "folder for files of VTK's format in HDF5, one a snapshot")
      ->type_name("DIR");
  command->add_option("--csv", options->csv, "folder for tables of text")->type_name("DIR");
  command->add_flag("--overwrite", options->overwrite,
                    "write into a folder that holds other files, which stay");
  command->footer(
      "Example: myoaxis export endurance.h5 --vtk endurance-vtk --csv endurance-csv\n"
      "Fibers, niches and the loop of vessels are drawn schematically; vessels of a network (network_BED) "
      "lie\n"
      "where they are, in um. In ParaView, tubes are had by Extract Surface, then Tube.");
  return {command, [options] {
            try {
              return export_results(*options);
            } catch (OccupiedFolder const& error) {
              throw UsageError{error.what()};
            }
          }};
}

}  // namespace myoaxis
