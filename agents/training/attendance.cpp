#include "agents/training/attendance.h"

#include <algorithm>

#include "agents/organism.h"

namespace myoaxis {

SessionState decide(Session const& session, std::size_t number, CentralNervousSystem const& brain,
                    CentralNervousSystemParams const& params, bool mood, Luck luck) {
  SessionState state;
  state.number = number;
  state.affect_before = brain.affect;
  state.mood_before = brain.mood;
  state.attended = true;
  if (!mood) return state;
  Draws draws{luck, Purpose::session_attended, name_key("session"), session.begin.seconds()};
  auto const probability = adherence(brain.mood, brain.affect, brain.fatigue, params.adherence);
  state.attended = unit_interval(draws) < probability.value();
  state.effort = state.attended ? effort(brain.mood, brain.fatigue, params.effort).value() : 0.0;
  return state;
}

void note_work(SessionState& session, StepReport const& report) {
  auto const seconds = report.step.length().value();
  if (!(report.target_force > 0)) return;
  session.worked += seconds;
  session.oxygen += report.oxygen.value() * seconds;
  session.impulse += report.force * report.duty * seconds;
  session.missed += std::max(0.0, report.target_force - report.force) * report.duty * seconds;
  session.exertion = std::max(session.exertion, report.exertion);
}

}  // namespace myoaxis
