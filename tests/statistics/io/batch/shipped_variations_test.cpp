#include <toml++/toml.h>

#include <catch2/catch.hpp>
#include <map>

#include "io/batch/apply_settings.h"
#include "io/batch/subject_variation.h"
#include "io/batch/variation_piece.h"
#include "io/experiment/experiment_config.h"
#include "tests/statistics/bounds.h"
#include "tests/support/experiments.h"

using namespace myoaxis;

namespace {

constexpr std::uint64_t kSubjects = 200;

/// An hour of cage life of this organism, with what `more` adds at the top and in [organism].
toml::table experiment_of(std::string const& organism, std::string const& top, std::string const& more) {
  auto const text = "seed = 1\n" + top + "[organism]\nuse = \"" + organism + "\"\n" + more +
                    "[scale]\npreset = \"quick\"\n[schedule]\nbaseline = \"0 s\"\nduration = \"1 h\"\nuse = "
                    "\"sedentary\"\n";
  return toml::parse(std::string_view{text}, std::string_view{"experiment.toml"});
}

LoadedExperiment load(toml::table&& tree) {
  return load_experiment(std::move(tree), "experiment.toml", {}, SearchPath{{test::kConfigs}});
}

/// The shipped variation of the organism, read against the base experiment.
SubjectVariation shipped(std::string const& organism, std::vector<Parameter> const& parameters) {
  auto batch = toml::parse(std::string_view{"[subject.variation]\n"}, std::string_view{"batch.toml"});
  Diagnostics diagnostics;
  lay_variation_piece(batch, organism, "batch.toml", SearchPath{{test::kConfigs}}, diagnostics);
  ReadContext context{diagnostics};
  Section root{batch, context};
  auto variation = read_subject_variation(root.section("subject", "").section("variation", ""), parameters);
  diagnostics.throw_if_any();
  return variation;
}

/// Each subject of a population, loaded as an experiment of its own; values by key.
std::map<std::string, std::vector<double>> population(LoadedExperiment const& base,
                                                      SubjectVariation const& variation,
                                                      std::uint64_t subjects) {
  std::map<std::string, std::vector<double>> values;
  for (std::uint64_t number = 0; number < subjects; ++number) {
    CAPTURE(number);
    auto const settings = sample_subject(variation, {7, number}, base.parameters);
    auto tree = toml::parse(std::string_view{base.resolved_toml}, std::string_view{"resolved.toml"});
    apply_settings(tree, settings);
    REQUIRE_NOTHROW(load(std::move(tree)));
    for (auto const& setting : settings) values[setting.key].push_back(setting.number);
  }
  return values;
}

double value_of(LoadedExperiment const& loaded, std::string const& key) {
  for (auto const& parameter : loaded.parameters) {
    if (parameter.key == key) return parameter.number;
  }
  FAIL("no " << key);
  return 0;
}

}  // namespace

TEST_CASE("a whole population of each organism is possible, around the configured values", "[statistical]") {
  auto const organism = GENERATE("mouse", "rat", "human");
  CAPTURE(organism);
  auto const base = load(experiment_of(organism, "", ""));
  auto const variation = shipped(organism, base.parameters);
  CHECK(variation.traits.size() >= 25);
  auto const values = population(base, variation, kSubjects);
  CHECK(values.size() >= 40);
  for (auto const& [key, numbers] : values) {
    CAPTURE(key);
    auto const moments = moments_of(numbers);
    CHECK(moments.count == kSubjects);
    CHECK(moments.variance > 0);
    CHECK(deviation(moments.mean, value_of(base, key), moments.mean_error()) < kZ);
  }
}

TEST_CASE("subjects of either sex and of each condition are possible", "[statistical]") {
  auto const organism = GENERATE("mouse", "rat", "human");
  auto const sex = GENERATE("", "sex = \"female\"\n");
  auto const conditions = GENERATE("", "\"aged\"", "\"sarcopenic\"", "\"aged\", \"sarcopenic\"",
                                   "\"type2_diabetic\"", "\"aged\", \"type2_diabetic\"");
  CAPTURE(organism, sex, conditions);
  auto const base = load(experiment_of(organism, std::string{"conditions = ["} + conditions + "]\n", sex));
  population(base, shipped(organism, base.parameters), 3);
}
