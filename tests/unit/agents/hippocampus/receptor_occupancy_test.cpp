#include "agents/hippocampus/receptor_occupancy.h"

#include <catch2/catch.hpp>

using namespace myoaxis;

namespace {

double occupied(double free, double dissociation) {
  return receptor_occupancy(MolesPerCubicMeter{free}, MolesPerCubicMeter{dissociation}).value();
}

}  // namespace

TEST_CASE("half of the receptors are occupied at the dissociation constant", "[law]") {
  CHECK(occupied(0, 3e-8) == 0);
  CHECK(occupied(3e-8, 3e-8) == 0.5);
  CHECK(occupied(9e-8, 3e-8) == Approx(0.75).epsilon(1e-14));
  CHECK(occupied(1, 3e-8) == Approx(1).epsilon(1e-7));
}

TEST_CASE("far below the dissociation constant occupancy is proportional to concentration", "[law]") {
  CHECK(occupied(2e-15, 3e-8) == Approx(2 * occupied(1e-15, 3e-8)).epsilon(1e-6));
}
