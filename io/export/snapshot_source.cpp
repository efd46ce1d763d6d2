#include "io/export/snapshot_source.h"

#include <fmt/core.h>

#include <algorithm>
#include <limits>

#include "io/export/csv_file.h"

namespace myoaxis {

std::vector<double> SnapshotSource::numbers(std::string const& name) const {
  return file_.read_doubles(path_of(name));
}
std::vector<std::string> SnapshotSource::texts(std::string const& name) const {
  return file_.read_texts(path_of(name));
}
std::vector<std::uint64_t> SnapshotSource::keys(std::string const& name) const {
  return file_.read_keys(path_of(name));
}

std::vector<double> SnapshotSource::numbers(std::string const& name, std::size_t least) const {
  auto values = numbers(name);
  if (values.size() >= least) return values;
  throw misfit(name, fmt::format("has {} values, expected {}", values.size(), least));
}
std::vector<std::uint64_t> SnapshotSource::keys(std::string const& name, std::size_t least) const {
  auto values = keys(name);
  if (values.size() >= least) return values;
  throw misfit(name, fmt::format("has {} values, expected {}", values.size(), least));
}

std::vector<double> SnapshotSource::times(std::size_t snapshots) const {
  auto times = numbers("time", snapshots);
  times.resize(snapshots);
  return times;
}

std::vector<DatasetInfo> SnapshotSource::with(std::vector<std::string> const& dims) const {
  std::vector<DatasetInfo> found;
  for (auto const& info : file_.datasets(group_)) {
    if (!info.is_scale && !info.is_text && info.dims == dims) found.push_back(info);
  }
  return found;
}

std::size_t SnapshotSource::shortest_along(std::string const& dim) const {
  auto shortest = std::numeric_limits<std::uint64_t>::max();
  for (auto const& info : file_.datasets(group_)) {
    if (!info.dims.empty() && info.dims.front() == dim) shortest = std::min(shortest, info.shape.front());
  }
  return shortest == std::numeric_limits<std::uint64_t>::max() ? 0 : shortest;
}

std::vector<std::string> SnapshotSource::flags(std::string const& name) const {
  return words_of(file_.text_attribute(path_of(name), "flag_meanings").value_or(""));
}

double SnapshotSource::attribute(std::string const& name) const {
  return file_.number_attribute("/" + group_, name).value_or(0);
}

std::vector<SnapshotSource::Agents> SnapshotSource::agents(std::size_t snapshots) const {
  auto const there = shortest_along("agent");
  auto const counts = keys("agents", snapshots);
  std::vector<Agents> agents;
  std::size_t first = 0;
  for (std::size_t i = 0; i < snapshots; ++i) {
    if (counts[i] > there - first)
      throw misfit("agent", fmt::format("has {} rows, snapshot {} needs {} after the first {}", there, i,
                                        counts[i], first));
    agents.push_back({first, counts[i]});
    first += counts[i];
  }
  return agents;
}

FileError SnapshotSource::misfit(std::string const& data, std::string const& reason) const {
  auto const running = file_.text_attribute("/", "status") == "running";
  return {file_.path(), fmt::format("'{}' {}", path_of(data), reason),
          running ? "the run is still being written, or was cut off: try again, or let the same command go on"
                  : "is the file damaged? run the experiment again"};
}

std::size_t whole_snapshots(H5Reader const& file, std::vector<std::string> const& groups) {
  auto shortest = std::numeric_limits<std::size_t>::max();
  for (auto const& group : groups)
    shortest = std::min(shortest, SnapshotSource{file, group}.shortest_along("snapshot"));
  return groups.empty() ? 0 : shortest;
}

}  // namespace myoaxis
