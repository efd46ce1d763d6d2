#include "core/distributions.h"

#include <array>
#include <catch2/catch.hpp>
#include <numeric>
#include <vector>

#include "tests/unit/core/aborts.h"

using namespace myoaxis;

namespace {

constexpr std::int64_t kMany = std::int64_t{1} << 40;

Draws golden_draws() { return {Luck{7, 3}, Purpose::crossing, name_key("golden"), 0}; }

template <class Sample>
std::vector<std::int64_t> five(Sample sample) {
  auto draws = golden_draws();
  std::vector<std::int64_t> values(5);
  for (auto& value : values) value = sample(draws);
  return values;
}

template <class Sample>
std::vector<double> three(Sample sample) {
  auto draws = golden_draws();
  std::vector<double> values(3);
  for (auto& value : values) value = sample(draws);
  return values;
}

std::vector<std::int64_t> poisson(double mean) {
  return five([&](Draws& draws) { return sample_poisson(draws, mean); });
}

std::vector<std::int64_t> binomial(std::int64_t n, double p) {
  return five([&](Draws& draws) { return sample_binomial(draws, n, p); });
}

/// Equal but for the last bits, which the mathematical library may round in its own way.
void check_equal(std::vector<double> const& values, std::vector<double> const& golden) {
  REQUIRE(values.size() == golden.size());
  for (std::size_t i = 0; i < values.size(); ++i) CHECK(values[i] == Approx(golden[i]).epsilon(1e-14));
}

using Counts = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("draws of counts never change", "[baseline]") {
  CHECK(poisson(0.3) == Counts{0, 0, 0, 0, 0});
  CHECK(poisson(5) == Counts{5, 1, 5, 3, 4});
  CHECK(poisson(50) == Counts{62, 38, 55, 45, 51});
  CHECK(poisson(1e6) == Counts{1000649, 998309, 1000259, 999167, 999815});
  CHECK(binomial(10, 0.3) == Counts{3, 0, 3, 1, 2});
  CHECK(binomial(1000, 0.9) == Counts{888, 916, 894, 907, 900});
  CHECK(binomial(kMany, 1e-6) == Counts{1100212, 1097741, 1099797, 1098643, 1099327});
  CHECK(binomial(kMany, 1e-12) == Counts{1, 0, 1, 0, 1});
  auto draws = golden_draws();
  std::array<std::int64_t, 4> counts{};
  sample_multinomial(draws, 1000, std::array{1.0, 2.0, 0.0, 7.0}, counts);
  CHECK(counts == std::array<std::int64_t, 4>{112, 177, 0, 711});
}

TEST_CASE("draws of continuous variates never change", "[baseline]") {
  check_equal(three(sample_exponential), {0x1.cca0ae8d4f88ep+0, 0x1.294c945e84967p-5, 0x1.489e0365f3f36p-1});
  check_equal(three([](Draws& draws) { return sample_unit_gamma(draws, 0.5); }),
              {0x1.3c3e8849698dap-1, 0x1.4a72a253f74a4p+1, 0x1.1a1d0b43668e2p+0});
  check_equal(three([](Draws& draws) { return sample_unit_gamma(draws, 4); }),
              {0x1.8c6f676d3a9c8p-1, 0x1.14a773b05a5efp+0, 0x1.360cc665a1972p-1});
  check_equal(three([](Draws& draws) { return sample_unit_lognormal(draws, 0.3); }),
              {0x1.6729cba7205b6p+0, 0x1.ee23d8d8e2047p-1, 0x1.28b44655790fdp+0});
  check_equal(three(unit_interval), {0x1.335a6d30a155dp-1, 0x1.7ed2a2f52454p-7, 0x1.ee8ca0701f2c2p-2});
}

TEST_CASE("sure outcomes are drawn surely") {
  auto draws = golden_draws();
  CHECK(sample_poisson(draws, 0) == 0);
  CHECK(sample_binomial(draws, 0, 0.5) == 0);
  CHECK(sample_binomial(draws, kMany, 0) == 0);
  CHECK(sample_binomial(draws, kMany, 1) == kMany);
  CHECK(sample_unit_lognormal(draws, 0) == 1);
}

TEST_CASE("a binomial count never exceeds the number of trials") {
  auto const n = GENERATE(std::int64_t{1}, std::int64_t{2}, std::int64_t{17}, kMany);
  auto const p = GENERATE(1e-300, 0x1.0p-27, 1e-3, 0.5, 0.999, 1 - 1e-9, 1 - 0x1.0p-53);
  for (std::uint64_t entity = 0; entity < 50; ++entity) {
    Draws draws{Luck{1, 1}, Purpose::crossing, entity, 0};
    auto const count = sample_binomial(draws, n, p);
    CHECK((count >= 0 && count <= n));
  }
}

TEST_CASE("a multinomial distributes all, and nothing to outcomes of weight 0", "[conservation]") {
  std::vector<double> const weights{0, 1e-30, 3, 0, 1e-9, 5, 5, 0};
  auto const n = GENERATE(std::int64_t{0}, std::int64_t{1}, std::int64_t{1000}, kMany);
  for (std::uint64_t entity = 0; entity < 50; ++entity) {
    Draws draws{Luck{1, 1}, Purpose::crossing, entity, 0};
    std::vector<std::int64_t> counts(weights.size(), -1);
    sample_multinomial(draws, n, weights, counts);
    CHECK(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}) == n);
    for (std::size_t i = 0; i < counts.size(); ++i) CHECK((weights[i] > 0 ? counts[i] >= 0 : counts[i] == 0));
  }
}

TEST_CASE("a multinomial of one outcome gives it all") {
  auto draws = golden_draws();
  std::array<std::int64_t, 3> counts{};
  sample_multinomial(draws, 77, std::array{0.0, 1e-200, 0.0}, counts);
  CHECK(counts == std::array<std::int64_t, 3>{0, 77, 0});
}

TEST_CASE("nothing can be distributed over outcomes that all have weight 0") {
  std::array<double, 3> const weights{};
  std::array<std::int64_t, 3> counts{1, 2, 3};
  auto const distribute = [&] {
    auto draws = golden_draws();
    sample_multinomial(draws, 0, weights, counts);
  };
  REQUIRE_FALSE(aborts(distribute));  // in a child first: a broken contract would end the whole test program
  distribute();
  CHECK(counts == std::array<std::int64_t, 3>{0, 0, 0});
}

#ifdef MYOAXIS_CONTRACTS
TEST_CASE("impossible parameters break the contract of a distribution") {
  CHECK(aborts([] {
    auto draws = golden_draws();
    sample_poisson(draws, -1);
  }));
  CHECK(aborts([] {
    auto draws = golden_draws();
    sample_binomial(draws, -1, 0.5);
  }));
  CHECK(aborts([] {
    auto draws = golden_draws();
    sample_binomial(draws, 1, 1.5);
  }));
  CHECK(aborts([] {
    auto draws = golden_draws();
    sample_unit_gamma(draws, 0);
  }));
}
#endif
