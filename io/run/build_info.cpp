#include "io/run/build_info.h"

#include <gnu/libc-version.h>

#include "myoaxis_revision.h"

namespace myoaxis {

std::string software_version() { return MYOAXIS_VERSION; }

std::string git_revision() { return MYOAXIS_REVISION; }

std::string build_description() { return MYOAXIS_COMPILER ", " MYOAXIS_BUILD_TYPE ", " MYOAXIS_PROCESSOR; }

std::string processor_class() {
  std::string name = MYOAXIS_PROCESSOR;
#ifdef __x86_64__
  // glibc picks its exp, log and pow by these.
  __builtin_cpu_init();
  if (__builtin_cpu_supports("fma")) name += " fma";
  if (__builtin_cpu_supports("avx2")) name += " avx2";
  if (__builtin_cpu_supports("avx512f")) name += " avx512f";
#endif
  return name + ", glibc " + gnu_get_libc_version();
}

std::string library_versions() { return MYOAXIS_LIBRARIES; }

}  // namespace myoaxis
