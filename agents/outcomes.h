/// What a run comes to in the end: the scalars by which regimes are compared.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agents/organism.h"

namespace myoaxis {

/// One scalar result of a run.
struct Outcome {
  std::string name;
  std::string unit;
  std::string meaning;
  double value = 0;  // NaN when the run had no occasion for it
};

/// Watches a whole run.
class Summary {
 public:
  explicit Summary(Model const& model);

  void see(StepReport const& report, Organism const& organism);
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
  };
  struct FactorMeans {
    Mean baseline, resting, in_session, after_session, fold;  // concentrations in kg/m3 of arterial blood
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
  std::optional<Tick> last_session_end_;
  Mean inflammation_, mood_, effort_, exertion_;
  double seconds_ = 0;  // from day 0
  double worked_ = 0;   // s
  double impulse_ = 0;  // relative force x s
  double missed_ = 0;
  std::int64_t planned_ = 0, done_ = 0;
  std::int64_t born_ = 0, died_ = 0, matured_ = 0;
};

}  // namespace myoaxis
