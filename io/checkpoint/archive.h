/// State in a file: the visitors (core/state_visit.h) that write it, and that read it back.
///
/// Each part is a group, each number or array a data set with unit and meaning. Only this program reads it.
#pragma once

#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "core/state_visit.h"
#include "io/hdf5/reader.h"
#include "io/hdf5/writer.h"

namespace myoaxis {

class ArchiveWriter {
 public:
  /// Writes into the group `path` of the file, which outlives the visitor.
  ArchiveWriter(H5File& file, std::string path) : file_{&file}, path_{std::move(path)} {}

  ArchiveWriter in(std::string_view name) const { return {*file_, path_ + "/" + std::string{name}}; }

  template <class T>
  void operator()(About const& about, T const& values) const {
    Description const description{std::string{about.name}, std::string{about.unit},
                                  std::string{about.meaning}};
    auto group = file_->group(path_);
    if constexpr (std::is_arithmetic_v<T>)
      group.add_array(description, std::span<T const>{&values, 1});
    else
      group.add_array(description, std::span<typename T::value_type const>{values});
  }

 private:
  H5File* file_;
  std::string path_;
};

class ArchiveReader {
 public:
  ArchiveReader(H5Reader const& file, std::string path) : file_{&file}, path_{std::move(path)} {}

  ArchiveReader in(std::string_view name) const { return {*file_, path_ + "/" + std::string{name}}; }

  /// Throws FileError when the file has no such data, of another type, or of another size where that is
  /// fixed.
  template <class T>
  void operator()(About const& about, T& values) const {
    auto const path = path_ + "/" + std::string{about.name};
    if constexpr (std::is_arithmetic_v<T>) {
      values = read<T>(path, 1).front();
    } else if constexpr (requires { values.resize(1); }) {
      values = file_->read<typename T::value_type>(path);
    } else {
      auto const stored = read<typename T::value_type>(path, values.size());
      std::copy(stored.begin(), stored.end(), values.begin());
    }
  }

 private:
  template <class T>
  std::vector<T> read(std::string const& path, std::size_t size) const {
    auto values = file_->read<T>(path);
    if (values.size() == size) return values;
    throw FileError{
        path, "has " + std::to_string(values.size()) + " numbers, expected " + std::to_string(size), ""};
  }

  H5Reader const* file_;
  std::string path_;
};

}  // namespace myoaxis
