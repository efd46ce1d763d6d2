/// The folder that an export fills: whole or not there, and never at the cost of what somebody else put
/// there.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

namespace myoaxis {

/// The folder holds what no export wrote.
class OccupiedFolder : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

enum class ForeignFiles { refused, kept };

/// FOLDER.partial, which becomes FOLDER when it is handed over. Removes it otherwise. An earlier export at
/// FOLDER is replaced; which files are of one, it says itself in kExportMark.
class ExportFolder {
 public:
  /// Throws OccupiedFolder when there is something else in the folder, or, when that may be `kept`, only when
  /// no folder can be there at all; FileError when none can be made.
  ExportFolder(std::filesystem::path folder, ForeignFiles foreign);
  ~ExportFolder();
  ExportFolder(ExportFolder const&) = delete;
  ExportFolder& operator=(ExportFolder const&) = delete;

  /// Where to write: empty but for the mark.
  std::filesystem::path const& path() const { return partial_; }
  /// Throws OccupiedFolder, and changes nothing, when the folder holds a file of no export whose name one of
  /// these has; FileError.
  void hand_over();

 private:
  std::filesystem::path folder_, partial_;
  bool handed_over_ = false;
};

/// A file that names the others that an export wrote, one a line.
inline constexpr char const* kExportMark = "myoaxis-export.txt";

}  // namespace myoaxis
