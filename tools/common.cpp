#include "tools/common.h"

#include <fmt/core.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "core/units.h"
#include "io/batch/batch_config.h"

namespace myoaxis {
namespace fs = std::filesystem;

SearchPath config_search_path() {
  std::vector<fs::path> folders;
  if (auto const* variable = std::getenv("MYOAXIS_CONFIGS")) {
    std::istringstream list{variable};
    for (std::string folder; std::getline(list, folder, ':');) {
      if (!folder.empty()) folders.emplace_back(folder);
    }
  }
  std::error_code error;
  auto const program = fs::read_symlink("/proc/self/exe", error);
  if (!error) folders.push_back((program.parent_path() / MYOAXIS_INSTALLED_CONFIGS).lexically_normal());
  folders.emplace_back(MYOAXIS_SOURCE_CONFIGS);
  return SearchPath{folders};
}

std::chrono::duration<double> duration_option(char const* option, std::string const& text) {
  try {
    auto const seconds = parse_in(text, "s");
    if (seconds > 0) return std::chrono::duration<double>{seconds};
    throw UsageError{fmt::format("{}: '{}' is not longer than 0 s", option, text)};
  } catch (UnitError const& error) {
    throw UsageError{fmt::format("{}: {}", option, error.what())};
  }
}

void expect_experiment(std::string const& file) {
  if (!is_batch(file)) return;
  throw UsageError{
      fmt::format("{0}: is a batch, not an experiment, since it has [[arm]] (myoaxis batch {0} -o DIR; "
                  "--dry-run checks it)",
                  file)};
}

}  // namespace myoaxis
