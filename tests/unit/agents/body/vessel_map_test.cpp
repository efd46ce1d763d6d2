#include "agents/body/vessel_map.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <set>

#include "agents/body/bed_networks.h"
#include "tests/support/experiments.h"

using namespace myoaxis;
using test::circulation;

namespace {

BodyParams vessel_params() { return {circulation(), test::mouse().brain, Fraction{0.5}}; }

BodyLayout mapped_layout(Resolution resolution) {
  CirculationDesign design;
  design.resolution = resolution;
  return make_body_layout(circulation(), test::mouse().brain, {Fraction{0.1}, 2}, Fraction{0.5},
                          make_bed_networks(design, circulation(), Luck{3, 0}));
}

constexpr double kMlPerMin = 1e-6 / 60;

}  // namespace

TEST_CASE("the map holds every cell of blood once, and all of its plasma", "[conservation]") {
  auto const body = mapped_layout(GENERATE(Resolution::lumped, Resolution::resolved));
  auto const map = vessel_map(body, circulation());
  std::set<std::size_t> seen;
  double plasma = 0;
  for (auto const& each : map.cells) {
    CHECK(body.layout.name(each.cell).starts_with(each.stretch + ".blood"));
    seen.insert(each.cell.index());
    plasma += each.plasma.value();
  }
  CHECK(seen.size() == map.cells.size());
  CHECK(plasma == Approx(1.95e-6 * 0.55).epsilon(1e-3));
}

TEST_CASE("blood goes round: what flows into a stretch flows out of it, and nothing is left alone",
          "[conservation]") {
  auto const body = mapped_layout(GENERATE(Resolution::lumped, Resolution::resolved));
  Intensity const intensity{GENERATE(0.0, 0.7)};
  auto const map = vessel_map(body, circulation());
  auto const flow = blood_flows(vessel_params(), body, intensity);
  auto const output = organ_flows(circulation(), Fraction{0.5}, intensity).cardiac_output.value();
  REQUIRE(flow.size() == map.cells.size());
  std::map<std::size_t, int> into, out_of;
  double returned = 0;
  for (auto const& [from, to] : map.paths) {
    ++out_of[from];
    ++into[to];
    if (map.cells[from].kind == VesselKind::bed && map.cells[to].kind == VesselKind::veins)
      returned += flow[from].value();
  }
  for (std::size_t i = 0; i < map.cells.size(); ++i) {
    CAPTURE(body.layout.name(map.cells[i].cell));
    CHECK(into[i] > 0);
    CHECK(out_of[i] > 0);
    CHECK(flow[i].value() > 0);
    if (map.cells[i].kind != VesselKind::bed) CHECK(flow[i].value() == Approx(output).epsilon(1e-12));
  }
  CHECK(returned == Approx(output).epsilon(1e-9));
}

TEST_CASE("flows at rest are those of the organs, portal blood through the liver once more", "[law]") {
  auto const body = mapped_layout(Resolution::lumped);
  auto const map = vessel_map(body, circulation());
  auto const flow = blood_flows(vessel_params(), body, Intensity{0});
  std::map<std::string, double> of_stretch;
  for (std::size_t i = 0; i < map.cells.size(); ++i) of_stretch[map.cells[i].stretch] = flow[i].value();
  auto const output = circulation().cardiac_output.value();
  double liver = 0;
  for (auto const& organ : circulation().organs) {
    if (organ.name == "liver" || organ.drains_into == "liver") liver += organ.flow_share.value() * output;
    if (organ.name == "kidney")
      CHECK(of_stretch.at("kidney") == Approx(organ.flow_share.value() * output).epsilon(1e-12));
  }
  CHECK(of_stretch.at("liver") == Approx(liver).epsilon(1e-12));
  CHECK(of_stretch.at("lungs") / kMlPerMin == Approx(14));
}

TEST_CASE("cells of a network lie one behind another in the stream, those of stages nowhere") {
  auto const body = mapped_layout(Resolution::resolved);
  auto const map = vessel_map(body, circulation());
  auto const flow = blood_flows(vessel_params(), body, Intensity{0});
  std::size_t joined = 0;
  double capillaries = 0;
  for (auto const& [from, to] : map.paths) {
    auto const& up = map.cells[from].course;
    auto const& down = map.cells[to].course;
    if (!up || !down) continue;
    ++joined;
    for (std::size_t axis = 0; axis < 3; ++axis)
      CHECK(down->from[axis].value() == Approx(up->to[axis].value()).margin(1e-9));
  }
  CHECK(joined > 40);
  for (std::size_t i = 0; i < map.cells.size(); ++i) {
    auto const& each = map.cells[i];
    CHECK(each.course.has_value() ==
          (each.kind == VesselKind::bed && body.layout.name(each.cell).find(".veins.") == std::string::npos &&
           (each.stretch.starts_with("muscle.") || each.stretch == "hippocampus")));
    if (each.stretch == "hippocampus" && body.layout.name(each.cell).starts_with("hippocampus.blood.c") &&
        body.layout.name(each.cell).ends_with(".1"))
      capillaries += flow[i].value();
  }
  auto const whole = circulation().hippocampus_flow.value() * test::mouse().brain.hippocampus_mass.value();
  CHECK(capillaries == Approx(whole).epsilon(1e-9));  // the capillaries together pass all of it
}
