#include "agents/observation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "core/units.h"

namespace myoaxis {
namespace {

/// A laboratory's blood sample "after exercise" is drawn within about this time.
constexpr std::int64_t kShortlyAfter = 10 * kMinute;

double mean_or_nan(double sum, double seconds) {
  return seconds > 0 ? sum / seconds : std::numeric_limits<double>::quiet_NaN();
}

double mean_of(std::vector<double> const& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

Observer::Observer(Model const& model) : model_{model} {
  sum_.factors.resize(model.factors.size());
  factor_sums_.resize(model.factors.size());
}

void Observer::see(StepReport const& report) {
  auto const seconds = report.step.length().value();
  seconds_ += seconds;
  sum_.intensity += report.task.value() * seconds;
  sum_.force += report.force * seconds;
  sum_.excitation += report.excitation * seconds;
  sum_.capacity = report.capacity;
  sum_.working_muscle_flow += report.working_muscle_flow.value() * seconds;
  sum_.cardiac_output += report.cardiac_output.value() * seconds;
  for (std::size_t i = 0; i < report.events.size(); ++i) {
    auto const kind = EventKind{report.events.kind[i]};
    if (kind == EventKind::birth) ++sum_.births[report.events.stage[i]];
    if (kind == EventKind::death) ++sum_.deaths[report.events.stage[i]];
  }
  see_factors(report);
  see_run(report);
}

void Observer::see_factors(StepReport const& report) {
  auto const seconds = report.step.length().value();
  auto const before = report.step.begin < Tick{0};
  auto const after_session = shortly_after_session(report.step);
  for (std::size_t i = 0; i < report.factors.size(); ++i) {
    auto const& seen = report.factors[i];
    auto const& factor = model_.factors[i];
    auto& sum = sum_.factors[i];
    auto const fold = mean_of(seen.occupancy_fold);
    auto const niches = seen.tissue_content.begin() + static_cast<std::ptrdiff_t>(model_.body.niches);
    sum.artery += seen.artery.value() * seconds;
    sum.vein += seen.vein.value() * seconds;
    sum.muscle_release += seen.muscle_release / factor.quanta_per_kilogram() * seconds;
    sum.niche_content += std::accumulate(seen.tissue_content.begin(), niches, 0.0) * factor.quantum * seconds;
    sum.occupancy_fold += fold * seconds;
    auto& run = factor_sums_[i];
    (before ? run.before : run.since) += seen.artery.value() * seconds;
    if (after_session) run.after_session += seen.artery.value() * seconds;
    if (!before) run.fold += fold * seconds;
  }
  (before ? seconds_before_ : seconds_since_) += seconds;
  if (after_session) seconds_after_session_ += seconds;
}

void Observer::see_run(StepReport const& report) {
  if (report.step.begin < Tick{0}) return;
  auto const seconds = report.step.length().value();
  if (report.target_force > 0) exercise_ += seconds;
  target_impulse_ += report.target_force * seconds;
  impulse_ += report.force * seconds;
  for (std::size_t i = 0; i < report.events.size(); ++i) {
    auto const kind = EventKind{report.events.kind[i]};
    auto const stage = Stage{report.events.stage[i]};
    if (kind == EventKind::birth) ++born_;
    if (kind == EventKind::death) ++died_;
    if (kind == EventKind::transition && stage == Stage::mature) ++matured_;
  }
}

bool Observer::shortly_after_session(Step const& step) const {
  auto const since = model_.calendar.seconds_since_session(step.begin);
  return since && *since < kShortlyAfter;
}

Observation Observer::take(Organism const& organism) {
  auto seen = std::exchange(sum_, {});
  sum_.factors.resize(model_.factors.size());
  auto const seconds = std::exchange(seconds_, 0.0);
  seen.time = organism.now;
  seen.cells = count_stages(organism.neurons);
  if (seconds <= 0) return seen;
  for (auto* mean :
       {&seen.intensity, &seen.force, &seen.excitation, &seen.working_muscle_flow, &seen.cardiac_output}) {
    *mean /= seconds;
  }
  for (auto& factor : seen.factors) {
    for (auto* mean : {&factor.artery, &factor.vein, &factor.muscle_release, &factor.niche_content,
                       &factor.occupancy_fold}) {
      *mean /= seconds;
    }
  }
  return seen;
}

std::vector<Outcome> Observer::factor_outcomes() const {
  std::vector<Outcome> outcomes;
  for (std::size_t i = 0; i < model_.factors.size(); ++i) {
    auto const& factor = model_.factors[i].params;
    auto const& sum = factor_sums_[i];
    auto const& name = factor.name;
    auto const scale = conversion_factor("kg m-3", factor.blood_unit);
    auto const add_level = [&](std::string const& when, std::string const& meaning, double total,
                               double seconds) {
      outcomes.push_back({name + "_plasma_" + when, factor.blood_unit,
                          factor.long_name + " in arterial plasma, " + meaning,
                          mean_or_nan(total * scale, seconds)});
    };
    add_level("baseline", "mean before day 0", sum.before, seconds_before_);
    add_level("mean", "mean from day 0", sum.since, seconds_since_);
    add_level("after_session", "mean of the ten minutes after sessions", sum.after_session,
              seconds_after_session_);
    outcomes.push_back(
        {name + "_occupancy_fold", "1",
         factor.long_name + " receptors occupied in the niches, relative to rest, mean from day 0",
         mean_or_nan(sum.fold, seconds_since_)});
  }
  return outcomes;
}

std::vector<Outcome> Observer::outcomes(Organism const& organism) const {
  auto const scale = 1 / model_.dentate_fraction();
  auto const cells = count_stages(organism.neurons);
  auto const of = [&](Stage stage) {
    return static_cast<double>(cells[static_cast<std::size_t>(stage)]) * scale;
  };
  auto const days = seconds_since_ / static_cast<double>(kDay);
  auto outcomes = factor_outcomes();
  auto const add = [&](std::string name, std::string unit, std::string meaning, double value) {
    outcomes.push_back({std::move(name), std::move(unit), std::move(meaning), value});
  };
  auto const& sessions = model_.calendar.sessions();
  auto const ended =
      std::count_if(sessions.begin(), sessions.end(), [&](auto const& s) { return s.end <= organism.now; });
  add("sessions", "1", "sessions that ended", static_cast<double>(ended));
  add("exercise_time", "h", "time under load from day 0", exercise_ / static_cast<double>(kHour));
  add("force_met", "1", "force given, relative to the force asked for",
      target_impulse_ > 0 ? impulse_ / target_impulse_ : std::numeric_limits<double>::quiet_NaN());
  add("cells_born", "d-1", "births in both dentate gyri, mean from day 0",
      mean_or_nan(static_cast<double>(born_) * scale, days));
  add("cells_died", "d-1", "deaths in both dentate gyri, mean from day 0",
      mean_or_nan(static_cast<double>(died_) * scale, days));
  add("neurons_matured", "1", "new granule cells that reached maturity from day 0, both dentate gyri",
      static_cast<double>(matured_) * scale);
  add("young_neurons_end", "1", "neuroblasts and immature neurons at the end, both dentate gyri",
      of(Stage::neuroblast) + of(Stage::immature));
  add("stem_cells_end", "1", "stem cells at the end, both dentate gyri",
      of(Stage::quiescent_stem) + of(Stage::active_stem));
  return outcomes;
}

}  // namespace myoaxis
