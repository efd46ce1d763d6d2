#include "tools/common.h"

#include <cstdlib>
#include <filesystem>
#include <sstream>

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

}  // namespace myoaxis
