#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <system_error>

#include "io/export/csv_export.h"
#include "io/export/vtk_export.h"
#include "io/run/run_identity.h"
#include "tools/common.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

struct ExportOptions {
  std::string file, vtk, csv;
  bool overwrite = false;
};

H5Reader open_results(std::string const& path) {
  if (!fs::exists(path)) throw UsageError{fmt::format("{}: no such file", path)};
  auto file = H5Reader::open(path);
  if (file.text_attribute("/", "format") != kFormatName)
    throw UsageError{fmt::format("{}: is no results file of myoaxis", path)};
  if (!file.has("vessels"))
    throw UsageError{fmt::format(
        "{}: is of an older format, without snapshots of vessels; run the experiment again", path)};
  return file;
}

/// Fills a new folder beside `folder`, which it becomes when it is whole.
void fill(fs::path const& folder, bool overwrite, std::function<void(fs::path const&)> const& write) {
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_empty(folder, error) && !overwrite)
    throw UsageError{fmt::format(
        "{}: is there and not empty (name another folder, or replace it with --overwrite)", folder.string())};
  auto fresh = folder;
  fresh += ".partial";
  fs::remove_all(fresh, error);
  if (!fs::create_directory(fresh, error))
    throw FileError{fresh.string(), "cannot be made: " + error.message(),
                    "create the folder above first, or choose one you may write to"};
  try {
    write(fresh);
  } catch (...) {
    fs::remove_all(fresh, error);
    throw;
  }
  fs::remove_all(folder, error);
  fs::rename(fresh, folder, error);
  if (error) throw FileError{folder.string(), error.message(), "is the folder writable?"};
}

ExitCode export_results(ExportOptions const& options) {
  if (options.vtk.empty() && options.csv.empty())
    throw UsageError{"export: say --vtk DIR, --csv DIR, or both"};
  auto const file = open_results(options.file);
  if (!options.vtk.empty()) {
    if (file.size("vessels/time") == 0)
      throw UsageError{fmt::format(
          "{}: has no snapshots; ask for some by [output] snapshots = [\"day 0\", \"end\"]", options.file)};
    std::vector<std::string> names;
    fill(options.vtk, options.overwrite, [&](fs::path const& folder) { names = export_vtk(file, folder); });
    spdlog::info("{}: {} at {} times; open the .hdf.series files in ParaView", options.vtk,
                 fmt::join(names, ", "), file.size("vessels/time"));
  }
  if (!options.csv.empty()) {
    std::size_t files = 0;
    fill(options.csv, options.overwrite, [&](fs::path const& folder) { files = export_csv(file, folder); });
    spdlog::info("{}: {} tables; columns.csv has units and meanings", options.csv, files);
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
  command->add_flag("--overwrite", options->overwrite, "replace what is in the folder");
  command->footer(
      "Example: myoaxis export endurance.h5 --vtk endurance-vtk --csv endurance-csv\n"
      "Places of fibers, of niches and of the circulation's loop are schematic; vessels of a network "
      "(network_BED) lie "
      "where they are. Lengths in um.");
  return {command, [options] { return export_results(*options); }};
}

}  // namespace myoaxis
