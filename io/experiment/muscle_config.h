/// Reads what [organism] says of muscle and of the brain that drives it: fibers, motor units, fatigue,
/// adaptation, modes of exercise, central drive, mood.
#pragma once

#include "agents/experiment.h"
#include "io/config/section.h"

namespace myoaxis {

MuscleParams read_muscle(Section section);
MotorUnitParams read_motor_units(Section section);
FatigueParams read_fatigue(Section section);
AdaptationParams read_adaptation(Section section);
/// By name; reports a problem of `organism` when there is none.
std::map<std::string, ModeParams> read_modes(Section& organism);
CentralParams read_central(Section section);
/// Mood, affect, general fatigue, adherence and effort; the rest of `central` is left as it is.
void read_mood(CentralNervousSystemParams& central, Section section);

}  // namespace myoaxis
