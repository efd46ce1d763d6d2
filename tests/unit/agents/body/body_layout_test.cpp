#include "agents/body/body_layout.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "tests/support/experiments.h"

using namespace myoaxis;

namespace {

BodyLayout layout(double working = 0.5, double dentate = 0.1, std::size_t niches = 3) {
  return make_body_layout(test::mouse().circulation, test::mouse().brain, {Fraction{dentate}, niches},
                          Fraction{working});
}

/// Of the sum of exponential residence times in a chain.
double relative_dispersion(Vessels const& chain) {
  double mean = 0;
  double variance = 0;
  for (auto const volume : chain.plasma) {
    mean += volume.value();
    variance += volume.value() * volume.value();
  }
  return std::sqrt(variance) / mean;
}

double plasma(Vessels const& chain) { return chain.total_plasma().value(); }

}  // namespace

TEST_CASE("the cells hold the plasma of all blood", "[conservation]") {
  auto const body = layout();
  double sum = 0;
  for (auto const* chain : {&body.right_heart, &body.lungs, &body.left_heart, &body.arteries, &body.veins})
    sum += plasma(*chain);
  for (auto const& bed : body.beds) sum += plasma(bed.blood);
  CHECK(sum == Approx(1.95e-6 * 0.55).epsilon(1e-3));
}

TEST_CASE("the transit of every bed has the relative dispersion of its organ", "[law]") {
  auto const body = layout();
  for (auto const& bed : body.beds) {
    CAPTURE(bed.name);
    auto const wanted = test::mouse().circulation.organs[bed.organ].relative_dispersion.value();
    CHECK(relative_dispersion(bed.blood) == Approx(wanted).epsilon(1e-9));
  }
  CHECK(relative_dispersion(body.lungs) ==
        Approx(test::mouse().circulation.lungs.relative_dispersion.value()).epsilon(1e-9));
}

TEST_CASE("muscle is split into its working and its resting part", "[conservation]") {
  auto const body = layout(0.3);
  CHECK(body.bed("muscle.working").mass.value() == Approx(0.3 * 9.6e-3).epsilon(1e-12));
  CHECK(body.bed("muscle.resting").mass.value() == Approx(0.7 * 9.6e-3).epsilon(1e-12));
  CHECK(body.bed("muscle.working").interstitium_volume.value() == Approx(0.3 * 9.6 * 0.13e-6).epsilon(1e-9));
  CHECK(plasma(body.bed("muscle.working").blood) / plasma(body.bed("muscle.resting").blood) ==
        Approx(3.0 / 7).epsilon(1e-12));
}

TEST_CASE("the pieces of brain tissue make up the brain", "[conservation]") {
  auto const body = layout();
  double all = 0;
  double dentate = 0;
  for (auto const& tissue : body.tissues) {
    all += tissue.mass.value();
    if (tissue.site == "dentate") dentate += tissue.mass.value();
    CHECK(body.layout.kept_as(body.layout.place(tissue.cell)) == Representation::counts);
    CHECK(body.beds[tissue.bed].name == (tissue.site == "brain" ? "brain" : "hippocampus"));
  }
  CHECK(all == Approx(body.bed("brain").mass.value() + body.bed("hippocampus").mass.value()).epsilon(1e-12));
  CHECK(dentate == Approx(test::mouse().brain.dentate_mass.value()).epsilon(1e-12));
}

TEST_CASE("niches come first and share the simulated dentate", "[law]") {
  auto const body = layout(0.5, 0.1, 3);
  REQUIRE(body.niches == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(body.tissues[i].name == "niche." + std::to_string(i + 1));
    CHECK(body.tissues[i].mass.value() == Approx(8e-6 * 0.1 / 3).epsilon(1e-12));
  }
}

TEST_CASE("a dentate that is simulated as a whole leaves no other dentate tissue", "[law]") {
  auto const body = layout(0.5, 1.0, 2);
  for (auto const& tissue : body.tissues) CHECK(tissue.name != "dentate.tissue");
}

TEST_CASE("body cells hold packets, brain tissue and its fluid counts", "[law]") {
  auto const body = layout();
  CHECK(body.layout.kept_as(body.layout.place(body.csf)) == Representation::counts);
  std::size_t counts = 0;
  for (std::size_t place = 0; place < body.layout.cells(); ++place) {
    if (body.layout.kept_as(place) == Representation::counts) ++counts;
  }
  CHECK(counts == body.tissues.size() + 1);
  CHECK(body.layout.sinks() == 0);
}

TEST_CASE("another number of niches keeps the names of the other cells", "[reproducible]") {
  auto const few = layout(0.5, 0.1, 2);
  auto const many = layout(0.5, 0.1, 8);
  for (std::size_t i = 0; i < few.layout.cells(); ++i) {
    auto const cell = id_at<CellId>(i);
    auto const same = many.layout.find_cell(few.layout.name(cell));
    REQUIRE(same);
    CHECK(many.layout.key(*same) == few.layout.key(cell));
  }
}
