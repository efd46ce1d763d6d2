#include "io/run/compressed_results.h"

#include <exception>
#include <system_error>

#include "io/checkpoint/durable.h"
#include "io/hdf5/error.h"
#include "io/hdf5/writer.h"

namespace myoaxis {

namespace fs = std::filesystem;

std::optional<std::string> compress_results(RunPaths const& paths) {
  auto const compressed = paths.compressed();
  try {
    copy_filtered(paths.output.string(), compressed.string(), Filters::deflate);
    bring_to_disk(compressed);
    if (!is_intact(compressed.string())) throw FileError{compressed.string(), "is damaged", ""};
    // Both are whole and on the disk: it does not matter which of them a crash leaves under the name.
    fs::rename(compressed, paths.output);
    return {};
  } catch (std::exception const& error) {
    std::error_code ignored;
    fs::remove(compressed, ignored);
    return error.what();
  }
}

std::optional<std::string> compress_after_crash(RunPaths const& paths) {
  std::error_code ignored;
  if (!fs::exists(paths.compressed(), ignored)) return {};
  return compress_results(paths);
}

}  // namespace myoaxis
