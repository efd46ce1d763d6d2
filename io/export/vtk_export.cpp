#include "io/export/vtk_export.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>

#include "core/clock.h"
#include "io/export/csv_file.h"
#include "io/export/layouts.h"
#include "io/export/loop_layout.h"
#include "io/export/snapshot_source.h"
#include "io/export/vtk_file.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

using Source = SnapshotSource;

/// "flow [ml per min]": names in HDF5 have no slash.
std::string titled(DatasetInfo const& info) {
  if (info.unit.empty() || info.unit == "1") return info.name;
  auto unit = info.unit;
  if (auto const slash = unit.find('/'); slash != unit.npos) unit.replace(slash, 1, " per ");
  return info.name + " [" + unit + "]";
}

/// The same grid at all snapshots, file by file.
class GridSeries {
 public:
  GridSeries(fs::path folder, std::string name, std::vector<double> times)
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

/// All columns of a population, of all snapshots one after the other.
std::vector<VtkGrid::Data> columns_of(Source const& source) {
  std::vector<VtkGrid::Data> columns;
  for (auto const& info : source.with({"agent"})) {
    if (info.name == "key") {
      columns.push_back({info.name, source.keys(info.name)});
    } else if (info.name != "snapshot_index") {
      columns.push_back({titled(info), source.numbers(info.name)});
    }
  }
  return columns;
}

/// The rows of one snapshot of all of these.
std::vector<VtkGrid::Data> rows(std::vector<VtkGrid::Data> const& columns, std::size_t first,
                                std::size_t count) {
  std::vector<VtkGrid::Data> chosen;
  for (auto const& [name, values] : columns) {
    std::visit(
        [&, &title = name](auto const& all) {
          chosen.push_back({title, rows(all, first, count)});
        },
        values);
  }
  return chosen;
}

/// Radii of fibers, um, and their mean area, um2.
struct Girth {
  std::vector<double> radii;
  double mean_area = 0;
};

Girth girth_of(Source const& source, std::vector<double> const& sections, std::vector<double> const& growth) {
  Girth girth;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    auto const area = sections[i] * (1 + growth[i]) * 1e12;
    if (!(std::isfinite(area) && area > 0))
      throw source.misfit("cross_section", "has a fiber without an area, which cannot be drawn");
    girth.mean_area += area / static_cast<double>(sections.size());
    girth.radii.push_back(std::sqrt(area / std::numbers::pi));
  }
  return girth;
}

void export_fibers(H5Reader const& file, fs::path const& folder, std::size_t snapshots) {
  Source const source{file, "fibers"};
  GridSeries series{folder, "fibers", source.times(snapshots)};
  auto const length = source.attribute("fiber_length") * 1e6;
  auto const sections = source.numbers("cross_section");
  auto const growth = source.numbers("growth");
  auto const units = source.keys("unit");
  auto const columns = columns_of(source);
  for (auto const& [first, count] : source.agents(snapshots)) {
    auto const girth = girth_of(source, rows(sections, first, count), rows(growth, first, count));
    VtkGrid grid;
    auto const of_snapshot = rows(units, first, count);
    for (auto const& [x, y, z] : muscle_section(of_snapshot, girth.mean_area))
      grid.add(std::array<VtkPoint, 2>{{{x, y, 0}, {x, y, length}}});
    grid.data = rows(columns, first, count);
    grid.data.push_back({"radius [um]", girth.radii});
    series.add(grid);
  }
  series.finish();
}

/// Cells of the vessels, stretch by stretch, in the order of the stream.
std::map<std::string, std::vector<std::size_t>> stretches_of(std::vector<std::string> const& names) {
  std::map<std::string, std::vector<std::size_t>> stretches;
  for (std::size_t i = 0; i < names.size(); ++i) stretches[names[i]].push_back(i);
  return stretches;
}

/// The cells of all vessels as the file describes them.
struct VesselSource {
  explicit VesselSource(H5Reader const& file)
      : source{file, "vessels"}, stretch{source.texts("stretch")}, kinds{source.flags("kind")} {
    auto const kind = source.keys("kind", stretch.size());
    std::array<std::string, 3> const axes{"x", "y", "z"};
    std::array<std::vector<double>, 3> from, to;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      from[axis] = source.numbers(axes[axis] + "_from", stretch.size());
      to[axis] = source.numbers(axes[axis] + "_to", stretch.size());
    }
    for (std::size_t i = 0; i < stretch.size(); ++i) {
      if (kind[i] >= kinds.size()) throw source.misfit("kind", "has a code without a meaning");
      cells.push_back({kinds[kind[i]], stretch[i], {}});
      if (std::isnan(from[0][i])) continue;
      cells.back().course = {{from[0][i], from[1][i], from[2][i]}, {to[0][i], to[1][i], to[2][i]}};
    }
    auto const out_of = source.keys("path_from"), into = source.keys("path_to", out_of.size());
    for (std::size_t i = 0; i < out_of.size(); ++i) {
      if (std::max(out_of[i], into[i]) >= cells.size())
        throw source.misfit("path", "leads to a cell that is not there");
      paths.push_back({out_of[i], into[i]});
    }
    // Stretches are numbered as they stand in the file.
    for (auto const& name : stretch) {
      if (std::ranges::find(names, name) == names.end()) names.push_back(name);
      auto const number = std::ranges::find(names, name) - names.begin();
      numbers.push_back(static_cast<double>(number));
    }
  }

  Source source;
  std::vector<std::string> stretch, kinds;
  std::vector<LoopCell> cells;
  std::vector<LoopPath> paths;
  std::vector<std::string> names;  // of the stretches
  std::vector<double> numbers;     // of the stretch of each cell
};

/// The chosen cells of all vessels, drawn as `lines`, at each snapshot.
void export_cells(VesselSource const& vessels, std::vector<std::size_t> const& cells,
                  std::vector<std::vector<VtkPoint>> const& lines, GridSeries series, std::size_t snapshots) {
  auto const& source = vessels.source;
  auto const all = vessels.cells.size();
  std::vector<std::pair<std::string, std::vector<double>>> fixed{{"stretch", vessels.numbers}}, changing;
  for (auto const& info : source.with({"cell"}))
    fixed.emplace_back(titled(info), source.numbers(info.name, all));
  for (auto const& info : source.with({"snapshot", "cell"}))
    changing.emplace_back(titled(info), source.numbers(info.name, snapshots * all));
  VtkGrid empty;
  for (auto const& line : lines) empty.add(line);
  for (std::size_t snapshot = 0; snapshot < snapshots; ++snapshot) {
    auto grid = empty;
    auto const add = [&](auto const& columns, std::size_t first) {
      for (auto const& [title, values] : columns) {
        std::vector<double> chosen;
        for (auto const cell : cells) chosen.push_back(values[first + cell]);
        grid.data.push_back({title, std::move(chosen)});
      }
    };
    add(fixed, 0);
    add(changing, snapshot * all);
    series.add(grid);
  }
  series.finish();
}

std::vector<std::string> export_vessels(VesselSource const& vessels, fs::path const& folder,
                                        std::size_t snapshots) {
  auto const times = vessels.source.times(snapshots);
  std::vector<std::size_t> every(vessels.cells.size());
  std::iota(every.begin(), every.end(), std::size_t{0});
  export_cells(vessels, every, loop_of_vessels(vessels.cells, vessels.paths), {folder, "vessels", times},
               snapshots);
  std::vector<std::string> names{"vessels"};
  for (auto const& [name, cells] : stretches_of(vessels.stretch)) {
    std::vector<std::size_t> placed;
    std::vector<std::vector<VtkPoint>> lines;
    for (auto const cell : cells) {
      if (!vessels.cells[cell].course) continue;
      placed.push_back(cell);
      lines.push_back({vessels.cells[cell].course->from, vessels.cells[cell].course->to});
    }
    if (placed.empty()) continue;
    names.push_back("network_" + name);
    export_cells(vessels, placed, lines, {folder, names.back(), times}, snapshots);
  }
  return names;
}

void export_niches(H5Reader const& file, fs::path const& folder, std::size_t snapshots) {
  Source const source{file, "niches"};
  GridSeries series{folder, "niches", source.times(snapshots)};
  auto const niches = source.numbers("niche").size();
  auto const stages = source.texts("stage");
  auto const cells = source.numbers("cells", snapshots * niches * stages.size());
  for (std::size_t snapshot = 0; snapshot < snapshots; ++snapshot) {
    VtkGrid grid;
    for (auto const& place : niche_arc(niches)) grid.add({&place, 1});
    grid.data.push_back({"niche", source.numbers("niche")});
    for (std::size_t stage = 0; stage < stages.size(); ++stage) {
      std::vector<double> numbers;
      for (std::size_t niche = 0; niche < niches; ++niche)
        numbers.push_back(cells[(snapshot * niches + niche) * stages.size() + stage]);
      grid.data.push_back({stages[stage], std::move(numbers)});
    }
    for (auto const& info : source.with({"niche"}))
      grid.data.push_back({titled(info), source.numbers(info.name, niches)});
    for (auto const& info : source.with({"snapshot", "niche"}))
      grid.data.push_back({titled(info), rows(source.numbers(info.name, (snapshot + 1) * niches),
                                              snapshot * niches, niches)});
    series.add(grid);
  }
  series.finish();
}

void export_neurons(H5Reader const& file, fs::path const& folder, std::size_t snapshots) {
  Source const source{file, "neurons"};
  auto const times = source.times(snapshots);
  GridSeries series{folder, "neurons", times};
  auto const niches = Source{file, "niches"}.numbers("niche").size();
  auto const agents = source.agents(snapshots);
  auto const columns = columns_of(source);
  auto const stage = source.keys("stage"), niche = source.keys("niche"), key = source.keys("key");
  auto const born = source.numbers("born");
  for (std::size_t snapshot = 0; snapshot < snapshots; ++snapshot) {
    auto const [first, count] = agents[snapshot];
    VtkGrid grid;
    std::vector<double> age;
    for (std::size_t i = first; i < first + count; ++i) {
      if (stage[i] >= kStages) throw source.misfit("stage", "has a code without a meaning");
      if (niche[i] >= niches) throw source.misfit("niche", "has the number of no niche");
      auto const place = place_in_niche(niche[i], niches, static_cast<Stage>(stage[i]), key[i]);
      grid.add({&place, 1});
      age.push_back((times[snapshot] - born[i]) / kDay);
    }
    grid.data = rows(columns, first, count);
    grid.data.push_back({"age [d]", std::move(age)});
    series.add(grid);
  }
  series.finish();
}

/// What numbers in the drawings stand for.
void write_codes(H5Reader const& file, VesselSource const& vessels, fs::path const& folder) {
  CsvFile codes{folder / "codes.csv"};
  codes.write({"drawing", "data", "number", "meaning"});
  auto const write = [&](std::string const& drawing, std::string const& data,
                         std::vector<std::string> const& meanings) {
    for (std::size_t i = 0; i < meanings.size(); ++i)
      codes.write({drawing, data, std::to_string(i), meanings[i]});
  };
  write("vessels", "kind", vessels.kinds);
  write("vessels", "stretch", vessels.names);
  write("neurons", "stage", Source{file, "neurons"}.flags("stage"));
  codes.close();
}

}  // namespace

DrawnRun export_vtk(H5Reader const& file, fs::path const& folder) {
  VesselSource const vessels{file};
  auto const snapshots = whole_snapshots(file, {"fibers", "vessels", "niches", "neurons"});
  if (snapshots == 0) throw vessels.source.misfit("snapshot", "has no snapshot that is whole");
  export_fibers(file, folder, snapshots);
  auto names = export_vessels(vessels, folder, snapshots);
  export_niches(file, folder, snapshots);
  export_neurons(file, folder, snapshots);
  write_codes(file, vessels, folder);
  names.insert(names.begin(), "fibers");
  names.insert(names.end(), {"niches", "neurons"});
  return {std::move(names), snapshots};
}

}  // namespace myoaxis
