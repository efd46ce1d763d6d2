#include "io/validation/result_number.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/units.h"
#include "io/config/diagnostics.h"
#include "io/experiment/time_text.h"

namespace myoaxis {
namespace {

std::size_t index_of(std::vector<std::string> const& names, std::string const& name,
                     std::string const& what) {
  auto const found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  auto const guess = did_you_mean(name, names);
  throw NoSuchNumber{fmt::format("{} has no '{}'{} there are: {}", what, name, guess.empty() ? ";" : guess,
                                 names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", ")))};
}

/// Entries along one dimension, by their number.
using Entries = std::vector<std::size_t>;

/// A data set with its group.
struct GroupedData {
  H5Reader const& file;
  std::string group;
  DatasetInfo about;
  std::string name() const { return group + '/' + about.name; }
};

GroupedData find_data(H5Reader const& file, std::string const& path) {
  auto const slash = path.rfind('/');
  if (slash == path.npos || !file.has(path.substr(0, slash))) {
    throw NoSuchNumber{fmt::format("'{}' is in no group of the results; there are: {}", path,
                                   fmt::join(file.groups(), ", "))};
  }
  GroupedData source{file, path.substr(0, slash), {}};
  std::vector<std::string> names;
  auto const all = file.datasets(source.group);
  for (auto const& data : all) names.push_back(data.name);
  source.about = all[index_of(names, path.substr(slash + 1), '/' + source.group)];
  return source;
}

/// The entry of a dimension with this coordinate: a text, or a quantity.
Entries entry_at(GroupedData const& source, std::string const& dimension, std::string const& wanted) {
  auto const scale = find_data(source.file, source.group + '/' + dimension);
  if (scale.about.is_text) {
    return {index_of(source.file.read_texts(scale.name()), wanted, dimension + " of " + source.name())};
  }
  auto const number = [&] {
    try {
      return parse_in(wanted, scale.about.unit);
    } catch (UnitError const& error) {
      throw NoSuchNumber{fmt::format("{} of {}: {}", dimension, source.name(), error.what())};
    }
  }();
  auto const coordinates = source.file.read_doubles(scale.name());
  auto const next =
      std::lower_bound(coordinates.begin(), coordinates.end(), number - 1e-9 * std::abs(number));
  if (next != coordinates.end()) return {static_cast<std::size_t>(next - coordinates.begin())};
  throw NoSuchNumber{fmt::format("{} has no entry at or after {} = {}", source.name(), dimension, wanted)};
}

double seconds_of(std::string const& instant, Tick end) {
  return static_cast<double>(parse_instant(instant, end).seconds());
}

Entries rows_in_time(GroupedData const& source, NumberAddress const& address, Tick end) {
  auto const times = source.file.read_doubles(source.group + "/time");
  Entries rows;
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (!address.at.empty()) {
      auto const at = seconds_of(address.at, end);
      auto const exact = !address.assay.empty();
      if (exact ? times[i] != at : times[i] < at || !rows.empty()) continue;
    }
    if (!address.from.empty() && times[i] <= seconds_of(address.from, end)) continue;
    if (!address.to.empty() && times[i] > seconds_of(address.to, end)) continue;
    rows.push_back(i);
  }
  if (!rows.empty()) return rows;
  auto const when = !address.at.empty() ? " at " + address.at
                    : address.from.empty() && address.to.empty()
                        ? std::string{}
                        : fmt::format(" from {} to {}", address.from, address.to);
  throw NoSuchNumber{fmt::format("'{}' has no reading{}", source.name(), when)};
}

Entries entries_along(GroupedData const& source, std::size_t dimension, NumberAddress const& address,
                      Tick end) {
  auto const& name = source.about.dims[dimension];
  if (name == "time") return rows_in_time(source, address, end);
  if (auto const entry = address.entries.find(name); entry != address.entries.end())
    return entry_at(source, name, entry->second);
  if (source.about.shape[dimension] == 1) return {0};
  throw NoSuchNumber{fmt::format("'{}' has {} entries along {}: name one, as in entry = {{ {} = ... }}",
                                 source.name(), source.about.shape[dimension], name, name)};
}

/// The values of the chosen entries, in the order of the data set.
std::vector<double> chosen_values(GroupedData const& source, NumberAddress const& address, Tick end) {
  auto const& about = source.about;
  for (auto const& [dimension, entry] : address.entries) index_of(about.dims, dimension, source.name());
  auto const values = source.file.read_doubles(source.name());
  Entries places{0};
  for (std::size_t i = 0; i < about.dims.size(); ++i) {
    Entries finer;
    auto const along = entries_along(source, i, address, end);
    for (auto const place : places) {
      for (auto const entry : along) finer.push_back(place * about.shape[i] + entry);
    }
    places = std::move(finer);
  }
  std::vector<double> chosen;
  for (auto const place : places) chosen.push_back(values[place]);
  return chosen;
}

double taken(std::vector<double> const& values, Take take) {
  switch (take) {
    case Take::last:
      return values.back();
    case Take::first:
      return values.front();
    case Take::mean:
      return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
    case Take::largest:
      return *std::max_element(values.begin(), values.end());
    case Take::smallest:
      return *std::min_element(values.begin(), values.end());
  }
  return values.back();
}

UnitNumber read_outcome(H5Reader const& file, std::string const& name) {
  auto const i = index_of(file.read_texts("outcomes/outcome"), name, "the outcomes");
  return {file.read_doubles("outcomes/value")[i], file.read_texts("outcomes/unit")[i]};
}

/// The data set of an assay's quantity.
std::string data_of(H5Reader const& file, NumberAddress const& address) {
  if (address.assay.empty()) return address.data;
  auto const assays = file.has("assays") ? file.groups("assays") : std::vector<std::string>{};
  index_of(assays, address.assay, "the run's list of assays");
  return "assays/" + address.assay + '/' + address.name + (address.truth ? "_truth" : "");
}

}  // namespace

UnitNumber read_number(H5Reader const& file, NumberAddress const& address, Tick end) {
  if (address.assay.empty() && address.data.empty()) return read_outcome(file, address.name);
  auto const source = find_data(file, data_of(file, address));
  if (source.about.is_text) throw NoSuchNumber{fmt::format("'{}' holds texts", source.name())};
  return {taken(chosen_values(source, address, end), address.take), source.about.unit};
}

}  // namespace myoaxis
