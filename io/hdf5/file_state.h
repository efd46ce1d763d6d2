/// The open file that all writing handles share, and the calls on it that they have in common.
#pragma once

#include <hdf5.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/serial_worker.h"
#include "io/hdf5/call.h"
#include "io/hdf5/description.h"
#include "io/hdf5/number_type.h"
#include "io/hdf5/row_counts.h"

namespace myoaxis::hdf5 {

struct TableState;

struct FileState {
  std::string path;
  Handle file;
  bool filtered = true;
  /// Readers may be following the file: no object may be created anymore.
  bool live = false;
  bool in_memory = false;  // nobody else sees it
  /// Tables hold rows not yet written. Closing the file empties this list, which frees the tables.
  std::vector<std::shared_ptr<TableState>> tables = {};
  /// The file is continued: rows that its tables had, by the path of their growing scale. What would be
  /// created is there already.
  std::optional<RowCounts> continued = {};
  /// Writes rows while the caller goes on; only in a live file.
  std::unique_ptr<SerialWorker> writer = {};

  void expect_open() const;
  /// Throws std::logic_error when the file is closed or live.
  void expect_creatable(std::string_view name) const;
};

/// Shape of a data set: `size` now, `limit` at most (H5S_UNLIMITED for a growing dimension).
struct Shape {
  std::vector<hsize_t> size;
  std::vector<hsize_t> limit;
  std::vector<hsize_t> chunk;

  bool grows() const { return !limit.empty() && limit.front() == H5S_UNLIMITED; }
};

hid_t native_type(NumberType type);
std::size_t bytes_of(NumberType type);
Handle text_type();
Handle dataspace_of(std::vector<hsize_t> const& size, std::vector<hsize_t> const& limit);

/// Size of a data set now, one entry a dimension.
std::vector<hsize_t> extent_of(hid_t dataset);

/// Chunk of about `kChunkBytes`, in whole rows where they fit.
std::vector<hsize_t> chunk_shape(std::vector<hsize_t> const& size, std::size_t value_bytes);

/// A shape of fixed size with a chunk that suits it.
Shape fixed_shape(std::vector<hsize_t> size, std::size_t value_bytes);

/// Creates a data set, chunked and filtered when it is large or grows, with its describing attributes.
/// Values not written read as NaN in data sets of floating-point numbers. In a file that is continued: opens
/// it, and throws FileError when it is missing or of another type or rank.
Handle create_dataset(FileState const& file, hid_t group, Description const& about, hid_t type,
                      Shape const& shape);

/// The same without a word on what it means.
Handle create_undescribed(FileState const& file, hid_t group, std::string const& name, hid_t type,
                          Shape const& shape);

/// Unit, meaning and codes of a new data set, as attributes of it.
void write_description(FileState const& file, hid_t dataset, Description const& about);

/// Number of entries of the fixed scale `name`; std::logic_error when there is no such scale or it grows.
hsize_t fixed_scale_size(FileState const& file, hid_t group, std::string_view name);
void make_scale(FileState const& file, hid_t dataset, std::string const& name);
void attach_scales(FileState const& file, hid_t group, hid_t dataset, std::vector<std::string> const& scales);

void write_text_attribute(FileState const& file, hid_t object, std::string const& name,
                          std::string_view text);
void write_number_attribute(FileState const& file, hid_t object, std::string const& name, NumberType type,
                            void const* values, std::size_t count, bool scalar);

/// Throws std::logic_error for a description that would break the rules of the format.
void validate(Description const& about, NumberType type);

}  // namespace myoaxis::hdf5
