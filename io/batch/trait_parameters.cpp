#include "io/batch/trait_parameters.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "io/batch/subject_variation.h"
#include "io/config/key_pattern.h"

namespace myoaxis {

TraitParameters::TraitParameters(std::vector<Parameter> const& parameters) : parameters_{parameters} {
  for (auto const& parameter : parameters) keys_.push_back(parameter.key);
}

std::vector<std::size_t> TraitParameters::matching(std::string const& pattern) const {
  std::vector<std::size_t> found;
  std::set<std::string_view> seen;  // a key that was read twice is one parameter
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    if (matches(pattern, keys_[i]) && seen.insert(keys_[i]).second) found.push_back(i);
  }
  return found;
}

/// "factor.NAME." of a factor of which there is no parameter.
bool TraitParameters::is_left_out(std::string const& pattern) const {
  constexpr std::string_view kFactor = "factor.";
  if (!pattern.starts_with(kFactor)) return false;
  auto const prefix = pattern.substr(0, pattern.find('.', kFactor.size()) + 1);
  return std::none_of(keys_.begin(), keys_.end(),
                      [&](std::string const& key) { return key.starts_with(prefix); });
}

std::vector<std::size_t> TraitParameters::find(Trait const& trait, std::string_view key,
                                               std::vector<std::string> const& patterns,
                                               Report const& report) const {
  std::set<std::size_t> found;
  for (auto const& pattern : patterns) {
    auto const here = matching(pattern);
    found.insert(here.begin(), here.end());
    if (!here.empty() || (trait.of_piece && is_left_out(pattern))) continue;
    report(key, fmt::format("there is no parameter '{}' in this experiment{}", pattern,
                            did_you_mean(pattern, keys_)));
  }
  return {found.begin(), found.end()};
}

Touched TraitParameters::add(Trait const& trait, Report const& report) {
  auto wrong = false;
  auto const note = [&](std::string_view key, std::string const& message) {
    wrong = true;
    report(key, message);
  };
  auto const fraction = trait.marginal.shape == MarginalShape::logit_normal;
  Touched touched{find(trait, "scales", trait.scales, note), find(trait, "sharing", trait.sharing, note)};
  std::erase_if(touched.sharing, [&](std::size_t i) {
    return std::find(touched.scaled.begin(), touched.scaled.end(), i) != touched.scaled.end();
  });
  if (fraction && touched.scaled.size() > 1) note("scales", "a logit-normal trait is one fraction");
  auto all = touched.scaled;
  all.insert(all.end(), touched.sharing.begin(), touched.sharing.end());
  for (auto const i : all) {
    if (parameters_[i].whole) {
      note("scales", fmt::format("{} is a whole number, which no factor can multiply", keys_[i]));
    }
    auto const [owner, is_new] = owners_.emplace(i, Owner{trait.name, fraction});
    if (is_new || (!fraction && !owner->second.alone)) continue;
    note("scales", fmt::format("{} is changed by the trait '{}' as well, and one of them is a fraction",
                               keys_[i], owner->second.trait));
  }
  return wrong ? Touched{} : touched;
}

}  // namespace myoaxis
