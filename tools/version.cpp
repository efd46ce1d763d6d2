#include <fmt/core.h>

#include "io/run/build_info.h"
#include "tools/common.h"

namespace myoaxis {

std::string version_text() {
  return fmt::format("myoaxis {} (revision {})\n{}\n{}", software_version(), git_revision(),
                     build_description(), library_versions());
}

}  // namespace myoaxis
