#include "io/hdf5/table.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "io/hdf5/table_state.h"

namespace myoaxis::hdf5 {
namespace {

/// Rows are gathered until they are worth a call of HDF5.
constexpr std::uint64_t kPendingRows = 64;
constexpr std::size_t kPendingBytes = 1 << 20;

std::shared_ptr<SeriesState> create_series(TableState const& table, Description const& about,
                                           NumberType type) {
  validate(about, type);
  auto const group = table.group.get();
  auto series = std::make_shared<SeriesState>();
  series->name = about.name;
  series->type = type;
  series->row_bytes = bytes_of(type);
  Shape shape{.size = {0}, .limit = {H5S_UNLIMITED}, .chunk = {}};
  for (auto const& name : about.dims) {
    auto const size = fixed_scale_size(*table.file, group, name);
    if (size == 0) throw std::logic_error{"'" + about.name + "': its scale '" + name + "' has no entries"};
    series->row_shape.push_back(size);
    series->row_bytes *= size;
    shape.size.push_back(size);
    shape.limit.push_back(size);
  }
  auto full = shape.size;
  full.front() = table.chunk_rows;
  shape.chunk = chunk_shape(full, bytes_of(type));
  series->dataset = create_dataset(*table.file, group, about, native_type(type), shape);
  return series;
}

/// Writes the closed rows of one data set behind those in the file; rows not yet closed stay.
void write_rows(TableState const& table, SeriesState& series) {
  auto const& path = table.file->path;
  auto const dataset = series.dataset.get();
  std::vector<hsize_t> start(series.row_shape.size() + 1, 0);
  std::vector<hsize_t> count{table.rows_pending};
  count.insert(count.end(), series.row_shape.begin(), series.row_shape.end());
  auto size = count;
  size.front() += table.rows_written;
  start.front() = table.rows_written;
  check(H5Dset_extent(dataset, size.data()), path, "enlarge the data set", series.name);
  Handle const file_space{H5Dget_space(dataset), H5Sclose};
  check(H5Sselect_hyperslab(file_space.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr),
        path, "select rows of", series.name);
  auto const memory_space = dataspace_of(count, count);
  check(H5Dwrite(dataset, native_type(series.type), memory_space.get(), file_space.get(), H5P_DEFAULT,
                 series.pending.data()),
        path, "write rows of", series.name);
}

std::size_t pending_bytes(TableState const& table) {
  std::size_t bytes = 0;
  for (auto const& series : table.series) bytes += series->pending.size();
  return bytes;
}

}  // namespace

std::shared_ptr<TableState> create_table(std::shared_ptr<FileState> file, Handle group,
                                         Description const& scale, NumberType type, std::size_t chunk_rows) {
  auto table = std::make_shared<TableState>();
  table->file = std::move(file);
  table->group = std::move(group);
  table->chunk_rows = std::max<std::size_t>(chunk_rows, 1);
  table->series.push_back(create_series(*table, scale, type));
  make_scale(*table->file, table->series.front()->dataset.get(), scale.name);
  table->file->tables.push_back(table);
  return table;
}

std::shared_ptr<SeriesState> add_series(TableState& table, Description const& about, NumberType type) {
  if (closed_rows(table) > 0)
    throw std::logic_error{"'" + about.name + "' is added to a table that has rows"};
  auto series = create_series(table, about, type);
  auto scales = about.dims;
  scales.insert(scales.begin(), table.series.front()->name);
  attach_scales(*table.file, table.group.get(), series->dataset.get(), scales);
  table.series.push_back(series);
  return series;
}

void append_values(SeriesState& series, std::span<std::byte const> values) {
  if (values.size() % series.row_bytes != 0) {
    throw std::logic_error{"'" + series.name + "': " + std::to_string(values.size()) +
                           " bytes are not whole rows of " + std::to_string(series.row_bytes)};
  }
  series.pending.insert(series.pending.end(), values.begin(), values.end());
}

void close_rows(TableState& table, std::span<std::byte const> coordinates) {
  table.file->expect_open();
  auto& scale = *table.series.front();
  append_values(scale, coordinates);
  auto const rows = scale.pending.size() / scale.row_bytes;
  for (auto const& series : table.series) {
    if (series->pending.size() == rows * series->row_bytes) continue;
    throw std::logic_error{table.file->path + ": '" + series->name + "' has " +
                           std::to_string(series->pending.size() / series->row_bytes) + " rows waiting, '" +
                           scale.name + "' has " + std::to_string(rows)};
  }
  table.rows_pending = rows;
  if (rows >= kPendingRows || pending_bytes(table) >= kPendingBytes) write_pending(table);
}

std::uint64_t closed_rows(TableState const& table) { return table.rows_written + table.rows_pending; }

void write_pending(TableState& table) {
  if (table.rows_pending == 0) return;
  silence();
  table.file->expect_open();
  // The scale goes last: who follows the file sees a new coordinate only when its row is there.
  for (auto i = table.series.size(); i-- > 0;) write_rows(table, *table.series[i]);
  for (auto const& series : table.series) {
    auto const written = static_cast<std::ptrdiff_t>(table.rows_pending * series->row_bytes);
    series->pending.erase(series->pending.begin(), series->pending.begin() + written);
  }
  table.rows_written += std::exchange(table.rows_pending, 0);
}

}  // namespace myoaxis::hdf5
