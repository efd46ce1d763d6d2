/// Which program this is: version, revision, compiler. Goes into every file and into `--version`.
#pragma once

#include <string>

namespace myoaxis {

std::string software_version();
/// Git revision of the sources, with "-dirty" when they were changed; "unknown" outside of a repository.
std::string git_revision();
/// Compiler, build type and processor architecture.
std::string build_description();
/// Class of this machine's processor and its mathematical library: another class may round differently in
/// the last bit.
std::string processor_class();
/// Names and versions of the libraries it was built with.
std::string library_versions();

}  // namespace myoaxis
