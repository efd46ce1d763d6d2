/// Turns the return codes of HDF5 calls into exceptions that name the file and the reason.
#pragma once

#include <hdf5.h>

#include <optional>
#include <string>
#include <string_view>

#include "io/hdf5/error.h"
#include "io/hdf5/handle.h"

namespace myoaxis::hdf5 {

/// Stops HDF5 from printing its error stack by itself. The setting is one of the thread, hence this is called
/// at each entry into the library that may be the first of a thread.
void silence();

/// How each file is opened: in the format of HDF5 1.10, which live reading needs, and so that closing the
/// file closes everything in it. HDF5 wants the same from all who open a file in one process.
Handle access_properties();

/// The same for a file that a crash may have left marked as being written, which HDF5 would not open.
Handle access_after_crash();

/// What the operating system said when the last HDF5 call failed; nothing when it is the file that is wrong.
/// Must follow the failed call at once.
std::optional<std::string> system_message();

/// Throws FileError: "cannot DOING 'OBJECT': what HDF5 said". Must follow the failed call at once.
[[noreturn]] void fail(std::string_view path, std::string_view doing, std::string_view object);

/// Passes `result` on, or throws what HDF5 said when it is negative.
template <class Result>
Result check(Result result, std::string_view path, std::string_view doing, std::string_view object) {
  if (result < 0) fail(path, doing, object);
  return result;
}

/// The same for a call that returns an identifier to be closed by `close`.
inline Handle own(hid_t id, Handle::Close close, std::string_view path, std::string_view doing,
                  std::string_view object) {
  return {check(id, path, doing, object), close};
}

}  // namespace myoaxis::hdf5
