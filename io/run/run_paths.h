/// The files that belong to one run, by the name of its output.
#pragma once

#include <filesystem>
#include <string>

namespace myoaxis {

/// While a run goes on, OUTPUT.partial grows. At the end it becomes OUTPUT and all others go, but for the
/// checkpoint of a run that can go on.
struct RunPaths {
  std::filesystem::path output;

  std::filesystem::path partial() const { return with(".partial"); }
  std::filesystem::path checkpoint() const { return with(".checkpoint"); }
  std::filesystem::path previous_checkpoint() const { return with(".checkpoint.previous"); }
  /// The results at the last checkpoint, in case a crash tears OUTPUT.partial apart.
  std::filesystem::path saved_rows() const { return with(".checkpoint.rows"); }
  /// The copy that is to take the place of OUTPUT.
  std::filesystem::path compressed() const { return fresh(output); }
  /// What is being written, and not yet there.
  static std::filesystem::path fresh(std::filesystem::path path) { return path += ".new"; }

 private:
  std::filesystem::path with(char const* ending) const {
    auto path = output;
    return path += ending;
  }
};

}  // namespace myoaxis
