#include "agents/outcomes.h"

#include <cmath>
#include <limits>

#include "agents/observation.h"

namespace myoaxis {
namespace {

/// A laboratory's blood sample "after exercise" is drawn within about this time.
constexpr std::int64_t kShortlyAfter = 10 * kMinute;

/// A sample "at rest" is drawn at least this long after the last session, in the morning after.
constexpr std::int64_t kRested = 10 * kHour;

/// Mood is asked for over the last week.
constexpr std::int64_t kMoodOver = kWeek;

double ratio_or_nan(double above, double below) {
  return below > 0 ? above / below : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

double Summary::Mean::value() const { return ratio_or_nan(sum, seconds); }

Summary::Summary(Model const& model) : model_{model}, factors_(model.factors.size()) {}

void Summary::see(StepReport const& report, Organism const& organism) {
  see_factors(report, organism.session.attended);
  auto const seconds = report.step.length().value();
  if (report.step.begin >= Tick{0}) {
    counts_.seconds += seconds;
    inflammation_.add(organism.brain.inflammation, seconds);
    if (report.step.begin >= model_.end() + -kMoodOver) mood_.add(organism.brain.mood, seconds);
    see_cells(report.events);
  }
  if (report.session_ended) see_session(*report.session_ended, report.step.end());
}

void Summary::see_factors(StepReport const& report, bool attended) {
  auto const seconds = report.step.length().value();
  auto const in_session = model_.calendar.session_at(report.step.begin).has_value();
  auto const since = counts_.last_session_end ? report.step.begin - *counts_.last_session_end : kRested;
  for (std::size_t i = 0; i < report.factors.size(); ++i) {
    auto const artery = report.factors[i].artery.value();
    auto& means = factors_[i];
    if (report.step.begin < Tick{0}) {
      means.baseline.add(artery, seconds);
      continue;
    }
    means.fold.add(mean_of_niches(report.factors[i].occupancy_fold, model_), seconds);
    if (in_session) {
      if (attended) means.in_session.add(artery, seconds);
      continue;
    }
    if (since < kShortlyAfter) means.after_session.add(artery, seconds);
    if (since >= kRested) means.resting.add(artery, seconds);
  }
}

void Summary::see_cells(LineageEvents const& events) {
  for (std::size_t i = 0; i < events.size(); ++i) {
    auto const kind = EventKind{events.kind[i]};
    auto const stage = Stage{events.stage[i]};
    if (kind == EventKind::birth) ++counts_.born;
    if (kind == EventKind::death) ++counts_.died;
    if (kind == EventKind::transition && stage == Stage::mature) ++counts_.matured;
  }
}

void Summary::see_session(SessionState const& session, Tick end) {
  ++counts_.planned;
  if (!session.attended) return;
  ++counts_.done;
  counts_.last_session_end = end;
  counts_.worked += session.worked;
  counts_.impulse += session.impulse;
  counts_.missed += session.missed;
  effort_.add(session.effort, 1);
  exertion_.add(session.exertion, 1);
}

std::vector<Outcome> Summary::outcomes(Organism const& organism) const {
  std::vector<Outcome> outcomes;
  add_training(outcomes, organism);
  add_factors(outcomes);
  add_cells(outcomes, organism);
  add_brain(outcomes);
  return outcomes;
}

void Summary::add_factors(std::vector<Outcome>& outcomes) const {
  for (std::size_t i = 0; i < model_.factors.size(); ++i) {
    auto const& factor = model_.factors[i].params;
    auto const add = [&](std::string const& when, std::string const& meaning, Mean const& mean) {
      auto const where =
          factor.space == BloodSpace::plasma ? " in arterial plasma, " : " in arterial blood, ";
      outcomes.push_back({factor.name + "_blood_" + when, factor.blood_unit,
                          factor.long_name + where + meaning, mean.value() * factor.per_blood_unit});
    };
    add("baseline", "mean before day 0", factors_[i].baseline);
    add("resting", "mean from day 0, at least 10 h after a session", factors_[i].resting);
    add("in_session", "mean during sessions", factors_[i].in_session);
    add("after_session", "mean of the ten minutes after sessions", factors_[i].after_session);
    outcomes.push_back(
        {factor.name + "_occupancy_fold", "1",
         factor.long_name + " receptors occupied in the niches, relative to rest, mean from day 0",
         factors_[i].fold.value()});
  }
}

void Summary::add_training(std::vector<Outcome>& outcomes, Organism const& organism) const {
  auto const& fibers = organism.fibers;
  auto const oxidative = mean_by_mass(fibers, fibers.oxidative);
  outcomes.push_back(
      {"sessions_planned", "1", "sessions of the schedule that ended", static_cast<double>(counts_.planned)});
  outcomes.push_back(
      {"sessions_done", "1", "of them, sessions that the subject did", static_cast<double>(counts_.done)});
  outcomes.push_back(
      {"exercise_time", "h", "time under load from day 0", counts_.worked / static_cast<double>(kHour)});
  outcomes.push_back({"force_met", "1", "force given, relative to the force asked for",
                      ratio_or_nan(counts_.impulse, counts_.impulse + counts_.missed)});
  outcomes.push_back({"perceived_exertion", "1", "highest perceived exertion of a session (6 to 20), mean",
                      exertion_.value()});
  outcomes.push_back({"oxidative_capacity", "1",
                      "oxidative capacity of the working muscle at the end, relative to untrained",
                      1 + oxidative});
  outcomes.push_back({"vo2max_fold", "1", "maximal oxygen uptake at the end, relative to untrained",
                      1 + organism.aerobic.rise});
  outcomes.push_back({"fiber_area", "1", "cross-section of the fibers at the end, relative to untrained",
                      1 + mean_by_mass(fibers, fibers.growth)});
  outcomes.push_back({"strength", "1", "force of the rested working muscle at the end, relative to untrained",
                      strength_of(model_.pool, organism.units)});
}

void Summary::add_cells(std::vector<Outcome>& outcomes, Organism const& organism) const {
  auto const scale = 1 / model_.dentate_fraction();
  auto const cells = count_stages(organism.neurons);
  auto const of = [&](Stage stage) {
    return static_cast<double>(cells[static_cast<std::size_t>(stage)]) * scale;
  };
  auto const add = [&](std::string name, std::string unit, std::string meaning, double value) {
    outcomes.push_back({std::move(name), std::move(unit), std::move(meaning), value});
  };
  auto const days = counts_.seconds / static_cast<double>(kDay);
  add("cells_born", "d-1", "births in both dentate gyri, mean from day 0",
      ratio_or_nan(static_cast<double>(counts_.born) * scale, days));
  add("cells_died", "d-1", "deaths in both dentate gyri, mean from day 0",
      ratio_or_nan(static_cast<double>(counts_.died) * scale, days));
  add("neurons_matured", "1", "new granule cells that reached maturity from day 0, both dentate gyri",
      static_cast<double>(counts_.matured) * scale);
  add("young_neurons_end", "1", "neuroblasts and immature neurons at the end, both dentate gyri",
      of(Stage::neuroblast) + of(Stage::immature));
  add("stem_cells_end", "1", "stem cells at the end, both dentate gyri",
      of(Stage::quiescent_stem) + of(Stage::active_stem));
  auto const old_cells = model_.experiment.scale.granule_cells;
  auto const spines = spines_per_cell(organism.synapses, model_, 0, old_cells);
  auto const young = spines_per_cell(organism.synapses, model_, old_cells, organism.synapses.cells.size());
  auto const present = spines[1] + spines[2] + spines[3];
  add("spines", "1", "spines of an old granule cell at the end", present);
  add("potentiated_share", "1", "share of these spines that are potentiated",
      ratio_or_nan(spines[3], present));
  add("young_spines", "1", "spines of an immature or new granule cell at the end",
      young[1] + young[2] + young[3]);
}

void Summary::add_brain(std::vector<Outcome>& outcomes) const {
  outcomes.push_back({"inflammation", "1", "inflammation of the brain, relative to rest, mean from day 0",
                      inflammation_.value()});
  outcomes.push_back({"mood", "1", "mood, mean of the last week, in standard deviations of the resting score",
                      mood_.value()});
  outcomes.push_back(
      {"effort", "1", "share of the prescribed intensity, mean of the sessions done", effort_.value()});
}

}  // namespace myoaxis
