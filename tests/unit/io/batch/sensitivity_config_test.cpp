#include "io/batch/sensitivity_config.h"

#include <catch2/catch.hpp>

#include "io/experiment/experiment_config.h"
#include "tests/unit/io/batch/readings.h"

using namespace myoaxis;
using test::BatchReading;
using Texts = std::vector<std::string>;

namespace {

std::string problems_in(std::string const& text) {
  BatchReading reading{"[sensitivity]\n" + text};
  read_sensitivity(reading.section("sensitivity"));
  return reading.problems();
}

void refuses_sensitivity(std::string const& text, std::string_view part) {
  auto const problems = problems_in(text);
  CAPTURE(problems, part);
  CHECK(problems.find(part) != std::string::npos);
}

/// Keys of the parameters chosen, or the problems.
Texts chosen(SensitivityParams const& params, std::vector<Parameter> const& all = test::some_parameters()) {
  Diagnostics diagnostics;
  Texts keys;
  for (auto const& one : choose_parameters(params, all, {"b.toml", 1, 1}, diagnostics))
    keys.push_back(one.parameter.key);
  for (auto const& problem : diagnostics.problems()) keys.push_back(to_text(problem));
  return keys;
}

bool mentions(Texts const& texts, std::string_view part) {
  return texts.size() == 1 && texts.front().find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a sensitivity section is read over its defaults") {
  BatchReading reading{
      "[sensitivity]\nmethod = \"morris\"\ntrajectories = 12\nlevels = 6\nshape = \"radial\"\nluck = false\n"
      "parameters = [\"factor.*\"]\nstatuses = [\"assumed\"]\noutcomes = [\"cells_born\"]\n"};
  auto const params = read_sensitivity(reading.section("sensitivity"), {.seed = 5});
  CHECK(reading.problems() == "");
  CHECK(params.method == SensitivityMethod::morris);
  CHECK(params.trajectories == 12);
  CHECK(params.levels == 6);
  CHECK(params.shape == TrajectoryShape::radial);
  CHECK(params.seed == 5);
  CHECK_FALSE(params.luck);
  CHECK(params.parameters == Texts{"factor.*"});
  CHECK(params.statuses == Texts{"assumed"});
  CHECK(params.outcomes == Texts{"cells_born"});
  CHECK(params.highest_extraction == 0.95);
  BatchReading empty{"[sensitivity]\n"};
  auto const defaults = read_sensitivity(empty.section("sensitivity"));
  CHECK(defaults.parameters == Texts{"*"});
  CHECK(defaults.trajectories == 20);
  CHECK(defaults.luck);
}

TEST_CASE("a sensitivity section that makes no sense is refused with its place") {
  refuses_sensitivity(
      "method = \"moris\"\n",
      "b.toml:2:10: sensitivity.method = \"moris\": must be one of morris, sobol; did you mean");
  refuses_sensitivity("levels = 5\n", "b.toml:2:10: sensitivity.levels = 5: must be even");
  refuses_sensitivity("trajectories = 1\n", "trajectories = 1: must be between 2 and 100000");
  refuses_sensitivity("method = \"sobol\"\nsamples = 100\n",
                      "samples = 100: must be a power of two, such as 64 or 128");
  refuses_sensitivity("method = \"sobol\"\ntrajectories = 10\n",
                      "is for method = \"morris\"; sobol has `samples`");
  refuses_sensitivity("samples = 64\n", "is for method = \"sobol\"; morris has `trajectories`");
  refuses_sensitivity(
      "statuses = [\"asumed\"]\n",
      "'asumed' must be one of verified, derived, recalled, fitted, assumed; did you mean 'assumed'?");
  refuses_sensitivity("parameters = []\n", "must not be empty");
  refuses_sensitivity("paramters = [\"*\"]\n",
                      "unknown key 'paramters' in sensitivity; did you mean 'parameters'?");
}

TEST_CASE("options of the command line are held to the same rules") {
  CHECK(problems_of({}).empty());
  CHECK(problems_of({.method = SensitivityMethod::sobol, .samples = 100}) ==
        Texts{"samples = 100: must be a power of two, such as 64 or 128"});
  CHECK(problems_of({.trajectories = 1, .levels = 3}).size() == 2);
}

TEST_CASE("parameters are chosen by range, pattern and status, each once") {
  auto all = test::some_parameters();
  all.push_back(all.front());  // read by two laws
  CHECK(chosen({}, all) == Texts{"factor.bdnf.clearance", "factor.bdnf.reflection", "brain.niches",
                                 "factor.bdnf.clearance_share.liver", "factor.bdnf.clearance_share.kidney"});
  CHECK(chosen({.parameters = {"brain.*", "*.reflection"}}) ==
        Texts{"factor.bdnf.reflection", "brain.niches"});
  CHECK(chosen({.except = {"*share*"}, .statuses = {"assumed"}}) == Texts{"factor.bdnf.clearance"});
}

TEST_CASE("a share that is all of its whole is no parameter to vary") {
  auto all = test::some_parameters();
  std::erase_if(
      all, [](Parameter const& one) { return one.key.ends_with("kidney") || one.key.ends_with("rest"); });
  auto const keys = chosen({.parameters = {"factor.*"}}, all);
  CHECK(keys == Texts{"factor.bdnf.clearance", "factor.bdnf.reflection"});
}

TEST_CASE("a choice of nothing is refused") {
  auto const with_slip = chosen({.parameters = {"brain.*", "factor.bdnf.clearence"}});
  CHECK(with_slip.back().find("'factor.bdnf.clearence' fits no parameter; did you mean "
                              "'factor.bdnf.clearance'?") != std::string::npos);
  CHECK(mentions(chosen({.statuses = {"fitted"}}), "b.toml:1:1: no parameter is left"));
  CHECK(mentions(chosen({.parameters = {"*.hill"}}), "fits only parameters without a range"));
  CHECK(mentions(chosen({.parameters = {"factor.bdnf.source[].hill"}}),
                 "fits only parameters without a range"));
}

TEST_CASE("a range that the parameter does not allow is named") {
  auto all = test::some_parameters();
  all[1].range = {"0.5", "1.2"};
  CHECK(mentions(chosen({.parameters = {"*.reflection"}}, all),
                 "the range of factor.bdnf.reflection, 0.5 to 1.2, reaches 1.2, but"));
}

TEST_CASE("the range of every parameter that ships is one that the parameter allows") {
  std::filesystem::path const configs{MYOAXIS_SOURCE_DIR "/configs"};
  auto const organism = GENERATE("mouse", "rat", "human");
  auto const loaded = load_experiment(configs / "experiments/sedentary.toml",
                                      {std::string{"organism.use="} + organism}, SearchPath{{configs}});
  auto const keys = chosen({}, loaded.parameters);
  CAPTURE(organism, keys.back());
  CHECK(keys.size() > 300);
  for (auto const& key : keys) CHECK(key.find(": ") == std::string::npos);  // no problem among them
}
