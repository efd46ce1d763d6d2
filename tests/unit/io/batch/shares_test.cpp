#include "io/batch/shares.h"

#include <catch2/catch.hpp>
#include <map>

#include "io/experiment/experiment_config.h"
#include "tests/unit/io/batch/readings.h"

using namespace myoaxis;

namespace {

std::vector<Parameter> shares_of(std::vector<std::string> const& keys) {
  return sharing_with(keys, test::some_parameters());
}

double sum_of_settings(std::vector<Setting> const& settings) {
  double sum = 0;
  for (auto const& setting : settings) sum += setting.number;
  return sum;
}

constexpr auto kLiver = "factor.bdnf.clearance_share.liver";
constexpr auto kKidney = "factor.bdnf.clearance_share.kidney";

}  // namespace

TEST_CASE("shares are known by their keys") {
  CHECK(whole_of(kLiver) == "factor.bdnf.clearance_share");
  CHECK(whole_of("organism.organ.liver.flow_share") == "organism.organ");
  CHECK(whole_of("organism.muscle.fiber_type[1].share") == "organism.muscle.fiber_type");
  CHECK_FALSE(whole_of("organism.organ.liver.mass"));
  CHECK_FALSE(whole_of("factor.bdnf.clearance"));
}

TEST_CASE("what is not set keeps its proportions and takes what is left", "[conservation]") {
  std::vector<Setting> settings{{kLiver, 0.8, "1"}};
  keep_sums(settings, shares_of({kLiver}));
  REQUIRE(settings.size() == 3);
  CHECK(settings[0].number == 0.8);
  CHECK(settings[1].number == Approx(0.15));
  CHECK(settings[2].number == Approx(0.05));
}

TEST_CASE("shares that are too large together are scaled, and the rest is nothing", "[conservation]") {
  std::vector<Setting> settings{{kLiver, 0.9, "1"}, {kKidney, 0.3, "1"}};
  keep_sums(settings, shares_of({kLiver, kKidney}));
  REQUIRE(settings.size() == 3);
  CHECK(settings[0].number == Approx(0.75));
  CHECK(settings[1].number == Approx(0.25));
  CHECK(settings[2].number == 0);
}

TEST_CASE("settings that are no shares stay as they are") {
  std::vector<Setting> settings{{"factor.bdnf.clearance", 1e-8, "m3 s-1"}};
  keep_sums(settings, shares_of({"factor.bdnf.clearance"}));
  CHECK(settings.size() == 1);
  CHECK(settings[0].number == 1e-8);
}

TEST_CASE("every whole of a shipped experiment is found, with the sum 1") {
  std::filesystem::path const configs{MYOAXIS_SOURCE_DIR "/configs"};
  auto const loaded = load_experiment(configs / "experiments/endurance.toml", {}, SearchPath{{configs}});
  std::map<std::string, std::vector<Setting>> wholes;
  for (auto const& parameter : loaded.parameters) {
    auto const whole = whole_of(parameter.key);
    CAPTURE(parameter.key);
    auto const is_working_share = parameter.key.ends_with("working_share");  // of a mode, by itself
    if (parameter.key.find("share") != std::string::npos) CHECK(whole.has_value() != is_working_share);
    if (whole) wholes[*whole].push_back(setting_of(parameter, parameter.number));
  }
  CHECK(wholes.size() > 5);
  for (auto const& [whole, shares] : wholes) {
    CAPTURE(whole);
    CHECK(sum_of_settings(shares) == Approx(1));
  }
}
