#include "io/hdf5/table.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "io/hdf5/table_state.h"

namespace myoaxis::hdf5 {
namespace {

/// Rows are gathered until they are worth a call of HDF5.
constexpr std::uint64_t kPendingRows = 1024;
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
  series->rows_in_file = extent_of(series->dataset.get()).front();
  return series;
}

/// Path of a group in its file, without a slash at its end.
std::string path_of(hid_t group) {
  std::string path(static_cast<std::size_t>(std::max<ssize_t>(H5Iget_name(group, nullptr, 0), 0)), '\0');
  H5Iget_name(group, path.data(), path.size() + 1);
  return path == "/" ? "" : path;
}

/// Closed rows on their way into the file.
struct Batch {
  std::shared_ptr<TableState> table;
  std::uint64_t first = 0;
  std::uint64_t rows = 0;
  std::uint64_t rows_in_file = 0;                   // afterwards
  std::vector<std::vector<std::byte>> values = {};  // one a data set
};

void write_rows(Batch const& batch, std::size_t number) {
  auto& series = *batch.table->series[number];
  auto const& path = batch.table->file->path;
  auto const dataset = series.dataset.get();
  std::vector<hsize_t> start(series.row_shape.size() + 1, 0);
  std::vector<hsize_t> count{batch.rows};
  count.insert(count.end(), series.row_shape.begin(), series.row_shape.end());
  auto size = count;
  series.rows_in_file = std::max(series.rows_in_file, batch.first + batch.rows);
  size.front() = series.rows_in_file;
  start.front() = batch.first;
  check(H5Dset_extent(dataset, size.data()), path, "enlarge the data set", series.name);
  Handle const file_space{H5Dget_space(dataset), H5Sclose};
  check(H5Sselect_hyperslab(file_space.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr),
        path, "select rows of", series.name);
  auto const memory_space = dataspace_of(count, count);
  check(H5Dwrite(dataset, native_type(series.type), memory_space.get(), file_space.get(), H5P_DEFAULT,
                 batch.values[number].data()),
        path, "write rows of", series.name);
}

void write_batch(Batch const& batch) {
  silence();
  // The scale goes last: who follows the file sees a new coordinate only when its row is there.
  for (auto i = batch.table->series.size(); i-- > 0;) write_rows(batch, i);
}

/// Takes the closed rows out of the table; rows not yet closed stay.
Batch take_pending(TableState& table) {
  Batch batch;
  batch.first = table.rows_handed;
  batch.rows = std::exchange(table.rows_pending, 0);
  table.rows_handed += batch.rows;
  for (auto const& series : table.series) {
    auto const closed = static_cast<std::ptrdiff_t>(batch.rows * series->row_bytes);
    std::vector<std::byte> open{series->pending.begin() + closed, series->pending.end()};
    series->pending.resize(static_cast<std::size_t>(closed));
    batch.values.push_back(std::exchange(series->pending, std::move(open)));
  }
  return batch;
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
  table->path = path_of(table->group.get()) + "/" + scale.name;
  if (auto const& continued = table->file->continued) {
    auto const found = continued->find(table->path);
    if (found != continued->end()) table->rows_handed = found->second;
  }
  table->file->tables.push_back(table);
  return table;
}

std::shared_ptr<SeriesState> add_series(TableState& table, Description const& about, NumberType type) {
  if (table.rows_pending > 0 || (closed_rows(table) > 0 && !table.file->continued))
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

std::uint64_t closed_rows(TableState const& table) { return table.rows_handed + table.rows_pending; }

void write_pending(TableState& table) {
  if (table.rows_pending == 0) return;
  table.file->expect_open();
  auto batch = take_pending(table);
  for (auto const& known : table.file->tables) {
    if (known.get() == &table) batch.table = known;
  }
  if (!table.file->writer) {
    write_batch(batch);
    return;
  }
  auto shared = std::make_shared<Batch const>(std::move(batch));
  table.file->writer->add([shared] { write_batch(*shared); });
}

void check_lengths(TableState const& table) {
  for (auto const& series : table.series) {
    if (series->rows_in_file >= table.rows_handed) continue;
    throw FileError{table.file->path,
                    "'" + table.path + "' has " + std::to_string(series->rows_in_file) + " rows, " +
                        std::to_string(table.rows_handed) + " were written",
                    "the file is damaged; replace it with --overwrite"};
  }
}

}  // namespace myoaxis::hdf5
