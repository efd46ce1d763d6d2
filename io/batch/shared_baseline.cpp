#include "io/batch/shared_baseline.h"

#include <algorithm>

namespace myoaxis {
namespace {

constexpr Tick kDayZero{0};

bool is_early(AssayParams const& assay) {
  auto const early = [](Tick tick) { return tick < kDayZero; };
  return std::ranges::any_of(assay.readings, early) || std::ranges::any_of(assay.injections, early);
}

/// Leaves the interventions that begin before day 0; one without a beginning is there from birth.
void keep_early(toml::table& root, std::vector<InterventionParams> const& interventions) {
  auto* const tables = root["intervention"].as_array();
  if (tables == nullptr) return;
  toml::array early;
  for (std::size_t i = 0; i < interventions.size(); ++i) {
    auto const& from = interventions[i].from;
    if (!from || *from < kDayZero) early.push_back(*tables->get_as<toml::table>(i));
  }
  root.erase(std::string_view{"intervention"});
  if (!early.empty()) root.insert("intervention", std::move(early));
}

}  // namespace

std::optional<toml::table> baseline_of(toml::table const& root, Experiment const& experiment) {
  if (experiment.schedule.baseline == 0) return {};
  if (std::ranges::any_of(experiment.assays, is_early)) return {};
  auto baseline = root;
  keep_early(baseline, experiment.interventions);
  baseline.erase(std::string_view{"assay"});
  baseline.insert_or_assign("title", "Baseline");
  auto& schedule = *baseline["schedule"].as_table();
  for (auto const* key : {"session", "from", "description"}) schedule.erase(std::string_view{key});
  if (auto* output = baseline["output"].as_table()) output->erase(std::string_view{"snapshots"});
  return baseline;
}

std::string mode_of_layout(Experiment const& experiment, Experiment const& sessions_of) {
  auto const& modes = experiment.organism.modes;
  auto const& rules =
      experiment.schedule.rules.empty() ? sessions_of.schedule.rules : experiment.schedule.rules;
  if (rules.empty() || !modes.contains(rules.front().mode)) return experiment.organism.default_mode;
  auto const share = modes.at(rules.front().mode).working_share;
  if (modes.at(experiment.organism.default_mode).working_share == share)
    return experiment.organism.default_mode;
  auto const same =
      std::ranges::find_if(modes, [&](auto const& mode) { return mode.second.working_share == share; });
  return same->first;
}

}  // namespace myoaxis
