#include "io/export/vtk_export.h"

#include <cmath>
#include <map>
#include <numbers>

#include "io/export/layouts.h"
#include "io/export/vtk_file.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

/// Data sets of one group that have a row for each snapshot and cell, or for each agent.
class Source {
 public:
  Source(H5Reader const& file, std::string group) : file_{file}, group_{std::move(group)} {}

  std::vector<double> numbers(std::string const& name) const {
    return file_.read_doubles(group_ + "/" + name);
  }
  std::vector<std::string> texts(std::string const& name) const {
    return file_.read_texts(group_ + "/" + name);
  }
  std::vector<std::uint64_t> keys(std::string const& name) const {
    return file_.read_keys(group_ + "/" + name);
  }
  std::vector<double> times() const { return numbers("time"); }

  /// All numbers with exactly these dimensions.
  std::vector<DatasetInfo> with(std::vector<std::string> const& dims) const {
    std::vector<DatasetInfo> found;
    for (auto const& info : file_.datasets(group_)) {
      if (!info.is_scale && !info.is_text && info.dims == dims) found.push_back(info);
    }
    return found;
  }
  double attribute(std::string const& name) const {
    return file_.number_attribute("/" + group_, name).value_or(0);
  }

 private:
  H5Reader const& file_;
  std::string group_;
};

/// "flow [ml per min]": names in HDF5 have no slash.
std::string titled(DatasetInfo const& info) {
  if (info.unit.empty() || info.unit == "1") return info.name;
  auto unit = info.unit;
  if (auto const slash = unit.find('/'); slash != unit.npos) unit.replace(slash, 1, " per ");
  return info.name + " [" + unit + "]";
}

/// The same grid at all snapshots, file by file.
class Series {
 public:
  Series(fs::path folder, std::string name, std::vector<double> times)
      : folder_{std::move(folder)}, name_{std::move(name)}, times_{std::move(times)} {}

  void add(VtkGrid const& grid) {
    files_.push_back(name_ + "." + std::to_string(files_.size()) + ".hdf");
    write_vtk(folder_ / files_.back(), grid);
  }
  void finish() const { write_vtk_series(folder_ / (name_ + ".hdf.series"), files_, times_); }

 private:
  fs::path folder_;
  std::string name_;
  std::vector<double> times_;
  std::vector<std::string> files_;
};

template <class T>
std::vector<T> rows(std::vector<T> const& all, std::size_t first, std::size_t count) {
  auto const begin = all.begin() + static_cast<std::ptrdiff_t>(first);
  return {begin, begin + static_cast<std::ptrdiff_t>(count)};
}

void export_fibers(H5Reader const& file, fs::path const& folder) {
  Source const source{file, "fibers"};
  Series series{folder, "fibers", source.times()};
  auto const length = source.attribute("fiber_length") * 1e6;
  auto const sections = source.numbers("cross_section");
  auto const growth = source.numbers("growth");
  auto const keys = source.keys("key");
  std::vector<std::pair<std::string, std::vector<double>>> columns;
  for (auto const& info : source.with({"agent"})) {
    if (info.name != "key") columns.emplace_back(titled(info), source.numbers(info.name));
  }
  std::size_t first = 0;
  for (auto const agents : source.numbers("agents")) {
    auto const count = static_cast<std::size_t>(agents);
    std::vector<double> areas, radii;
    for (std::size_t i = first; i < first + count; ++i) {
      areas.push_back(sections[i] * (1 + growth[i]) * 1e12);
      radii.push_back(std::sqrt(areas.back() / std::numbers::pi));
    }
    VtkGrid grid{VtkGrid::Cells::lines, {}, {{"radius [um]", radii}}};
    for (auto const& [x, y, z] : muscle_section(areas, rows(keys, first, count))) {
      grid.points.push_back({x, y, z});
      grid.points.push_back({x, y, length});
    }
    for (auto const& [name, values] : columns) grid.data.push_back({name, rows(values, first, count)});
    series.add(grid);
    first += count;
  }
  series.finish();
}

/// Cells of the vessels, stretch by stretch, in the order of the stream.
std::map<std::string, std::vector<std::size_t>> stretches_of(std::vector<std::string> const& names) {
  std::map<std::string, std::vector<std::size_t>> stretches;
  for (std::size_t i = 0; i < names.size(); ++i) stretches[names[i]].push_back(i);
  return stretches;
}

/// Where each cell is drawn in the schematic loop.
std::vector<VtkPoint> loop_of(std::vector<std::string> const& stretch, std::vector<double> const& kind) {
  constexpr double bed = 5;  // the last of the kinds
  auto const stretches = stretches_of(stretch);
  std::size_t beds = 0, row = 0;
  for (auto const& [name, cells] : stretches) beds += kind[cells.front()] == bed ? 1U : 0U;
  std::vector<VtkPoint> points(2 * stretch.size());
  for (auto const& [name, cells] : stretches) {
    auto const drawn = kind[cells.front()] == bed ? capillary_bed(row++, cells.size())
                                                  : great_vessel(name, cells.size(), beds);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      points[2 * cells[i]] = drawn[2 * i];
      points[2 * cells[i] + 1] = drawn[2 * i + 1];
    }
  }
  return points;
}

/// The chosen cells of all vessels, at each snapshot.
void export_cells(Source const& source, std::vector<std::size_t> const& cells,
                  std::vector<VtkPoint> const& points, Series series) {
  auto const all = source.texts("cell").size();
  auto const fixed = source.with({"cell"});
  auto const changing = source.with({"snapshot", "cell"});
  for (std::size_t snapshot = 0; snapshot < source.times().size(); ++snapshot) {
    VtkGrid grid{VtkGrid::Cells::lines, points, {}};
    auto const add = [&](DatasetInfo const& info, std::size_t first) {
      auto const values = source.numbers(info.name);
      VtkGrid::Data data{titled(info), {}};
      for (auto const cell : cells) data.values.push_back(values[first + cell]);
      grid.data.push_back(std::move(data));
    };
    for (auto const& info : fixed) add(info, 0);
    for (auto const& info : changing) add(info, snapshot * all);
    series.add(grid);
  }
  series.finish();
}

std::vector<std::string> export_vessels(H5Reader const& file, fs::path const& folder) {
  Source const source{file, "vessels"};
  auto const stretch = source.texts("stretch");
  std::vector<std::size_t> every(stretch.size());
  for (std::size_t i = 0; i < every.size(); ++i) every[i] = i;
  export_cells(source, every, loop_of(stretch, source.numbers("kind")), {folder, "vessels", source.times()});
  std::vector<std::string> names{"vessels"};
  std::array<std::vector<double>, 3> const from{source.numbers("x_from"), source.numbers("y_from"),
                                                source.numbers("z_from")};
  std::array<std::vector<double>, 3> const to{source.numbers("x_to"), source.numbers("y_to"),
                                              source.numbers("z_to")};
  for (auto const& [name, cells] : stretches_of(stretch)) {
    std::vector<std::size_t> placed;
    std::vector<VtkPoint> points;
    for (auto const cell : cells) {
      if (std::isnan(from[0][cell])) continue;
      placed.push_back(cell);
      points.push_back({from[0][cell], from[1][cell], from[2][cell]});
      points.push_back({to[0][cell], to[1][cell], to[2][cell]});
    }
    if (placed.empty()) continue;
    names.push_back("network_" + name);
    export_cells(source, placed, points, {folder, names.back(), source.times()});
  }
  return names;
}

void export_niches(H5Reader const& file, fs::path const& folder) {
  Source const source{file, "niches"};
  Series series{folder, "niches", source.times()};
  auto const niches = source.numbers("niche").size();
  auto const stages = source.texts("stage");
  auto const cells = source.numbers("cells");
  for (std::size_t snapshot = 0; snapshot < source.times().size(); ++snapshot) {
    VtkGrid grid{VtkGrid::Cells::points, niche_arc(niches), {}};
    for (std::size_t stage = 0; stage < stages.size(); ++stage) {
      VtkGrid::Data data{stages[stage], {}};
      for (std::size_t niche = 0; niche < niches; ++niche)
        data.values.push_back(cells[(snapshot * niches + niche) * stages.size() + stage]);
      grid.data.push_back(std::move(data));
    }
    for (auto const& info : source.with({"snapshot", "niche"}))
      grid.data.push_back({titled(info), rows(source.numbers(info.name), snapshot * niches, niches)});
    series.add(grid);
  }
  series.finish();
}

}  // namespace

std::vector<std::string> export_vtk(H5Reader const& file, fs::path const& folder) {
  export_fibers(file, folder);
  auto names = export_vessels(file, folder);
  export_niches(file, folder);
  names.insert(names.begin(), "fibers");
  names.emplace_back("niches");
  return names;
}

}  // namespace myoaxis
