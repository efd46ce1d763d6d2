#include "io/report/shared_settings.h"

#include <catch2/catch.hpp>

namespace myoaxis::report {

TEST_CASE("only what all runs of an arm share is its setting") {
  Settings const one{{"a", "0.4"}, {"b", "\"7 s\""}, {"c", "1"}, {"d", "true"}, {"only", "1"}};
  Settings const two{{"a", "0.6"}, {"b", "\"9 s\""}, {"c", "1"}, {"d", "false"}};
  Settings const three{{"a", "0.44"}, {"b", "\"8 s\""}, {"c", "1"}, {"d", "true"}};
  auto const settings = shared_settings({&one, &two, &three}, {});
  CHECK(settings.shared == Settings{{"c", "1"}});
  CHECK(settings.varying.at("a") == "varies between subjects: median 0.44 (0.4 to 0.6)");
  CHECK(settings.varying.at("b") == "varies between subjects: median 8 s (7 to 9 s)");
  CHECK(settings.varying.at("d") == "varies between subjects");
  CHECK(settings.varying.contains("only"));
  CHECK(shared_settings({&one}, {}).shared == one);
}

TEST_CASE("what varies is in the unit of the published range, though a batch writes base units") {
  Settings const one{{"flow", "\"1e-8 m3 s-1\""}}, two{{"flow", "\"2e-8 m3 s-1\""}};
  auto const range_in = [&](char const* low, char const* high) {
    ParameterRecord const flow{"flow", "", low, high, "assumed", ""};
    return shared_settings({&one, &two}, {flow}).varying.at("flow");
  };
  CHECK(range_in("0.2 ml/min", "2 ml/min") ==
        "varies between subjects: median 0.9 ml/min (0.6 to 1.2 ml/min)");
  CHECK(range_in("1 kg", "2 kg") == "varies between subjects: median 1.5e-08 m3 s-1 (1e-08 to 2e-08 m3 s-1)");
}

TEST_CASE("a parameter that varies is shown as that, not with the value of one subject") {
  StudyRecord study;
  study.arms = {{"rest", {{"fixed", "1"}}, {}, 0, {{"a", "varies"}}},
                {"running", {}, {}, 0, {{"b", "differs"}}}};
  study.parameters = {{"a", "0.4", "", "", "assumed", ""},
                      {"b", "2", "", "", "assumed", ""},
                      {"fixed", "1", "", "", "assumed", ""}};
  mark_varying(study);
  CHECK(study.parameters[0].value == "varies");
  CHECK(study.parameters[1].value == "differs");
  CHECK(study.parameters[2].value == "1");
  CHECK(varies(study, "a"));
  CHECK_FALSE(varies(study, "fixed"));
}

}  // namespace myoaxis::report
