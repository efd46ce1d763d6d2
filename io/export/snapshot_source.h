/// One group of a results file with snapshots, read with a check that all of it is there: a run that is still
/// written, or was cut off, has columns of unequal lengths.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/hdf5/error.h"
#include "io/hdf5/reader.h"

namespace myoaxis {

class SnapshotSource {
 public:
  SnapshotSource(H5Reader const& file, std::string group) : file_{file}, group_{std::move(group)} {}

  std::vector<double> numbers(std::string const& name) const;
  std::vector<std::string> texts(std::string const& name) const;
  std::vector<std::uint64_t> keys(std::string const& name) const;
  /// The same, FileError when it has fewer than `least` values.
  std::vector<double> numbers(std::string const& name, std::size_t least) const;
  std::vector<std::uint64_t> keys(std::string const& name, std::size_t least) const;
  /// Times of the first snapshots.
  std::vector<double> times(std::size_t snapshots) const;

  /// All numbers with exactly these dimensions.
  std::vector<DatasetInfo> with(std::vector<std::string> const& dims) const;
  /// Rows of its shortest data set along `dim`.
  std::size_t shortest_along(std::string const& dim) const;
  /// Names of the codes of a data set.
  std::vector<std::string> flags(std::string const& name) const;
  /// 0 when there is none.
  double attribute(std::string const& name) const;

  /// Rows of the agents of one snapshot, in all columns.
  struct Agents {
    std::size_t first = 0;
    std::size_t count = 0;
  };
  /// Of the first snapshots. Throws FileError when a column ends before them.
  std::vector<Agents> agents(std::size_t snapshots) const;

  /// What is thrown when `data` has not what it should have.
  FileError misfit(std::string const& data, std::string const& reason) const;

 private:
  std::string path_of(std::string const& name) const { return group_ + "/" + name; }
  H5Reader const& file_;
  std::string group_;
};

/// Snapshots that all of these groups have in full, by their columns along `snapshot`.
std::size_t whole_snapshots(H5Reader const& file, std::vector<std::string> const& groups);

}  // namespace myoaxis
