/// A results file being written: HDF5 that xarray (both engines), h5py, pandas, R and MATLAB open by itself.
///
/// The layer sees to the rules of the format (own scales in each group, units, variable-length texts, CF
/// codes, filters); it knows no biology. Create all groups, data sets and attributes before the first row:
/// then `start_live` lets other programs read the file while it grows.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "io/hdf5/error.h"
#include "io/hdf5/file_layout.h"
#include "io/hdf5/group.h"
#include "io/hdf5/row_counts.h"
#include "io/hdf5/table.h"

namespace myoaxis {

enum class Filters { none, deflate };

class H5File {
 public:
  /// Creates the file, replacing one that exists. Throws FileError.
  static H5File create(std::string const& path, Filters filters = Filters::deflate);
  /// The same with no filters, and with `front_bytes` before it that HDF5 leaves alone: 512 or a larger power
  /// of two.
  static H5File create_behind(std::size_t front_bytes, std::string const& path);
  /// Opens a file whose writing was cut off, were it by a crash, to go on where its tables had `rows`. What
  /// is then created in it must be what is there: the same groups, data sets and texts in the same order.
  /// Rows behind `rows` stay until they are written once more. Throws FileError.
  static H5File continue_at(std::string const& path, RowCounts rows);
  /// A file that is never on a disk: made to see what one would be like.
  static H5File create_in_memory();
  /// Opens a finished file, to replace attributes or add groups. Its tables do not grow anymore.
  static H5File open_for_changing(std::string const& path);

  H5File(H5File&&) noexcept = default;
  H5File& operator=(H5File&& other) noexcept;
  /// Closes the file; errors are lost here, so call `close` where they matter.
  ~H5File();

  std::string const& path() const;
  bool is_continued() const;

  H5Group root() { return group("/"); }
  /// The group at `path` ("blood", "assays/day28"), created with its parents when missing.
  H5Group group(std::string const& path);

  /// From here on other programs may follow the file (SWMR), and nothing more can be created in it. Rows are
  /// written by a thread of its own, whose errors the next call on the file throws.
  void start_live();
  /// Brings all closed rows into the file. Throws FileError.
  void flush();
  /// The same soon, without waiting for it.
  void flush_soon();
  /// The same, onto the disk: a power failure loses none of them.
  void sync();
  /// Its tables, and what it has beside them, when none of them has rows yet.
  FileLayout layout();
  /// How many rows each table has.
  RowCounts rows() const;
  /// How many whole rows each table has in the file, those of an earlier writing included. A crash may have
  /// left its data sets of unequal lengths.
  RowCounts whole_rows() const;
  /// Whether a table still holds rows of an earlier writing behind its `rows`.
  bool has_later_rows() const;
  /// Flushes and closes. Throws FileError. Handles of the file are of no use afterwards.
  void close();

 private:
  explicit H5File(std::shared_ptr<hdf5::FileState> state) : state_{std::move(state)} {}
  void abandon() noexcept;
  std::shared_ptr<hdf5::FileState> state_;
};

/// Whether all of a file that nobody has open can be read: every checksum holds. Values have one where they
/// were written with filters, what describes them always. A process that was killed in the middle of a write
/// may have left a file that does not. Says so too of one that is no such file. Throws
/// FileError when the disk does not let it be read, which says nothing about the file.
bool is_intact(std::string const& path);

/// Copies all of the closed file at `from` to `to`, with these filters and no space lost between its parts.
/// Throws FileError, and leaves nothing at `to` then.
void copy_filtered(std::string const& from, std::string const& to, Filters filters);

/// Cuts each table of the closed file at `path` to its number of rows. Throws FileError.
void cut_tables(std::string const& path, RowCounts const& rows);

}  // namespace myoaxis
