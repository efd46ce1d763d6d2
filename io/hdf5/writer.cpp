#include "io/hdf5/writer.h"

#include <hdf5.h>

#include <utility>

#include "io/hdf5/file_state.h"
#include "io/hdf5/table_state.h"

namespace myoaxis {
H5File H5File::create(std::string const& path, Filters filters) {
  hdf5::silence();
  auto const access = hdf5::access_properties();
  auto file = hdf5::own(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access.get()), H5Fclose, path,
                        "create the file", "");
  return H5File{std::make_shared<hdf5::FileState>(path, std::move(file), filters == Filters::deflate)};
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
  state_->tables.clear();
  state_->file.reset();
}

H5Group H5File::group(std::string const& path) { return H5Group{state_, path}; }

void H5File::start_live() {
  flush();
  hdf5::check(H5Fstart_swmr_write(state_->file.get()), state_->path, "let others read along", "");
  state_->live = true;
}

void H5File::flush() {
  hdf5::silence();
  state_->expect_open();
  for (auto const& table : state_->tables) hdf5::write_pending(*table);
  hdf5::check(H5Fflush(state_->file.get(), H5F_SCOPE_GLOBAL), state_->path, "write to the file", "");
}

void H5File::close() {
  if (!state_->file) return;
  flush();
  state_->tables.clear();
  auto const file = state_->file.release();
  hdf5::check(H5Fclose(file), state_->path, "close the file", "");
}

}  // namespace myoaxis
