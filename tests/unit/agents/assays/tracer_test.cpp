#include "agents/assays/tracer.h"

#include <array>
#include <catch2/catch.hpp>
#include <numeric>

#include "agents/assays/dilution_curve.h"
#include "tests/support/experiments.h"

using namespace myoaxis;

namespace {

struct ShippedBody {
  explicit ShippedBody(std::string const& organism)
      : loaded{test::load_shipped("sedentary", {"organism.use=\"" + organism + "\""})},
        params{loaded.experiment.organism.circulation, loaded.experiment.organism.brain, Fraction{0.4}},
        layout{make_body_layout(params.circulation, params.brain, {Fraction{0.1}, 2}, params.working_share)} {
  }
  LoadedExperiment loaded;
  BodyParams params;
  BodyLayout layout;
};

}  // namespace

TEST_CASE("a dye comes round in blood volume over cardiac output, from wherever all blood passes", "[law]") {
  for (std::string const organism : {"mouse", "human"}) {
    ShippedBody const body{organism};
    for (auto const intensity : {0.0, 0.5, 1.0}) {
      Tracer const tracer{body.params, body.layout, Intensity{intensity}};
      auto const expected = tracer.blood_volume().value() / tracer.cardiac_output().value();
      for (auto const* site : {"vein", "right_heart", "lungs", "left_heart", "artery"}) {
        CAPTURE(organism, intensity, site);
        auto const round = tracer.circulation(vessels_at(body.layout, site));
        CHECK(round.probability == Approx(1).epsilon(1e-12));
        CHECK(round.mean.value() == Approx(expected).epsilon(1e-11));
      }
    }
  }
}

TEST_CASE("the area of the first passage past any site is dose over cardiac output", "[law]") {
  ShippedBody const body{"mouse"};
  Tracer const tracer{body.params, body.layout, Intensity{0.3}};
  auto const& from = body.layout.veins;
  // Times from the vein: mean of leaving a site less that of entering it is the time in the site.
  for (auto const* site : {"lungs", "artery", "kidney", "muscle.working"}) {
    CAPTURE(site);
    auto const& vessels = vessels_at(body.layout, site);
    auto const in = tracer.arrival(from, vessels);
    auto const out = tracer.departure(from, vessels);
    CHECK(out.probability == Approx(in.probability).epsilon(1e-12));
    auto const flow =
        tracer.cardiac_output().value() * in.probability * (1 - body.params.circulation.hematocrit.value());
    CHECK(out.mean.value() - in.mean.value() == Approx(vessels.total_plasma().value() / flow).epsilon(1e-11));
  }
}

TEST_CASE("a dye mixes with all blood and none of it leaves the vessels", "[conservation]") {
  ShippedBody const body{"mouse"};
  Tracer const tracer{body.params, body.layout, Intensity{0}};
  std::array<Vessels const*, 2> const sites{&body.layout.arteries, &body.layout.bed("skin").blood};
  auto const curves = tracer.curves(body.layout.veins, sites, 3.0, Seconds{5}, 81);
  for (auto const& curve : curves) {
    CHECK(curve.front() == 0);
    CHECK(curve.back() * tracer.blood_volume().value() == Approx(3.0).epsilon(1e-6));
  }
}

TEST_CASE("the dye curve of the body shows its cardiac output") {
  for (std::string const organism : {"mouse", "rat", "human"}) {
    ShippedBody const body{organism};
    for (auto const intensity : {0.0, 1.0}) {
      CAPTURE(organism, intensity);
      Tracer const tracer{body.params, body.layout, Intensity{intensity}};
      std::array<Vessels const*, 1> const sites{&body.layout.lungs};
      auto const curve = tracer.curves(body.layout.right_heart, sites, 1e-6, Seconds{0.05}, 6001).front();
      auto const reading = read_dilution_curve(curve, Seconds{0.05}, Kilograms{1e-6});
      auto const truth = tracer.departure(body.layout.right_heart, body.layout.lungs);
      CHECK(reading.flow.value() == Approx(tracer.cardiac_output().value()).epsilon(0.02));
      CHECK(reading.mean_transit.value() == Approx(truth.mean.value()).epsilon(0.03));
      CHECK(reading.appearance < reading.peak);
      CHECK(reading.peak < reading.mean_transit);
    }
  }
}
