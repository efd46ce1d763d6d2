// Do the intervals of superiority and of what pairing gains cover, does the planned power come true, and has
// the permutation test its size?
#include <boost/math/special_functions/erf.hpp>
#include <boost/random/normal_distribution.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "core/draws.h"
#include "core/statistics/needed_subjects.h"
#include "core/statistics/pairing_gain.h"
#include "core/statistics/permutation.h"
#include "core/statistics/superiority.h"
#include "simulated_studies.h"
#include "tests/statistics/bounds.h"

using namespace myoaxis;

namespace {

double error_of(double share, int studies) { return std::sqrt(share * (1 - share) / studies); }

struct Arms {
  std::vector<double> arm, reference;
};

/// Normal values, the arm's higher by `shift`; `correlation` within pairs.
Arms normal_arms(std::size_t n_arm, std::size_t n_reference, double shift, double correlation, int number) {
  Draws draws{Luck{31}, Purpose::measurement, n_arm, number};
  boost::random::normal_distribution<double> normal;
  Arms arms;
  auto const own = std::sqrt(1 - correlation * correlation);
  for (std::size_t i = 0; i < n_reference; ++i) arms.reference.push_back(normal(draws));
  for (std::size_t i = 0; i < n_arm; ++i) {
    auto const shared = i < n_reference ? arms.reference[i] : 0;
    arms.arm.push_back(shift + correlation * shared + own * normal(draws));
  }
  return arms;
}

double normal_cdf(double x) { return boost::math::erfc(-x / std::sqrt(2)) / 2; }

/// Share of `studies` for which `holds(number)`.
template <class Condition>
double share_of(int studies, Condition&& holds) {
  int count = 0;
  for (int i = 0; i < studies; ++i) count += holds(i) ? 1 : 0;
  return static_cast<double>(count) / studies;
}

}  // namespace

TEST_CASE("intervals of the superiority of groups hold the true one", "[statistical]") {
  constexpr int studies = 4000;
  struct Case {
    std::size_t n_arm, n_reference;
    double shift;
    double least;
  };
  // Of three and three, U is at an end in a tenth of the studies of arms that are alike, and then the
  // interval begins at 0.501.
  auto const [n_arm, n_reference, shift, least] =
      GENERATE(Case{3, 3, 0, 0.90}, Case{6, 6, 1, 0.94}, Case{12, 12, 1, 0.94}, Case{24, 24, 0.5, 0.94},
               Case{4, 12, 1, 0.94});
  auto const truth = normal_cdf(shift / std::sqrt(2));
  auto const covered = share_of(studies, [&](int i) {
    auto const arms = normal_arms(n_arm, n_reference, shift, 0, i);
    auto const [low, high] = superiority_of_groups(arms.arm, arms.reference).interval;
    return low <= truth && truth <= high;
  });
  CAPTURE(n_arm, n_reference, shift, covered);
  CHECK(covered > least - kZ * error_of(least, studies));
  CHECK(covered < 0.99 + kZ * error_of(0.99, studies));
}

TEST_CASE("intervals of the superiority of pairs hold the true one", "[statistical]") {
  constexpr int studies = 4000;
  auto const n = GENERATE(std::size_t{6}, std::size_t{12}, std::size_t{24});
  auto const truth = normal_cdf(0.5);
  auto const covered = share_of(studies, [&](int i) {
    auto const differences = normal_arms(n, n, 0.5, 0, i).arm;
    auto const [low, high] = superiority_of_pairs(differences, std::vector<double>(n, 0.0)).interval;
    return low <= truth && truth <= high;
  });
  CAPTURE(n, covered);
  // n wins of n trials take few values: the coverage swings about 95 % (Brown et al. 2001, Stat. Sci.
  // 16:101).
  CHECK(covered > 0.92 - kZ * error_of(0.92, studies));
  CHECK(covered < 0.985 + kZ * error_of(0.985, studies));
}

TEST_CASE("intervals of what pairing gains hold the true gain", "[statistical]") {
  constexpr int studies = 4000;
  auto const n = GENERATE(std::size_t{3}, std::size_t{6}, std::size_t{24});
  auto const correlation = GENERATE(0.0, 0.9);
  auto const truth = 1 / (1 - correlation);  // (1 + 1) / (2 - 2 r)
  auto const covered = share_of(studies, [&](int i) {
    auto const arms = normal_arms(n, n, 1, correlation, i);
    auto const [low, high] = pairing_gain(arms.arm, arms.reference).interval;
    return low <= truth && truth <= high;
  });
  CAPTURE(n, correlation, covered);
  CHECK(std::abs(covered - 0.95) < kZ * error_of(0.95, studies));
  CHECK(std::abs(covered - 0.90) > kZ * error_of(0.90, studies));  // the test can fail
}

TEST_CASE("a study of the size that was advised finds its difference in 80 percent", "[statistical]") {
  constexpr int studies = 3000;
  auto const n = static_cast<std::size_t>(needed_subjects({0.8, 1, 1e6, 1}).for_power);
  auto const found_with = [&](std::size_t pairs) {
    return share_of(studies, [&](int i) {
      StudyValues const study{normal_arms(pairs, pairs, 0.8, 0, i).arm, {}};
      auto const [low, high] = student_interval(study);
      return low > 0 || high < 0;
    });
  };
  auto const planned = power_of_t_test(0.8, static_cast<double>(n), 1);
  CHECK(planned >= 0.8);
  CHECK(std::abs(found_with(n) - planned) < kZ * error_of(planned, studies));
  CHECK(found_with(n - 4) < 0.8 - kZ * error_of(0.8, studies));
}

TEST_CASE("the permutation test has its size whatever the distribution", "[statistical]") {
  constexpr int studies = 1000;
  constexpr double level = 0.05;
  auto const shape = GENERATE(Shape::normal, Shape::lognormal);
  // All of 1024 signs of 10 pairs, all of 1716 labels of 6 and 7 runs.
  auto const in_pairs = share_of(studies, [&](int i) {
    auto values = simulated({Pairing::unpaired, shape, 10}, 41, i).second;
    auto const others = simulated({Pairing::unpaired, shape, 10}, 42, i).second;
    for (std::size_t k = 0; k < values.size(); ++k) values[k] -= others[k];
    return sign_flip_p(values, static_cast<std::uint64_t>(i)) <= level;
  });
  auto const in_groups = share_of(studies, [&](int i) {
    auto const ours = simulated({Pairing::unpaired, shape, 6}, 43, i).second;
    auto const theirs = simulated({Pairing::unpaired, shape, 7}, 44, i).second;
    return label_permutation_p(ours, theirs, static_cast<std::uint64_t>(i)) <= level;
  });
  CHECK(std::abs(in_pairs - level) < kZ * error_of(level, studies));
  CHECK(std::abs(in_groups - level) < kZ * error_of(level, studies));
  CHECK(std::abs(in_groups - 2 * level) > kZ * error_of(level, studies));  // the test can fail
}
