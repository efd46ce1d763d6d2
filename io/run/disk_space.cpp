#include "io/run/disk_space.h"

#include <fmt/core.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "io/hdf5/error.h"
#include "io/run/run_paths.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

constexpr auto kSpaceCure =
    "free space, name a file on another disk with -o, or write less: output.every, output.snapshots, "
    "output.events_limit";

std::string size_text(std::uintmax_t bytes) {
  auto const megabytes = static_cast<double>(bytes) / 1e6;
  return megabytes < 1000 ? fmt::format("{:.1f} MB", megabytes) : fmt::format("{:.1f} GB", megabytes / 1000);
}

fs::path folder_of(fs::path const& output) {
  return output.has_parent_path() ? output.parent_path() : fs::path{"."};
}

std::uintmax_t size_of_earlier_part(RunPaths const& paths) {
  std::uintmax_t bytes = 0;
  for (auto const& path :
       {paths.partial(), paths.checkpoint(), paths.previous_checkpoint(), paths.saved_rows()}) {
    std::error_code error;
    auto const size = fs::file_size(path, error);
    if (!error) bytes += size;
  }
  return bytes;
}

}  // namespace

void check_writable(fs::path const& output) {
  auto name = output.string() + ".XXXXXX";
  auto const file = mkstemp(name.data());
  if (file < 0) {
    throw FileError{output.string(),
                    "no file can be created there: " + std::generic_category().message(errno),
                    "is the folder there and writable? name another one with -o"};
  }
  close(file);
  unlink(name.c_str());
}

std::optional<std::string> judge_space(fs::path const& output, DiskDemand demand, std::uintmax_t available) {
  if (available >= demand.most) return {};
  if (available < demand.least) {
    throw FileError{output.string(),
                    fmt::format("the run needs about {}, the disk has {} left", size_text(demand.least),
                                size_text(available)),
                    kSpaceCure};
  }
  return fmt::format("{}: the disk has {} left; the run needs about {} while it goes on ({})",
                     output.string(), size_text(available), size_text(demand.most), kSpaceCure);
}

std::optional<std::string> check_space(fs::path const& output, DiskDemand demand) {
  std::error_code error;
  auto const space = fs::space(folder_of(output), error);
  if (error) throw FileError{output.string(), error.message(), "is the folder there?"};
  return judge_space(output, demand, space.available + size_of_earlier_part({output}));
}

}  // namespace myoaxis
