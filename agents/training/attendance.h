/// The subject's part in a session: whether it comes, how hard it works, and what is written down about it.
#pragma once

#include "agents/central/central_nervous_system.h"
#include "agents/training/calendar.h"
#include "agents/training/session_log.h"
#include "core/draws.h"

namespace myoaxis {

struct StepReport;
struct Organism;
class Model;

/// Decides about a session at its beginning. The draw is addressed by the time of the session, so that other
/// sessions of another regime do not change it. Without `mood` every session is done as prescribed.
SessionState decide(Session const& session, std::size_t number, CentralNervousSystem const& brain,
                    CentralNervousSystemParams const& params, bool mood, Luck luck);

/// Adds what was done in a step to the session under way.
void note_work(SessionState& session, StepReport const& report);

}  // namespace myoaxis
