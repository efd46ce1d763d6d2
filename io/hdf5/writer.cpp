#include "io/hdf5/writer.h"

#include <hdf5.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "io/hdf5/file_state.h"
#include "io/hdf5/table_state.h"

namespace myoaxis {
namespace {

/// Batches of rows that may wait for the disk; each has about a megabyte at most, or one snapshot.
constexpr std::size_t kWaitingBatches = 64;

}  // namespace

H5File H5File::create(std::string const& path, Filters filters) {
  hdf5::silence();
  auto const access = hdf5::access_properties();
  auto file = hdf5::own(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access.get()), H5Fclose, path,
                        "create the file", "");
  return H5File{std::make_shared<hdf5::FileState>(path, std::move(file), filters == Filters::deflate)};
}

H5File H5File::create_behind(std::size_t front_bytes, std::string const& path) {
  hdf5::silence();
  auto const access = hdf5::access_properties();
  hdf5::Handle const creation{H5Pcreate(H5P_FILE_CREATE), H5Pclose};
  hdf5::check(H5Pset_userblock(creation.get(), front_bytes), path, "leave room in front of", "");
  auto file = hdf5::own(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation.get(), access.get()), H5Fclose, path,
                        "create the file", "");
  return H5File{std::make_shared<hdf5::FileState>(path, std::move(file), false)};
}

H5File H5File::continue_at(std::string const& path, RowCounts rows) {
  hdf5::silence();
  auto const access = hdf5::access_after_crash();
  auto file =
      hdf5::own(H5Fopen(path.c_str(), H5F_ACC_RDWR, access.get()), H5Fclose, path, "open the file", "");
  // What a crash left behind the end that the file knows of may be in use: nothing new goes there.
  hdf5::check(H5Fincrement_filesize(file.get(), 0), path, "find the end of the file", "");
  auto state = std::make_shared<hdf5::FileState>();
  state->path = path;
  state->file = std::move(file);
  state->continued = std::move(rows);
  return H5File{std::move(state)};
}

H5File H5File::open_for_changing(std::string const& path) {
  hdf5::silence();
  auto const access = hdf5::access_properties();
  auto file =
      hdf5::own(H5Fopen(path.c_str(), H5F_ACC_RDWR, access.get()), H5Fclose, path, "open the file", "");
  return H5File{std::make_shared<hdf5::FileState>(path, std::move(file))};
}

H5File& H5File::operator=(H5File&& other) noexcept {
  if (this != &other) {
    abandon();
    state_ = std::move(other.state_);
  }
  return *this;
}

H5File::~H5File() { abandon(); }

void H5File::abandon() noexcept {
  if (!state_) return;
  try {
    close();
  } catch (...) {  // a destructor has nobody to tell
  }
  state_->writer.reset();
  state_->tables.clear();
  state_->file.reset();
}

std::string const& H5File::path() const { return state_->path; }
bool H5File::is_continued() const { return state_->continued.has_value(); }

H5Group H5File::group(std::string const& path) { return H5Group{state_, path}; }

void H5File::start_live() {
  if (state_->continued) {
    for (auto const& table : state_->tables) hdf5::check_lengths(*table);
  }
  flush();
  if (state_->in_memory) return;
  hdf5::check(H5Fstart_swmr_write(state_->file.get()), state_->path, "let others read along", "");
  state_->live = true;
  state_->writer = std::make_unique<SerialWorker>(kWaitingBatches);
}

void H5File::flush() {
  hdf5::silence();
  state_->expect_open();
  for (auto const& table : state_->tables) hdf5::write_pending(*table);
  if (state_->writer) state_->writer->finish();
  hdf5::check(H5Fflush(state_->file.get(), H5F_SCOPE_GLOBAL), state_->path, "write to the file", "");
}

void H5File::flush_soon() {
  if (!state_->writer) return flush();
  state_->expect_open();
  for (auto const& table : state_->tables) hdf5::write_pending(*table);
  state_->writer->add([file = state_->file.get(), path = state_->path] {
    hdf5::silence();
    hdf5::check(H5Fflush(file, H5F_SCOPE_GLOBAL), path, "write to the file", "");
  });
}

void H5File::sync() {
  flush();
  void* descriptor = nullptr;
  hdf5::check(H5Fget_vfd_handle(state_->file.get(), H5P_DEFAULT, &descriptor), state_->path, "find", "");
  if (fsync(*static_cast<int*>(descriptor)) == 0) return;
  throw FileError{state_->path, "cannot write to the disk: " + std::string{std::strerror(errno)},
                  "is the disk full?"};
}

RowCounts H5File::rows() const {
  RowCounts rows;
  for (auto const& table : state_->tables) rows[table->path] = table->rows_handed + table->rows_pending;
  return rows;
}

RowCounts H5File::whole_rows() const {
  auto rows = this->rows();
  for (auto const& table : state_->tables) {
    auto shortest = table->series.front()->rows_in_file;
    for (auto const& series : table->series) shortest = std::min(shortest, series->rows_in_file);
    rows[table->path] = std::max(rows[table->path], shortest);
  }
  return rows;
}

bool H5File::has_later_rows() const {
  for (auto const& table : state_->tables) {
    for (auto const& series : table->series) {
      if (series->rows_in_file > table->rows_handed) return true;
    }
  }
  return false;
}

void H5File::close() {
  if (!state_->file) return;
  flush();
  state_->writer.reset();
  state_->tables.clear();
  auto const file = state_->file.release();
  hdf5::check(H5Fclose(file), state_->path, "close the file", "");
}

}  // namespace myoaxis
