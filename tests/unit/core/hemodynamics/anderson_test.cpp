#include "core/hemodynamics/anderson.h"

#include <catch2/catch.hpp>
#include <cmath>

using namespace myoaxis;

TEST_CASE("extrapolation finds a fixed point that plain steps run away from") {
  // x -> A x + b around (1, 2), with the eigenvalues -3 and 1.5.
  std::vector<double> state{0.2, 0.9}, change(2);
  Anderson anderson{5, 0.5};
  for (int step = 0; step < 6; ++step) {
    change[0] = -3 * (state[0] - 1) + 1 - state[0];
    change[1] = 1.5 * (state[1] - 2) + 2 - state[1];
    anderson.step(state, change);
  }
  CHECK(state[0] == Approx(1).epsilon(1e-9));
  CHECK(state[1] == Approx(2).epsilon(1e-9));
}
