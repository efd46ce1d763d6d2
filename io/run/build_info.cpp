#include "io/run/build_info.h"

#include "myoaxis_revision.h"

namespace myoaxis {

std::string software_version() { return MYOAXIS_VERSION; }

std::string git_revision() { return MYOAXIS_REVISION; }

std::string build_description() { return MYOAXIS_COMPILER ", " MYOAXIS_BUILD_TYPE ", " MYOAXIS_PROCESSOR; }

std::string library_versions() { return MYOAXIS_LIBRARIES; }

}  // namespace myoaxis
