/// What a run comes to in the end: the scalars by which regimes are compared.
#pragma once

#include <optional>
#include <tuple>
#include <vector>

#include "agents/organism.h"
#include "agents/outcome.h"
#include "core/state_visit.h"

namespace myoaxis {

/// Watches a whole run.
class Summary {
 public:
  explicit Summary(Model const& model);

  void see(StepReport const& report, Organism const& organism);

  /// What was seen so far.
  template <class Visitor, StateOf<Summary> State>
  friend void visit_state(Visitor const& visitor, State& summary) {
    for (std::size_t i = 0; i < summary.factors_.size(); ++i) {
      auto const inside = visitor.in(summary.model_.factors[i].params.name);
      auto& means = summary.factors_[i];
      visit_members(inside.in("baseline"), means.baseline);
      visit_members(inside.in("resting"), means.resting);
      visit_members(inside.in("in_session"), means.in_session);
      visit_members(inside.in("after_session"), means.after_session);
      visit_members(inside.in("fold"), means.fold);
    }
    visit_members(visitor.in("inflammation"), summary.inflammation_);
    visit_members(visitor.in("mood"), summary.mood_);
    visit_members(visitor.in("effort"), summary.effort_);
    visit_members(visitor.in("exertion"), summary.exertion_);
    visit_members(visitor, summary.counts_);
  }
  /// Results from day 0 on. Counts of cells are scaled to both dentate gyri.
  std::vector<Outcome> outcomes(Organism const& organism) const;

 private:
  /// A mean over time.
  struct Mean {
    double sum = 0;
    double seconds = 0;
    void add(double value, double dt) {
      sum += value * dt;
      seconds += dt;
    }
    double value() const;

    static constexpr auto members() {
      return std::tuple{member("sum", "", "value x time", &Mean::sum),
                        member("seconds", "s", "time", &Mean::seconds)};
    }
  };
  struct FactorMeans {
    Mean baseline, resting, in_session, after_session, fold;  // concentrations in kg/m3 of arterial blood
  };
  struct Counts {
    double seconds = 0;  // from day 0
    double worked = 0;   // s
    double impulse = 0;  // relative force x s
    double missed = 0;
    std::int64_t planned = 0, done = 0;
    std::int64_t born = 0, died = 0, matured = 0;
    std::optional<Tick> last_session_end;

    static constexpr auto members() {
      using C = Counts;
      return std::tuple{
          member("seconds", "s", "time seen from day 0", &C::seconds),
          member("worked", "s", "time under load", &C::worked),
          member("impulse", "s", "force x time of contraction", &C::impulse),
          member("missed", "s", "the same of what was asked for and not given", &C::missed),
          member("planned", "1", "sessions that ended", &C::planned),
          member("done", "1", "of them, sessions that the subject did", &C::done),
          member("born", "1", "cells born from day 0", &C::born),
          member("died", "1", "cells that died from day 0", &C::died),
          member("matured", "1", "cells that matured from day 0", &C::matured),
          member("last_session_end", "s", "end of the last session that was done", &C::last_session_end)};
    }
  };

  void see_factors(StepReport const& report, bool attended);
  void see_cells(LineageEvents const& events);
  void see_session(SessionState const& session, Tick end);
  void add_factors(std::vector<Outcome>& outcomes) const;
  void add_training(std::vector<Outcome>& outcomes, Organism const& organism) const;
  void add_cells(std::vector<Outcome>& outcomes, Organism const& organism) const;
  void add_brain(std::vector<Outcome>& outcomes) const;

  Model const& model_;
  std::vector<FactorMeans> factors_;
  Mean inflammation_, mood_, effort_, exertion_;
  Counts counts_;
};

}  // namespace myoaxis
