/// The inside of a growing table: its data sets and the rows that are not yet in the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "io/hdf5/file_state.h"
#include "io/hdf5/handle.h"

namespace myoaxis::hdf5 {

struct SeriesState {
  std::string name;
  NumberType type = NumberType::float64;
  std::size_t row_bytes = 0;
  std::vector<hsize_t> row_shape = {};
  Handle dataset = {};
  std::vector<std::byte> pending = {};
};

struct TableState {
  std::shared_ptr<FileState> file;
  Handle group = {};
  hsize_t chunk_rows = 0;
  /// The first is the growing scale.
  std::vector<std::shared_ptr<SeriesState>> series = {};
  std::uint64_t rows_written = 0;
  std::uint64_t rows_pending = 0;
};

std::shared_ptr<TableState> create_table(std::shared_ptr<FileState> file, Handle group,
                                         Description const& scale, NumberType type, std::size_t chunk_rows);

/// Hands all closed rows to HDF5.
void write_pending(TableState& table);

}  // namespace myoaxis::hdf5
