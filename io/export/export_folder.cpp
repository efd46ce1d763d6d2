#include "io/export/export_folder.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include "io/hdf5/error.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

constexpr char const* kFirstLine = "Written by myoaxis export, which replaces these files:";

std::vector<std::string> names_in(fs::path const& folder) {
  std::error_code error;
  std::vector<std::string> names;
  for (fs::directory_iterator entry{folder, error}, end; !error && entry != end; entry.increment(error))
    names.push_back(entry->path().filename().string());
  if (error) throw FileError{folder.string(), "cannot be read: " + error.message(), "may you read it?"};
  std::sort(names.begin(), names.end());
  return names;
}

/// What an earlier export says that it wrote; nothing when there was none.
std::set<std::string> names_in_mark(fs::path const& folder) {
  std::ifstream mark{folder / kExportMark};
  std::string line;
  std::set<std::string> names;
  if (!std::getline(mark, line) || line != kFirstLine) return names;
  while (std::getline(mark, line)) {
    // A mark that somebody changed must not lead out of its folder.
    if (!line.empty() && line.find('/') == line.npos && line != "..") names.insert(line);
  }
  names.insert(kExportMark);
  return names;
}

void write_mark(fs::path const& folder, std::vector<std::string> const& names) {
  std::ofstream mark{folder / kExportMark};
  mark << kFirstLine << '\n';
  for (auto const& name : names) {
    if (name != kExportMark) mark << name << '\n';
  }
  mark.close();
  if (!mark) throw FileError{(folder / kExportMark).string(), "cannot be written", "is the disk full?"};
}

/// What no export wrote.
std::vector<std::string> foreign_in(fs::path const& folder) {
  auto const known = names_in_mark(folder);
  auto names = names_in(folder);
  std::erase_if(names, [&](auto const& name) { return known.contains(name); });
  return names;
}

bool is_left_over(fs::path const& partial) {
  auto const names = names_in(partial);
  return names.empty() || fs::exists(partial / kExportMark);
}

/// "FOLDER/" and ".." name no file beside which a partial one could lie.
fs::path without_slash(fs::path folder) {
  folder = fs::absolute(folder).lexically_normal();
  return folder.has_filename() ? folder : folder.parent_path();
}

/// Whether something is there, were it a link that leads nowhere.
bool is_there(fs::path const& path) { return fs::exists(fs::symlink_status(path)); }

/// Something of the same name that is of no export stays: the new file would destroy it.
void refuse_clashes(std::vector<std::string> const& fresh, fs::path const& to) {
  auto const known = names_in_mark(to);
  for (auto const& name : fresh) {
    if (known.contains(name) || !is_there(to / name)) continue;
    throw OccupiedFolder{
        (to / name).string() +
        ": is of no export, which has a file of that name (move it, or name another folder)"};
  }
}

/// The mark of both goes first, so that whenever this ends, it names all that exports have put there; that of
/// the new one alone goes last.
void move_into(fs::path const& from, fs::path const& to) {
  auto fresh = names_in(from);
  refuse_clashes(fresh, to);
  auto const known = names_in_mark(to);
  auto both = fresh;
  both.insert(both.end(), known.begin(), known.end());
  write_mark(to, both);
  for (auto const& name : known) {
    if (name != kExportMark && !std::ranges::binary_search(fresh, name)) fs::remove(to / name);
  }
  std::erase(fresh, kExportMark);
  for (auto const& name : fresh) fs::rename(from / name, to / name);
  fs::rename(from / kExportMark, to / kExportMark);
  fs::remove(from);
}

}  // namespace

ExportFolder::ExportFolder(fs::path folder, ForeignFiles foreign)
    : folder_{without_slash(std::move(folder))} {
  partial_ = folder_;
  partial_ += ".partial";
  auto const shown = folder_.string();
  if (fs::exists(folder_) && !fs::is_directory(folder_))
    throw OccupiedFolder{shown + ": is a file (an export needs a folder of its own: name another)"};
  if (foreign == ForeignFiles::refused && fs::exists(folder_)) {
    auto const names = foreign_in(folder_);
    if (!names.empty())
      throw OccupiedFolder{shown + ": holds '" + names.front() +
                           "', which is of no export (name another folder, or let it lie beside the export's "
                           "files with --overwrite)"};
  }
  std::error_code error;
  if (fs::exists(partial_)) {
    if (!fs::is_directory(partial_) || !is_left_over(partial_))
      throw OccupiedFolder{partial_.string() + ": is in the way and of no export (move it)"};
    fs::remove_all(partial_, error);
  }
  if (!fs::create_directory(partial_, error))
    throw FileError{partial_.string(), "cannot be made: " + error.message(),
                    "create the folder above first, or choose one you may write to"};
  try {
    write_mark(partial_, {});
  } catch (...) {
    fs::remove_all(partial_, error);
    throw;
  }
}

ExportFolder::~ExportFolder() {
  std::error_code ignored;
  if (!handed_over_) fs::remove_all(partial_, ignored);
}

void ExportFolder::hand_over() {
  write_mark(partial_, names_in(partial_));
  try {
    if (fs::exists(folder_)) {
      move_into(partial_, folder_);
    } else {
      fs::rename(partial_, folder_);
    }
  } catch (fs::filesystem_error const& error) {
    throw FileError{folder_.string(), error.code().message(), "is the folder writable?"};
  }
  handed_over_ = true;
}

}  // namespace myoaxis
