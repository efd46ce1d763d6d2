/// Reading a results file: what is in it, and its attributes and data sets by name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "io/hdf5/error.h"
#include "io/hdf5/number_type.h"

namespace myoaxis {

namespace hdf5 {
struct ReaderState;
}

/// One data set, as a listing shows it.
struct DatasetInfo {
  std::string name;
  /// Names of its scales, slowest first; empty text for a dimension without one.
  std::vector<std::string> dims;
  std::vector<std::uint64_t> shape;
  std::string unit;
  std::string long_name;
  std::string type;             // "float32", "int64", "text", ...
  std::size_t value_bytes = 0;  // of one value; of a text, its reference
  bool is_scale = false;
  bool is_text = false;
  bool is_integer = false;
  bool is_unsigned = false;  // of an integer
  bool is_single = false;    // a floating-point number of 4 bytes
};

class H5Reader {
 public:
  /// Opens the file, even one that a running program is writing live. Throws FileError.
  static H5Reader open(std::string const& path);
  std::string const& path() const;

  /// Opens a file as its writer left it or, live, as it is now: with no lock that could get in the writer's
  /// way. What was written since is seen by who opens it again. Throws FileError.
  static H5Reader open_live(std::string const& path);

  /// Names in alphabetical order of the groups and data sets directly in the group at `path`.
  std::vector<std::string> groups(std::string const& path = "/") const;
  std::vector<DatasetInfo> datasets(std::string const& path = "/") const;
  bool has(std::string const& path) const;
  /// Number of values of the data set.
  std::size_t size(std::string const& path) const;

  /// An attribute of the group or data set at `path`; nothing when it has none of this name and kind.
  std::optional<std::string> text_attribute(std::string const& path, std::string const& name) const;
  std::optional<std::int64_t> integer_attribute(std::string const& path, std::string const& name) const;
  std::optional<double> number_attribute(std::string const& path, std::string const& name) const;

  /// All values of the data set at `path`, the last dimension fastest. Throws FileError.
  std::vector<double> read_doubles(std::string const& path) const;
  std::vector<std::int64_t> read_integers(std::string const& path) const;
  std::vector<std::uint64_t> read_keys(std::string const& path) const;
  /// The same without any conversion: FileError unless the values are stored as T.
  template <StoredNumber T>
  std::vector<T> read(std::string const& path) const {
    std::vector<T> values(size(path));
    read_exactly(path, number_type<T>(), values.data());
    return values;
  }
  std::vector<std::string> read_texts(std::string const& path) const;
  /// Row number `row` of the slowest dimension: one value, or all those of the other dimensions.
  std::vector<double> read_row(std::string const& path, std::uint64_t row) const;
  std::vector<std::int64_t> read_integer_row(std::string const& path, std::uint64_t row) const;

 private:
  void read_exactly(std::string const& path, NumberType type, void* values) const;
  explicit H5Reader(std::shared_ptr<hdf5::ReaderState const> state) : state_{std::move(state)} {}
  std::shared_ptr<hdf5::ReaderState const> state_;
};

}  // namespace myoaxis
