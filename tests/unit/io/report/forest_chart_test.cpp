#include "io/report/forest_chart.h"

#include <catch2/catch.hpp>
#include <limits>

#include "tests/support/text_parts.h"

namespace myoaxis::report {
using test::contains;

namespace {
/// Difference, its interval to both sides, and g.
Contrast contrast_of(double difference, double half, double effect) {
  Contrast contrast;
  contrast.result.reference_mean = 10;
  contrast.mean = 10 + difference;
  contrast.result.difference = difference;
  contrast.result.low = difference - half;
  contrast.result.high = difference + half;
  contrast.result.hedges_g = effect;
  return contrast;
}

StudyRecord study_of(std::vector<ComparedOutcome> outcomes) {
  StudyRecord study;
  for (auto const* name : {"rest", "running"}) study.arms.push_back({name, {}, {RunRecord{}}});
  study.outcomes = std::move(outcomes);
  return study;
}
}  // namespace

TEST_CASE("outcomes whose subjects are all alike have no standardized difference") {
  CHECK(has_spread(contrast_of(1, 0.5, 2)));
  CHECK(has_spread(contrast_of(0, 0.5, 0)));
  CHECK_FALSE(has_spread(contrast_of(1, 0, 2)));         // no interval
  CHECK_FALSE(has_spread(contrast_of(1, 1e-15, 1e15)));  // rounding alone
  CHECK_FALSE(has_spread(contrast_of(1, 1, std::numeric_limits<double>::quiet_NaN())));
  CHECK_FALSE(has_spread(contrast_of(1, 1, std::numeric_limits<double>::infinity())));
  auto const study = study_of({{"spines", "1", "spines", 10, {contrast_of(1, 0, 2)}}});
  CHECK(outcome_groups(study.outcomes).empty());
}

TEST_CASE("a difference beyond the axis is an arrow with its number") {
  auto const study = study_of({{"spines", "1", "spines", 10, {contrast_of(1, 0.01, 137)}},
                               {"mood", "1", "mood", 10, {contrast_of(1, 0.5, 2)}}});
  CHECK(forest_reach(study.outcomes) == 10);
  auto const groups = outcome_groups(study.outcomes);
  REQUIRE(groups.size() == 2);
  CHECK(contains(forest_chart(study, groups[0], 10).text(), ">+137</text>"));
  CHECK_FALSE(contains(forest_chart(study, groups[1], 10).text(), ">+2.0</text>"));
}

TEST_CASE("the readings of an assay stand in a group of their own, by quantity and time") {
  auto const reading = [](std::string name) {
    ComparedOutcome outcome{std::move(name), "1", "cells", 10, {contrast_of(1, 0.5, 2)}};
    outcome.kind = myoaxis::OutcomeKind::reading;
    return outcome;
  };
  auto const study = study_of({reading("survival.total.day_42"),
                               reading("draw.il6.day_41_08:00"),
                               reading("survival.immature.day_42"),
                               {"mood", "1", "mood", 10, {contrast_of(1, 0.5, 2)}}});
  auto const groups = outcome_groups(study.outcomes);
  REQUIRE(groups.size() == 3);
  CHECK(groups[0].title == "Brain");
  CHECK(groups[1].title == "Assay survival");
  CHECK(groups[1].outcomes.size() == 2);
  CHECK(groups[2].title == "Assay draw");
  CHECK(contains(forest_chart(study, groups[2], 3).text(), ">IL6, day 41 08:00</text>"));
}

TEST_CASE("outcomes of unknown names stand in a group of their own") {
  auto const study = study_of({{"surprise", "1", "what is new", 10, {contrast_of(1, 0.5, 2)}}});
  auto const groups = outcome_groups(study.outcomes);
  REQUIRE(groups.size() == 1);
  CHECK(groups.front().title == "Other outcomes");
  CHECK(forest_reach(study.outcomes) == 3);
}

}  // namespace myoaxis::report
