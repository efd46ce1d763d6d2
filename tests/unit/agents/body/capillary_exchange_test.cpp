#include "agents/body/capillary_exchange.h"

#include <catch2/catch.hpp>

using namespace myoaxis;

namespace {

ExchangeFlows flows(double lymph, double ratio, double reflection, double exchange_scale = 1,
                    double lymph_scale = 1) {
  return exchange_flows(SpecificFlow{lymph}, Number{ratio}, Fraction{reflection}, Number{exchange_scale},
                        Number{lymph_scale});
}

}  // namespace

TEST_CASE("exchange has the values of its equation", "[law]") {
  auto const f = flows(2, 5, 0.4);
  CHECK(f.back_to_plasma.value() == Approx(10).epsilon(1e-14));
  CHECK(f.out_of_plasma.value() == Approx(10 + 0.6 * 2).epsilon(1e-14));
  CHECK(f.lymph.value() == 2);
}

TEST_CASE("a wall that reflects everything and lets nothing diffuse keeps the factor in plasma", "[law]") {
  CHECK(flows(2, 0, 1).out_of_plasma.value() == 0);
  CHECK(flows(2, 0, 1).back_to_plasma.value() == 0);
}

TEST_CASE("without a source the interstitium holds less than plasma, by what is reflected", "[law]") {
  // Stationary: out C_p = (back + lymph) C_i
  auto const ratio = [](ExchangeFlows const& f) {
    return f.out_of_plasma.value() / (f.back_to_plasma.value() + f.lymph.value());
  };
  CHECK(ratio(flows(2, 5, 0)) == Approx(1).epsilon(1e-14));
  CHECK(ratio(flows(2, 5, 0.4)) == Approx(11.2 / 12).epsilon(1e-14));
  CHECK(ratio(flows(2, 0, 0.4)) == Approx(0.6).epsilon(1e-14));
}

TEST_CASE("exercise raises exchange and lymph each by its own fold", "[law]") {
  auto const f = flows(2, 5, 0.4, 2.5, 3);
  CHECK(f.back_to_plasma.value() == Approx(25).epsilon(1e-14));
  CHECK(f.lymph.value() == Approx(6).epsilon(1e-14));
  CHECK(f.out_of_plasma.value() == Approx(25 + 0.6 * 6).epsilon(1e-14));
}
