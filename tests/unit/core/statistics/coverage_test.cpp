// Are the intervals, tests and effect sizes what they claim to be, over many simulated studies?
#include <boost/random/normal_distribution.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "core/statistics/two_arms.h"

using namespace myoaxis;

namespace {

constexpr int kStudies = 4000;
constexpr double z = 5;  // P(|Z| > 5) = 6e-7 a check

/// A study of two arms of runs with normally distributed values.
struct StudyDesign {
  std::size_t n_arm = 6, n_reference = 6;
  double difference = 0;
  double arm_deviation = 1, reference_deviation = 1;
  double correlation = 0;  // within pairs; 0 also where there are none
  Pairing pairing = Pairing::paired;
};

TwoArms simulate_study(StudyDesign const& design, std::uint64_t seed, int number) {
  Draws draws{Luck{seed}, Purpose::fiber_size, 0, number};
  boost::random::normal_distribution<double> normal;
  std::vector<Replicate> arm, reference;
  auto const own = std::sqrt(1 - design.correlation * design.correlation);
  for (std::uint64_t i = 0; i < std::max(design.n_arm, design.n_reference); ++i) {
    auto const shared = normal(draws);
    auto const value = design.correlation * shared + own * normal(draws);
    if (i < design.n_reference) reference.push_back({Luck{i, 0}, design.reference_deviation * shared});
    auto const subject = design.pairing == Pairing::paired ? 0u : 1u;
    if (i < design.n_arm) arm.push_back({Luck{i, subject}, design.difference + design.arm_deviation * value});
  }
  return compare_two_arms(arm, reference, {static_cast<std::uint64_t>(number), 0});
}

/// Share of studies for which `holds`.
template <class Condition>
double share(StudyDesign const& design, std::uint64_t seed, Condition&& holds) {
  int count = 0;
  for (int i = 0; i < kStudies; ++i) count += holds(simulate_study(design, seed, i)) ? 1 : 0;
  return static_cast<double>(count) / kStudies;
}

double error_of_share(double share) { return std::sqrt(share * (1 - share) / kStudies); }

}  // namespace

TEST_CASE("95 % of the intervals hold the true difference", "[statistical]") {
  auto const design = GENERATE(
      StudyDesign{.difference = 2}, StudyDesign{.difference = 2, .correlation = 0.95},
      StudyDesign{.n_arm = 3, .n_reference = 3, .difference = -1, .correlation = 0.5},
      StudyDesign{.difference = 2, .pairing = Pairing::unpaired},
      StudyDesign{
          .n_arm = 8, .n_reference = 4, .difference = 1, .arm_deviation = 3, .pairing = Pairing::unpaired});
  auto const covered = share(design, 1, [&](TwoArms const& result) {
    return result.low <= design.difference && design.difference <= result.high;
  });
  CAPTURE(design.n_arm, design.correlation, covered);
  // Welch's degrees of freedom are an approximation, good to half a per cent here.
  auto const approximation = design.pairing == Pairing::paired ? 0 : 0.005;
  CHECK(std::abs(covered - 0.95) < z * error_of_share(0.95) + approximation);
  CHECK(std::abs(covered - 0.90) > z * error_of_share(0.90));  // the test can fail
}

TEST_CASE("arms that are alike are told apart no oftener than p says", "[statistical]") {
  auto const design = GENERATE(StudyDesign{.correlation = 0.8}, StudyDesign{.pairing = Pairing::unpaired},
                               StudyDesign{.n_arm = 4, .n_reference = 7, .pairing = Pairing::unpaired});
  // Exact p take few values: of 6 pairs 2/64 k, of 6 and 6 runs 2/924 k, of 4 and 7 runs about 1/330 k.
  auto const level = design.pairing == Pairing::paired ? 4.0 / 64 : 0.05;
  auto const alarms = share(design, 2, [&](TwoArms const& result) { return result.p <= level; });
  CAPTURE(design.n_arm, alarms);
  CHECK(std::abs(alarms - level) < z * error_of_share(level));
}

TEST_CASE("a true difference is found oftener in pairs that share their luck", "[statistical]") {
  auto const found = [](TwoArms const& result) { return result.low > 0 || result.high < 0; };
  auto const in_pairs = share({.difference = 1, .correlation = 0.9}, 3, found);
  auto const in_groups = share({.difference = 1, .correlation = 0.9, .pairing = Pairing::unpaired}, 3, found);
  CHECK(in_pairs > in_groups + 0.3);
}

TEST_CASE("g estimates the true standardized difference without bias", "[statistical]") {
  auto const design =
      GENERATE(StudyDesign{.difference = 0.8}, StudyDesign{.difference = 0.8, .correlation = 0.5},
               StudyDesign{.difference = 0.8, .correlation = 0.95},
               StudyDesign{.n_arm = 4, .n_reference = 4, .difference = 0.8, .correlation = 0.95},
               StudyDesign{.n_arm = 4, .n_reference = 7, .difference = 0.8, .pairing = Pairing::unpaired});
  double sum = 0, squares = 0;
  for (int i = 0; i < kStudies; ++i) {
    auto const g = simulate_study(design, 4, i).hedges_g;
    sum += g;
    squares += g * g;
  }
  auto const mean = sum / kStudies;
  auto const error = std::sqrt((squares / kStudies - mean * mean) / kStudies);
  CAPTURE(design.n_arm, design.correlation, mean, error);
  // Below 2 %: r, which sets the degrees of freedom of pairs, is itself estimated.
  CHECK(std::abs(mean - design.difference) < z * error + 0.02 * design.difference);
}
