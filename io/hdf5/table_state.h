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
  /// Rows in the file; of an earlier writing of it perhaps more than were handed over by now. Those are
  /// written once more, and stay until then. A crash may have come between the data sets of a table.
  std::uint64_t rows_in_file = 0;
  std::vector<std::byte> pending = {};
};

struct TableState {
  std::shared_ptr<FileState> file;
  Handle group = {};
  std::string path;  // of the growing scale
  hsize_t chunk_rows = 0;
  /// The first is the growing scale.
  std::vector<std::shared_ptr<SeriesState>> series = {};
  std::uint64_t rows_handed = 0;   // to HDF5, or to the thread that does so
  std::uint64_t rows_pending = 0;  // closed, and waiting here
};

std::shared_ptr<TableState> create_table(std::shared_ptr<FileState> file, Handle group,
                                         Description const& scale, NumberType type, std::size_t chunk_rows);

/// Hands all closed rows to HDF5, or to the thread that does so.
void write_pending(TableState& table);

/// Throws FileError when a data set of a table that is continued has fewer rows than there were.
void check_lengths(TableState const& table);

}  // namespace myoaxis::hdf5
