/// How the bytes of a results file come about: what it has from the start, and what each row of a table adds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "io/hdf5/row_counts.h"

namespace myoaxis {

/// One table: its data sets grow together, in chunks of whole rows or, where rows are long, of parts of them.
struct TableLayout {
  struct Chunks {
    std::uint64_t rows = 0;        // of one chunk
    std::size_t bytes_across = 0;  // of all chunks that lie side by side along a row
  };
  std::string path;           // of the growing scale, as in RowCounts
  std::size_t row_bytes = 0;  // over all data sets
  std::vector<Chunks> chunks = {};

  /// Bytes that `rows` take without filters, which store a chunk whole however few of its rows are filled.
  std::size_t stored_bytes(std::uint64_t rows) const;
};

struct FileLayout {
  std::size_t fixed_bytes = 0;  // with data sets of fixed size, attributes and what HDF5 itself needs
  std::vector<TableLayout> tables = {};

  /// Bytes of all values; tables that `rows` does not name are taken as empty.
  std::size_t value_bytes(RowCounts const& rows) const;
  /// Size of the file when it is written without filters.
  std::size_t stored_bytes(RowCounts const& rows) const;
};

}  // namespace myoaxis
