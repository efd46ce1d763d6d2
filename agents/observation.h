/// What is seen of an organism between two output times.
#pragma once

#include <array>
#include <tuple>
#include <vector>

#include "agents/organism.h"
#include "core/state_visit.h"

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

    static constexpr auto members() {
      return std::tuple{
          member("artery", "kg m-3 s", "concentration x time", &Factor::artery),
          member("vein", "kg m-3 s", "concentration x time", &Factor::vein),
          member("muscle_release", "kg", "released by the working muscle", &Factor::muscle_release),
          member("niche_content", "s", "molecules in all niches x time", &Factor::niche_content),
          member("occupancy_fold", "s", "relative to rest, x time", &Factor::occupancy_fold)};
    }
  };
  std::vector<Factor> factors;
  double intensity = 0;                        // fraction of VO2max, mean
  double force = 0;                            // relative to the untrained rested maximum, mean
  double excitation = 0;                       // relative to maximal, mean
  double exertion = 0;                         // Borg's 6 to 20, highest
  double working_muscle_flow = 0;              // m3/s, mean
  double cardiac_output = 0;                   // m3/s, mean
  double capacity = 0;                         // at the end
  double oxidative = 0;                        // relative to untrained, at the end, by mass
  double secretory = 0;                        // share of the full adaptation, likewise
  double area = 0;                             // relative to untrained, likewise
  CentralNervousSystem brain;                  // at the end
  std::array<std::int64_t, kStages> cells{};   // simulated, at the end
  std::array<std::int64_t, kStages> births{};  // in the interval, by stage entered
  std::array<std::int64_t, kStages> deaths{};
  std::array<double, kSpineStates> old_spines{};    // real sites of a cell, at the end: of old granule cells
  std::array<double, kSpineStates> young_spines{};  // of immature and new granule cells; NaN when none
};

/// Real sites in each state of a mean cell among the rows `first` .. `last` - 1; NaN when there are none.
std::array<double, kSpineStates> spines_per_cell(Synapses const& synapses, Model const& model,
                                                 std::size_t first, std::size_t last);

/// Mean over the niches of a value of each piece of brain tissue.
double mean_of_niches(std::vector<double> const& values, Model const& model);

/// Watches the steps of a run.
class Observer {
 public:
  explicit Observer(Model const& model);

  /// What was seen since the last call of `take`.
  template <class Visitor, StateOf<Observer> State>
  friend void visit_state(Visitor const& visitor, State& observer) {
    observer.visit_sums(visitor, observer.sum_, observer.seconds_);
  }

  void see(StepReport const& report);
  /// What was seen since the last call.
  Observation take(Organism const& organism);

 private:
  void see_factors(StepReport const& report);
  template <class Visitor, class Sum, class Time>
  void visit_sums(Visitor const& visitor, Sum& sum, Time& seconds) const;

  Model const& model_;
  Observation sum_;
  double seconds_ = 0;
};

template <class Visitor, class Sum, class Time>
void Observer::visit_sums(Visitor const& visitor, Sum& sum, Time& seconds) const {
  visitor(About{"seconds", "s", "time seen"}, seconds);
  visitor(About{"intensity", "s", "intensity of the task, of VO2max, x time"}, sum.intensity);
  visitor(About{"force", "s", "force, relative to the rested maximum, x time"}, sum.force);
  visitor(About{"excitation", "s", "excitation, relative to maximal, x time"}, sum.excitation);
  visitor(About{"exertion", "1", "highest perceived exertion, Borg's 6 to 20"}, sum.exertion);
  visitor(About{"working_muscle_flow", "m3", "blood through the working muscle"}, sum.working_muscle_flow);
  visitor(About{"cardiac_output", "m3", "blood through the heart"}, sum.cardiac_output);
  visitor(About{"capacity", "1", "force the muscle could still give"}, sum.capacity);
  visitor(About{"births", "1", "births, by the stage entered"}, sum.births);
  visitor(About{"deaths", "1", "deaths, by stage"}, sum.deaths);
  for (std::size_t i = 0; i < sum.factors.size(); ++i)
    visit_state(visitor.in(model_.factors[i].params.name), sum.factors[i]);
}

}  // namespace myoaxis
