#include "io/batch/subject_variation.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "core/address.h"
#include "core/quantity.h"
#include "io/batch/trait_parameters.h"
#include "io/config/key_pattern.h"

namespace myoaxis {
namespace {

constexpr std::array<std::string_view, 3> kTraitShapes{"lognormal", "normal", "logit-normal"};

/// Traits by name, with what their marginal may still lack: the value of a fraction.
Trait read_shape(Section& section, std::string const& name) {
  Trait trait;
  trait.name = name;
  trait.place = section.place();
  section.text_or("meaning", "", "the trait in words");
  trait.scales = section.texts_or(
      "scales", "keys of the parameters that it multiplies; [] stands for any element, * for any text");
  trait.sharing = section.texts_or(
      "sharing", "of a logit-normal: fractions that share, in proportion, what it leaves of their sum");
  auto const shape =
      section.choice("shape", kTraitShapes, "distribution: of a factor, or of a fraction itself");
  trait.marginal.shape = MarginalShape{static_cast<std::uint8_t>(
      std::find(kTraitShapes.begin(), kTraitShapes.end(), shape) - kTraitShapes.begin())};
  auto const variation = section.optional_quantity<Number>(
      "variation", between(0, 3),
      "between subjects: standard deviation over mean, within the limits; 0: none");
  if (!section.has("variation")) section.fail("variation is missing: standard deviation over mean");
  trait.marginal.variation = variation ? variation->value() : 0;  // a wrong one raises no second error
  auto const fraction = trait.marginal.shape == MarginalShape::logit_normal;
  auto const above_zero = Limits{.low = 0, .high = 1, .low_open = true, .high_open = true};
  trait.marginal.low =
      section.quantity<Number>("lowest", above_zero, "tails are cut here: factor, or the fraction itself")
          .value();
  trait.marginal.high =
      section
          .quantity<Number>("highest", fraction ? above_zero : Limits{.low = 1, .low_open = true}, "and here")
          .value();
  return trait;
}

bool keys_make_sense(Section& section, Trait const& trait) {
  auto const fraction = trait.marginal.shape == MarginalShape::logit_normal;
  if (trait.scales.empty()) {
    section.fail("scales", "must name a parameter, as `myoaxis params` lists them");
  } else if (!fraction && !trait.sharing.empty()) {
    section.fail("sharing", "is for a fraction: shape = \"logit-normal\"");
  } else if (fraction && trait.marginal.low >= trait.marginal.high) {
    section.fail("highest", "must be above lowest");
  } else {
    return true;
  }
  return false;
}

std::string no_room(Trait const& trait, MarginalParams const& marginal) {
  return fmt::format(
      "varies too much for its limits, {} to {}: they leave room for {:.3g} at most; lower `variation` or "
      "widen "
      "the limits",
      trait.marginal.low, trait.marginal.high, largest_variation(marginal));
}

/// The distribution of a trait where its parameter has this value; what is wrong otherwise goes to `problem`.
std::optional<Marginal> marginal_in(Trait const& trait, Parameter const& parameter, std::string& problem) {
  if (trait.factor) return trait.factor;
  auto marginal = trait.marginal;
  marginal.mean = parameter.number;
  if (marginal.mean <= marginal.low || marginal.mean >= marginal.high) {
    problem = fmt::format("{} = {:.6g} is not inside of the limits, {} to {}", parameter.key,
                          parameter.number, marginal.low, marginal.high);
    return std::nullopt;
  }
  auto fitted = fit_marginal(marginal);
  if (!fitted) problem = no_room(trait, marginal);
  return fitted;
}

[[noreturn]] void refuse(Trait const& trait, std::string const& message) {
  throw ConfigError{{{trait.place, fmt::format("subject.variation.trait.{}: {}", trait.name, message)}}};
}

Trait read_trait(std::string const& name, Section& section, TraitParameters& known,
                 std::string const& own_file) {
  auto trait = read_shape(section, name);
  section.finish();
  trait.of_piece = section.place("scales").file != own_file;
  if (!keys_make_sense(section, trait)) return trait;
  if (trait.marginal.shape != MarginalShape::logit_normal) {
    trait.factor = fit_marginal(trait.marginal);
    if (!trait.factor) {
      section.fail("variation", no_room(trait, trait.marginal));
      return trait;
    }
  }
  auto const touched =
      known.add(trait, [&](std::string_view key, std::string const& message) { section.fail(key, message); });
  if (touched.scaled.empty() || trait.factor) return trait;
  std::string problem;
  marginal_in(trait, known.parameters()[touched.scaled.front()], problem);
  if (!problem.empty()) section.fail("variation", problem);
  return trait;
}

/// Number of a trait by its name.
std::optional<std::size_t> find_trait(std::vector<Trait> const& traits, std::string const& name) {
  auto const found =
      std::find_if(traits.begin(), traits.end(), [&](Trait const& trait) { return trait.name == name; });
  if (found == traits.end()) return std::nullopt;
  return static_cast<std::size_t>(found - traits.begin());
}

std::optional<Correlation> read_correlation(Section& section, std::vector<Trait> const& traits) {
  auto const names = section.texts_or("between", "the two traits");
  auto const coefficient = section.optional_quantity<Number>(
      "coefficient", between(-1, 1),
      "correlation of their normal scores; of lognormals: of their logarithms");
  if (!section.has("coefficient")) section.fail("coefficient is missing: correlation of the two traits");
  section.finish();
  if (names.size() != 2 || names[0] == names[1]) {
    section.fail("between", "must be the names of two traits");
    return std::nullopt;
  }
  std::vector<std::string> known;
  for (auto const& trait : traits) known.push_back(trait.name);
  std::array<std::optional<std::size_t>, 2> found;
  for (std::size_t i = 0; i < 2; ++i) {
    found[i] = find_trait(traits, names[i]);
    if (!found[i]) {
      section.fail("between",
                   fmt::format("there is no trait '{}'{}", names[i], did_you_mean(names[i], known)));
    }
  }
  if (!found[0] || !found[1] || !coefficient) return std::nullopt;
  return Correlation{std::min(*found[0], *found[1]), std::max(*found[0], *found[1]), coefficient->value()};
}

/// Correlations that can be together; none when they cannot.
std::vector<Correlation> read_correlations(Section& variation, std::vector<Trait> const& traits) {
  std::vector<Correlation> correlations;
  std::vector<Section> places;
  for (auto& section : variation.sections("correlation", "traits that vary together")) {
    auto const correlation = read_correlation(section, traits);
    if (!correlation) continue;
    auto const same = std::any_of(correlations.begin(), correlations.end(), [&](Correlation const& other) {
      return other.first == correlation->first && other.second == correlation->second;
    });
    if (same) {
      section.fail("between", "these two traits have a correlation already");
      continue;
    }
    correlations.push_back(*correlation);
    places.push_back(section);
  }
  auto const wrong = find_contradiction(traits.size(), correlations);
  if (!wrong) return correlations;
  auto const& pair = correlations[wrong->correlation];
  places[wrong->correlation].fail(
      "coefficient",
      fmt::format("'{}' and '{}' cannot have this correlation beside the others: the matrix must be positive "
                  "definite, its smallest eigenvalue is {:.3g}; lower it, or give both the correlations with "
                  "the same third traits",
                  traits[pair.first].name, traits[pair.second].name, wrong->smallest_eigenvalue));
  return {};
}

/// Multiplies the factors of the parameters by what the trait makes of them.
void apply_trait(Trait const& trait, double score, std::vector<Parameter> const& parameters,
                 TraitParameters& known, std::map<std::size_t, double>& factors) {
  auto const touched =
      known.add(trait, [&](std::string_view, std::string const& message) { refuse(trait, message); });
  if (touched.scaled.empty() || trait.is_held) return;
  auto const& first = parameters[touched.scaled.front()];
  std::string problem;
  auto const marginal = marginal_in(trait, first, problem);
  if (!marginal) refuse(trait, problem);
  auto const value = marginal->at(score);
  auto const fraction = trait.marginal.shape == MarginalShape::logit_normal;
  auto const times = [&](std::size_t i, double factor) { factors.emplace(i, 1.0).first->second *= factor; };
  for (auto const i : touched.scaled) times(i, fraction ? value / first.number : value);
  double left = 0;
  for (auto const i : touched.sharing) left += parameters[i].number;
  for (auto const i : touched.sharing) times(i, (left + first.number - value) / left);
}

}  // namespace

SubjectVariation read_subject_variation(Section section, std::vector<Parameter> const& parameters) {
  SubjectVariation variation;
  section.text_or("from", "", "piece that these traits were taken from");
  section.text_or("description", "", "the population in words");
  TraitParameters known{parameters};
  auto const own_file = section.place().file;
  for (auto& [name, trait] : section.named_sections("trait", "traits by name")) {
    variation.traits.push_back(read_trait(name, trait, known, own_file));
  }
  variation.copula = GaussianCopula{variation.traits.size(), read_correlations(section, variation.traits)};
  section.finish();
  return variation;
}

void hold_fractions(SubjectVariation& variation, std::vector<std::string> const& keys) {
  auto const is_of = [&](std::vector<std::string> const& patterns) {
    return std::ranges::any_of(patterns, [&](std::string const& pattern) {
      return std::ranges::any_of(keys, [&](std::string const& key) { return matches(pattern, key); });
    });
  };
  for (auto& trait : variation.traits)
    trait.is_held = !trait.factor && (is_of(trait.scales) || is_of(trait.sharing));
}

std::vector<Setting> sample_subject(SubjectVariation const& variation, Luck luck,
                                    std::vector<Parameter> const& parameters) {
  std::vector<double> independent;
  for (auto const& trait : variation.traits) {
    independent.push_back(subject_score(luck, name_key(trait.name)));
  }
  auto const scores = variation.copula.correlated(independent);
  TraitParameters known{parameters};
  std::map<std::size_t, double> factors;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    apply_trait(variation.traits[i], scores[i], parameters, known, factors);
  }
  std::vector<Setting> settings;
  for (auto const& [i, factor] : factors) {
    auto const& parameter = parameters[i];
    settings.push_back(setting_of(parameter, parameter.number * factor));
  }
  return settings;
}

}  // namespace myoaxis
