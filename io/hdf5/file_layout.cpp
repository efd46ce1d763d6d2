#include "io/hdf5/file_layout.h"

#include <hdf5.h>

#include "io/hdf5/file_state.h"
#include "io/hdf5/table_state.h"
#include "io/hdf5/writer.h"

namespace myoaxis {
namespace {

using hdf5::Handle;

template <class BytesOf>
std::size_t total(FileLayout const& layout, RowCounts const& rows, BytesOf&& bytes_of) {
  auto bytes = layout.fixed_bytes;
  for (auto const& table : layout.tables) {
    auto const found = rows.find(table.path);
    if (found != rows.end()) bytes += bytes_of(table, found->second);
  }
  return bytes;
}

std::uint64_t chunks_for(std::uint64_t extent, std::uint64_t chunk) { return (extent + chunk - 1) / chunk; }

TableLayout::Chunks chunks_of(hdf5::SeriesState const& series) {
  Handle const properties{H5Dget_create_plist(series.dataset.get()), H5Pclose};
  std::vector<hsize_t> chunk(series.row_shape.size() + 1);
  H5Pget_chunk(properties.get(), static_cast<int>(chunk.size()), chunk.data());
  TableLayout::Chunks chunks{chunk.front(), chunk.front() * hdf5::bytes_of(series.type)};
  for (std::size_t i = 0; i < series.row_shape.size(); ++i) {
    chunks.bytes_across *= chunks_for(series.row_shape[i], chunk[i + 1]) * chunk[i + 1];
  }
  return chunks;
}

/// HDF5 gives a data set of fixed size its place when it is written.
herr_t add_unplaced(hid_t file, char const* name, H5O_info_t const* info, void* sum) {
  if (info->type != H5O_TYPE_DATASET) return 0;
  Handle const dataset{H5Dopen2(file, name, H5P_DEFAULT), H5Dclose};
  Handle const type{H5Dget_type(dataset.get()), H5Tclose};
  std::size_t bytes = H5Tget_size(type.get());
  for (auto const extent : hdf5::extent_of(dataset.get())) bytes *= extent;
  auto const placed = static_cast<std::size_t>(H5Dget_storage_size(dataset.get()));
  if (bytes > placed) *static_cast<std::size_t*>(sum) += bytes - placed;
  return 0;
}

}  // namespace

std::size_t TableLayout::stored_bytes(std::uint64_t rows) const {
  std::size_t bytes = 0;
  for (auto const& each : chunks) bytes += chunks_for(rows, each.rows) * each.bytes_across;
  return bytes;
}

std::size_t FileLayout::value_bytes(RowCounts const& rows) const {
  return total(*this, rows, [](auto const& table, std::uint64_t number) { return number * table.row_bytes; });
}

std::size_t FileLayout::stored_bytes(RowCounts const& rows) const {
  return total(*this, rows,
               [](auto const& table, std::uint64_t number) { return table.stored_bytes(number); });
}

H5File H5File::create_in_memory() {
  hdf5::silence();
  constexpr auto name = "(in memory)";
  constexpr std::size_t step = 4096;  // by which it grows: the size is that of a file within it
  auto const access = hdf5::access_properties();
  hdf5::check(H5Pset_fapl_core(access.get(), step, false), name, "make a file", "");
  auto file =
      hdf5::own(H5Fcreate(name, H5F_ACC_TRUNC, H5P_DEFAULT, access.get()), H5Fclose, name, "make a file", "");
  auto state = std::make_shared<hdf5::FileState>(name, std::move(file));
  state->in_memory = true;
  return H5File{std::move(state)};
}

FileLayout H5File::layout() {
  flush();
  auto const file = state_->file.get();
  hsize_t size = 0;
  hdf5::check(H5Fget_filesize(file, &size), state_->path, "measure the file", "");
  FileLayout layout{.fixed_bytes = size};
  hdf5::check(H5Ovisit2(file, H5_INDEX_NAME, H5_ITER_INC, add_unplaced, &layout.fixed_bytes, H5O_INFO_BASIC),
              state_->path, "go through", "/");
  for (auto const& table : state_->tables) {
    TableLayout about{.path = table->path};
    for (auto const& series : table->series) {
      about.row_bytes += series->row_bytes;
      about.chunks.push_back(chunks_of(*series));
    }
    layout.tables.push_back(std::move(about));
  }
  return layout;
}

}  // namespace myoaxis
