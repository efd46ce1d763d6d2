/// What a run's files will take, against what they take.
#include "io/run/expected_size.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>

#include "io/hdf5/reader.h"
#include "io/run/graph_simulation.h"
#include "io/run/run_file.h"
#include "io/run/simulation.h"
#include "tests/support/runs.h"
#include "tests/unit/io/hdf5/scratch_file.h"

namespace myoaxis {
namespace {

using test::joined;
using test::load_shipped;
using test::small_day;

/// Bytes of the values of all data sets that grow along the table's scale.
std::size_t bytes_along(H5Reader const& file, std::string const& scale) {
  auto const slash = scale.find_last_of('/');
  std::size_t bytes = 0;
  for (auto const& data : file.datasets(scale.substr(0, slash))) {
    if (data.dims.empty() || data.dims.front() != scale.substr(slash + 1)) continue;
    auto size = data.value_bytes;
    for (auto const extent : data.shape) size *= extent;
    bytes += size;
  }
  return bytes;
}

/// Two days with sessions, fields and packets, three snapshots, and assays of every shape.
LoadedExperiment days_with_everything() {
  auto loaded =
      load_shipped("endurance", joined(small_day(), {"schedule.duration=\"2 days\"", "output.every=\"2 h\"",
                                                     "factors=[\"bdnf\", \"il6\", \"lactate\"]",
                                                     "output.snapshots=[\"day 0\", \"day 1\", \"end\"]"}));
  auto const assay = [](char const* name, AssayKind kind, std::vector<Tick> readings) {
    AssayParams params;
    params.name = name;
    params.kind = kind;
    params.readings = std::move(readings);
    return params;
  };
  // Blood of the last instant is not drawn: no step begins there.
  auto const venous = assay("venous", AssayKind::blood, {Tick{3 * kHour}, Tick{kDay}, Tick{2 * kDay}});
  auto const young = assay("young", AssayKind::dcx, {Tick{0}, Tick{2 * kDay}});
  auto dye = assay("dye", AssayKind::indicator_dilution, {Tick{kHour}});
  dye.from = "vein";
  dye.sites = {"artery"};
  dye.bolus = {Kilograms{1e-9}, Seconds{20}, Seconds{0.5}};
  loaded.experiment.assays = {venous, young, dye};
  return loaded;
}

}  // namespace

TEST_CASE("rows and their bytes are foretold exactly, but for newborn cells", "[io]") {
  ScratchFolder const folder;
  auto const loaded = days_with_everything();
  Model const model{loaded.experiment};
  auto start = start_anew(model);
  auto const expected = expected_size(loaded, model, start.organism, model.begin(), model.end());
  auto const layout =
      RunFile{H5File::create_in_memory(), loaded, model, start.recorder.summary.outcomes(start.organism), ""}
          .layout();
  RunRequest const request{{folder.path("run.h5")}, {}, "test"};
  simulate(loaded, model, std::move(start), request);

  auto const file = H5Reader::open(folder.path("run.h5"));
  CHECK(layout.tables.size() > 14);
  for (auto const& table : layout.tables) {
    CAPTURE(table.path);
    auto const rows = file.size(table.path);
    CHECK(bytes_along(file, table.path) == rows * table.row_bytes);
    REQUIRE(expected.rows.contains(table.path));
    if (table.path != "/neurons/agent" && table.path != "/events/event") {
      CHECK(expected.rows.at(table.path) == rows);
    }
  }
}

TEST_CASE("the expected size is that of a file without filters within a tenth", "[io]") {
  ScratchFolder const folder;
  auto const loaded = days_with_everything();
  Model const model{loaded.experiment};
  auto start = start_anew(model);
  auto const outcomes = start.recorder.summary.outcomes(start.organism);
  auto const path = folder.path("plain.h5");
  RowCounts rows;
  {
    RunFile file{H5File::create(path, Filters::none), loaded, model, outcomes, "test"};
    auto const days = GENERATE(1, 40);
    for (int i = 0; i < 12 * days; ++i) {
      file.write(start.recorder.observer.take(start.organism), start.organism);
    }
    for (int i = 0; i < days; ++i) file.write_snapshot(start.organism);
    rows = file.save();
    file.finish({start.organism.now, {}, "stopped", outcomes, start.recorder.attribution});
  }
  auto const size = static_cast<double>(std::filesystem::file_size(path));
  RunFile empty{H5File::create_in_memory(), loaded, model, outcomes, "test"};
  auto const foretold = static_cast<double>(empty.layout().stored_bytes(rows));
  CAPTURE(size, foretold, empty.layout().value_bytes(rows), empty.layout().fixed_bytes);
  CHECK(std::abs(foretold - size) < 0.1 * size);
}

TEST_CASE("events and newborn cells are foretold within what luck and training change", "[io]") {
  ScratchFolder const folder;
  // Young cells by the thousand: luck changes their number by some per cent.
  auto const loaded = load_shipped(
      "sedentary", joined(small_day(), {"schedule.duration=\"14 days\"", "scale.dentate_fraction=0.1",
                                        "output.snapshots=[\"day 0\", \"end\"]"}));
  Model const model{loaded.experiment};
  auto start = start_anew(model);
  auto const expected = expected_size(loaded, model, start.organism, model.begin(), model.end());
  RunRequest const request{{folder.path("run.h5")}, {}, "test"};
  simulate(loaded, model, std::move(start), request);
  auto const file = H5Reader::open(folder.path("run.h5"));
  for (auto const* table : {"/events/event", "/neurons/agent"}) {
    CAPTURE(table);
    auto const rows = static_cast<double>(file.size(table));
    CHECK(std::abs(static_cast<double>(expected.rows.at(table)) - rows) < 0.1 * rows);
  }
}

TEST_CASE("a checkpoint is counted with what is gathered about the run", "[io]") {
  auto loaded = load_shipped("sedentary", small_day());
  auto const checkpoint = [&](std::vector<SessionRule> const& rules) {
    loaded.experiment.schedule.rules = rules;
    Model const model{loaded.experiment};
    auto const size = expected_size(loaded, model, make_organism(model), model.begin(), model.end());
    return std::pair{size.checkpoint, 2 * sizeof(double) * Attribution{model}.arrived().size()};
  };
  auto const [rested, none] = checkpoint({});
  auto const [trained, one] = checkpoint({test::morning_run()});
  CHECK(one > none);
  CHECK(trained - rested == one - none);
}

TEST_CASE("a disk for one copy is enough to begin", "[io]") {
  ExpectedSize const size{.rows = {}, .values = 1000, .growing = 1500, .checkpoint = 10, .copies = 3};
  CHECK(size.disk_at_least() == 1510);
  CHECK(size.disk_needed() == 3 * size.disk_at_least());
}

TEST_CASE("the limit of events bounds what is expected of them", "[io]") {
  auto const expected_events = [](std::string const& set) {
    auto const loaded = load_shipped("sedentary", joined(small_day(), {set}));
    Model const model{loaded.experiment};
    return expected_size(loaded, model, make_organism(model), model.begin(), model.end())
        .rows["/events/event"];
  };
  CHECK(expected_events("output.events_limit=3") == 3);
  CHECK(expected_events("output.events=false") == 0);
  CHECK(expected_events("output.events_limit=1000000") > 3);
}

TEST_CASE("the rows of a graph experiment are foretold exactly", "[io]") {
  ScratchFolder const folder;
  auto const loaded = load_graph_experiment(test::kConfigs + "/experiments/two_compartments.toml", {},
                                            SearchPath{{test::kConfigs}});
  auto const expected = expected_size(loaded);
  simulate_graph(loaded, {folder.path("graph.h5"), "test"});
  auto const file = H5Reader::open(folder.path("graph.h5"));
  for (auto const& group : file.groups()) {
    CAPTURE(group);
    CHECK(expected.rows.at("/" + group + "/time") == file.size(group + "/time"));
  }
  CHECK(expected.checkpoint == 0);
}

}  // namespace myoaxis
