/// What is thrown when a data file cannot be created, read or written: which file, why, and what to do about
/// it.
#pragma once

#include <stdexcept>
#include <string>

namespace myoaxis {

class FileError : public std::runtime_error {
 public:
  FileError(std::string path, std::string reason, std::string cure)
      : std::runtime_error{path + ": " + reason + (cure.empty() ? "" : " (" + cure + ")")},
        path_{std::move(path)},
        reason_{std::move(reason)},
        cure_{std::move(cure)} {}

  std::string const& path() const { return path_; }
  std::string const& reason() const { return reason_; }
  /// Advice to the user; empty when there is none.
  std::string const& cure() const { return cure_; }

 private:
  std::string path_;
  std::string reason_;
  std::string cure_;
};

}  // namespace myoaxis
