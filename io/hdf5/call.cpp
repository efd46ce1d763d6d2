#include "io/hdf5/call.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace myoaxis::hdf5 {
namespace {

herr_t keep_first(unsigned position, H5E_error2_t const* entry, void* message) {
  if (position == 0 && entry->desc != nullptr) *static_cast<std::string*>(message) = entry->desc;
  return 0;
}

/// The innermost message is the cause; the outer ones only say which functions it passed through.
std::string innermost_message() {
  std::string message;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_first, &message);
  return message;
}

/// Of "unable to open file: name = ..., errno = 2, error message = 'No such file or directory', flags = ..."
/// only the system's words help the user.
std::optional<std::string> words_of_system(std::string message) {
  constexpr std::string_view marker = "error message = '";
  auto const begin = message.find(marker);
  if (begin == message.npos) return {};
  message.erase(0, begin + marker.size());
  message.erase(std::min(message.find('\''), message.size()));
  return message;
}

std::string_view cure_of(std::string_view reason) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 10> cures{{
      {"No such file or directory", "check the spelling, or create the folder first"},
      {"Is a directory", "name a file, not a folder"},
      {"Not a directory", "a part of the path is a file, name another folder"},
      {"Permission denied", "choose a folder you may write to, or change its permissions"},
      {"Read-only file system", "choose a folder you may write to"},
      {"No space left", "free some space or choose another folder"},
      {"Disk quota exceeded", "free some space or choose another folder"},
      {"File too large", "free some space or raise the limit of the file size"},
      {"Resource temporarily unavailable", "another program has the file open, close it first"},
      {"file signature not found", "this is not an HDF5 file, or a damaged one"},
  }};
  for (auto const& [sign, cure] : cures) {
    if (reason.find(sign) != reason.npos) return cure;
  }
  return {};
}

}  // namespace

void silence() {
  // HDF5's own clean-up at exit writes what a full disk refused, and crashes on it. Files are closed by us.
  static bool const no_cleanup_at_exit = H5dont_atexit() >= 0;
  static_cast<void>(no_cleanup_at_exit);
  thread_local bool const silent = H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr) >= 0;
  static_cast<void>(silent);
}

Handle access_properties() {
  Handle properties{H5Pcreate(H5P_FILE_ACCESS), H5Pclose};
  H5Pset_libver_bounds(properties.get(), H5F_LIBVER_V110, H5F_LIBVER_V110);
  H5Pset_fclose_degree(properties.get(), H5F_CLOSE_STRONG);
  return properties;
}

Handle access_after_crash() {
  auto properties = access_properties();
  // The property that the tool h5clear removes the mark with.
  hbool_t const clear = true;
  H5Pset(properties.get(), "clear_status_flags", &clear);
  return properties;
}

std::optional<std::string> system_message() { return words_of_system(innermost_message()); }

void fail(std::string_view path, std::string_view doing, std::string_view object) {
  auto message = innermost_message();
  message = words_of_system(message).value_or(message);
  if (message.empty()) message = "HDF5 gave no reason";
  auto reason = "cannot " + std::string{doing};
  if (!object.empty()) reason += " '" + std::string{object} + "'";
  throw FileError{std::string{path}, reason + ": " + message, std::string{cure_of(message)}};
}

}  // namespace myoaxis::hdf5
