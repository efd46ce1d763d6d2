/// What is seen of an organism between two output times, and what a run comes to in the end.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "agents/organism.h"

namespace myoaxis {

/// Means over the interval before `time`, counts over it, and states at its end.
struct Observation {
  Tick time;
  struct Factor {
    double artery = 0;          // kg/m3, mean
    double vein = 0;            // kg/m3, mean
    double muscle_release = 0;  // kg/s, mean
    double niche_content = 0;   // molecules in all niches, mean
    double occupancy_fold = 0;  // relative to rest, mean over niches and time
  };
  std::vector<Factor> factors;
  double intensity = 0;                        // fraction of VO2max, mean
  double force = 0;                            // relative to the rested maximum, mean
  double excitation = 0;                       // relative to maximal, mean
  double capacity = 0;                         // at the end
  double working_muscle_flow = 0;              // m3/s, mean
  double cardiac_output = 0;                   // m3/s, mean
  std::array<std::int64_t, kStages> cells{};   // simulated, at the end
  std::array<std::int64_t, kStages> births{};  // in the interval, by stage entered
  std::array<std::int64_t, kStages> deaths{};
};

/// One scalar result of a run.
struct Outcome {
  std::string name;
  std::string unit;
  std::string meaning;
  double value = 0;  // NaN when the run had no occasion for it
};

/// Watches the steps of a run.
class Observer {
 public:
  explicit Observer(Model const& model);

  void see(StepReport const& report);
  /// What was seen since the last call.
  Observation take(Organism const& organism);
  /// Results from day 0 on. Counts of cells are scaled to both dentate gyri.
  std::vector<Outcome> outcomes(Organism const& organism) const;

 private:
  struct FactorSums {
    double before = 0;         // kg s/m3 in arterial plasma, before day 0
    double since = 0;          // from day 0 on
    double after_session = 0;  // in the ten minutes after sessions
    double fold = 0;           // s
  };

  void see_factors(StepReport const& report);
  void see_run(StepReport const& report);
  bool shortly_after_session(Step const& step) const;
  std::vector<Outcome> factor_outcomes() const;

  Model const& model_;
  Observation sum_;
  double seconds_ = 0;
  std::vector<FactorSums> factor_sums_;
  double seconds_before_ = 0;
  double seconds_since_ = 0;
  double seconds_after_session_ = 0;
  double exercise_ = 0;        // s
  double target_impulse_ = 0;  // relative force x s
  double impulse_ = 0;
  std::int64_t born_ = 0;
  std::int64_t died_ = 0;
  std::int64_t matured_ = 0;
};

}  // namespace myoaxis
