#include "agents/body/flow_response.h"

#include <catch2/catch.hpp>

using namespace myoaxis;

TEST_CASE("the circulation comes to the task with its time constant", "[law]") {
  double response = 0;
  auto const mean = advance_flow_response(response, Intensity{0.7}, Seconds{7.5}, Seconds{7.5});
  CHECK(response == Approx(0.7 * (1 - std::exp(-1.0))).epsilon(1e-14));
  CHECK(mean.value() == Approx(0.7 * std::exp(-1.0)).epsilon(1e-14));
}

TEST_CASE("the mean response agrees with many small steps", "[law]") {
  double whole = 0.6;
  double parts = 0.6;
  auto const mean = advance_flow_response(whole, Intensity{0.2}, Seconds{7.5}, Seconds{32});
  double sum = 0;
  for (int i = 0; i < 32000; ++i) {
    auto const before = parts;
    advance_flow_response(parts, Intensity{0.2}, Seconds{7.5}, Seconds{0.001});
    sum += (before + parts) / 2 / 32000;
  }
  CHECK(parts == Approx(whole).epsilon(1e-9));
  CHECK(sum == Approx(mean.value()).epsilon(1e-7));
}

TEST_CASE("a response at its task stays there", "[law]") {
  double response = 0.45;
  CHECK(advance_flow_response(response, Intensity{0.45}, Seconds{7.5}, Seconds{1}).value() ==
        Approx(0.45).epsilon(1e-14));
  CHECK(response == Approx(0.45).epsilon(1e-14));
}

TEST_CASE("a sedentary run has one state of flow", "[law]") {
  FlowLadder const ladder{Intensity{0}};
  CHECK(ladder.size() == 1);
  CHECK(ladder.intensity(0).value() == 0);
  CHECK(ladder.nearest(Intensity{0}) == 0);
}

TEST_CASE("the ladder goes from rest to the highest intensity in equal steps", "[law]") {
  FlowLadder const ladder{Intensity{0.7}};
  REQUIRE(ladder.size() == 8);
  CHECK(ladder.intensity(0).value() == 0);
  CHECK(ladder.intensity(7).value() == Approx(0.7).epsilon(1e-14));
  for (std::size_t state = 0; state < ladder.size(); ++state) {
    CHECK(ladder.nearest(ladder.intensity(state)) == state);
    CHECK(ladder.nearest(Intensity{ladder.intensity(state).value() + 0.049}) ==
          std::min<std::size_t>(state, 7));
  }
  CHECK(ladder.nearest(Intensity{0.051}) == 1);
  CHECK(ladder.nearest(Intensity{0.9}) == 7);
}
