/// The newest row of each group, as a view of a run shows it.
#include "io/results/run_view.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "io/hdf5/writer.h"
#include "tests/unit/io/hdf5/scratch_file.h"

namespace myoaxis {
namespace {

using Names = std::vector<std::string>;

/// Three rows of a run that is kept open, as a running program does.
class Written {
 public:
  explicit Written(std::string const& path) : file_{H5File::create(path)} {
    file_.root().set_attribute("title", "A run");
    file_.root().set_attribute("status", "running");
    file_.root().set_attribute("begin", -86400.0);
    file_.root().set_attribute("end", 86400.0);
    file_.root().set_attribute("time", 5.0);  // of an earlier stop
  }

  void add_blood() {
    auto group = file_.group("blood");
    group.add_scale({"site", "", "site"}, Names{"vein", "artery"});
    auto table = group.add_table<double>({"time", "s", "time"});
    auto factor = table.add<float>({"bdnf", "pg/ml", "BDNF", {"site"}});
    for (auto const row : {1, 2, 3}) {
      factor.append(std::vector<float>{-1, 10.F * static_cast<float>(row)});
      table.append_row(3600.0 * row);
    }
  }

  void add_hippocampus() {
    auto group = file_.group("hippocampus");
    group.add_scale({"stage", "", "stage"}, Names{"stem", "immature"});
    group.add_scale({"spine_state", "", "state"}, Names{"absent", "weak"});
    group.add_scale({"granule_cell", "", "kind"}, Names{"old", "young"});
    auto table = group.add_table<double>({"time", "s", "time"});
    auto cells = table.add<double>({"cells", "1", "cells", {"stage"}});
    auto spines = table.add<float>({"spines", "1", "spines", {"granule_cell", "spine_state"}});
    for (auto const row : {1, 2}) {
      cells.append(std::vector<double>{100. * row, 7});
      spines.append(std::vector<float>{1, 2, NAN, NAN});
      table.append_row(3600.0 * row);
    }
  }

  void add_sessions(std::vector<std::uint8_t> const& done) {
    auto table = file_.group("sessions").add_table<std::int64_t>({"session", "1", "number"});
    auto start = table.add<double>({"start", "s", "start"});
    auto mode =
        table.add<std::uint8_t>({.name = "mode", .unit = "", .long_name = "m", .flags = {"cycle", "run"}});
    auto was_done =
        table.add<std::uint8_t>({.name = "done", .unit = "", .long_name = "d", .flags = {"skipped", "done"}});
    auto intensity = table.add<double>({"intensity", "%", "intensity"});
    auto exertion = table.add<double>({"perceived_exertion", "1", "exertion"});
    for (std::size_t i = 0; i < done.size(); ++i) {
      start.append(7200.0 * static_cast<double>(i));
      mode.append(1);
      was_done.append(done[i]);
      intensity.append(60.0 + static_cast<double>(i));
      exertion.append(12);
      table.append_row(static_cast<std::int64_t>(i));
    }
  }

  /// A ledger whose terms leave `rest` quanta over.
  void add_ledger(std::int64_t rest) {
    constexpr std::int64_t large =
        (std::int64_t{1} << 60) + 1;  // a double would not tell it from its neighbor
    add_balance<std::int64_t>("ledger", "1", {large, 10, 5, large, 15 + rest});
  }
  void add_fields(double rest) {
    add_balance<double>("ledger_fields", "mol", {1e-3, 2e-3, 0, 5e-4, 2.5e-3 + rest});
  }

  void close() { file_.close(); }

 private:
  template <class Amount>
  void add_balance(std::string const& name, std::string const& unit, std::vector<Amount> const& terms) {
    auto group = file_.group(name);
    group.add_scale({"factor", "", "factor"}, Names{"bdnf"});
    auto table = group.add_table<double>({"time", "s", "time"});
    std::size_t i = 0;
    for (auto const* term : {"initial", "released", "injected", "cleared", "carried"}) {
      table.template add<Amount>({term, unit, term, {"factor"}}).append(terms[i++]);
    }
    table.append_row(3600);
  }

  H5File file_;
};

}  // namespace

TEST_CASE("a view has the first and the newest row of what is there", "[io]") {
  ScratchFolder const folder;
  Written run{folder.path("run.h5")};
  run.add_blood();
  run.add_hippocampus();
  run.add_sessions({1, 0, 1});
  run.close();
  auto const view = view_run(H5Reader::open(folder.path("run.h5")));
  CHECK(view.title == "A run");
  CHECK(view.begin == -86400.0);
  CHECK(view.end == 86400.0);
  CHECK(view.time == 3 * 3600.0);
  REQUIRE(view.blood.size() == 1);
  CHECK(view.blood[0].name == "bdnf");
  CHECK(view.blood[0].unit == "pg/ml");
  CHECK(view.blood[0].first == 10);
  CHECK(view.blood[0].now == 30);
  REQUIRE(view.cells.size() == 2);
  CHECK(view.cells[0].name == "stem");
  CHECK(view.cells[0].first == 100);
  CHECK(view.cells[0].now == 200);
  CHECK(view.old_spines.size() == 2);
  CHECK(view.young_spines.empty());
  CHECK(view.done == 2);
  CHECK(view.skipped == 1);
  REQUIRE(view.session);
  CHECK(view.session->mode == "run");
  CHECK(view.session->done);
  CHECK(view.session->start == 14400);
  CHECK(view.session->intensity == 62);
  CHECK_FALSE(view.events);
  CHECK_FALSE(view.balances_close);
}

TEST_CASE("a view of a file without rows is empty, not an error", "[io]") {
  ScratchFolder const folder;
  Written run{folder.path("run.h5")};
  run.add_sessions({});
  run.close();
  auto const view = view_run(H5Reader::open(folder.path("run.h5")));
  CHECK(view.status == "running");
  CHECK_FALSE(view.time);
  CHECK(view.blood.empty());
  CHECK_FALSE(view.session);
}

TEST_CASE("a view sees a single quantum that a ledger lost", "[io]") {
  auto const closes = [](std::int64_t quanta, double moles) {
    ScratchFolder const folder;
    Written run{folder.path("run.h5")};
    run.add_ledger(quanta);
    run.add_fields(moles);
    run.close();
    return view_run(H5Reader::open(folder.path("run.h5"))).balances_close;
  };
  CHECK(closes(0, 0) == true);
  CHECK(closes(1, 0) == false);
  CHECK(closes(0, 1e-6) == false);
}

TEST_CASE("a live file is looked at without a lock in its writer's way", "[io]") {
  ScratchFolder const folder;
  auto const path = folder.path("run.h5");
  auto file = H5File::create(path);
  auto table = file.group("blood").add_table<double>({"time", "s", "time"}, 4);
  CHECK_THROWS_AS(H5Reader::open_live(path), FileError);  // it is not live yet
  file.close();
  auto const reader = H5Reader::open_live(path);
  CHECK(reader.has("blood"));
}

}  // namespace myoaxis
