/// What an organ can clear of a factor at most: a part of what reaches it.
///
///     Q_o = (1 - H) CO sum f_k       flow of the factor's space through the organ o     [m^3/s]
///     CL' = min(CL, E_max Q_o / s_o) over all organs o that clear                       [m^3/s]
///
/// At rest. f_k: share of cardiac output CO of the organ itself and of those that drain into it; H:
/// hematocrit, 0 for a factor that fills whole blood; CL: clearance of the body, s_o: the organ's share of
/// it, which stays; E_max: highest extraction, 0 to 1. An organ's extraction is s_o CL / Q_o < 1, by mass
/// balance (clearance_linear.h, [Rowland1973]). That E_max cuts a clearance, rather than a flow rising, is
/// our choice: for studies that vary clearances and flows independently, each within its own range.
#pragma once

#include <string>

#include "agents/body/circulation_params.h"
#include "agents/factor.h"

namespace myoaxis {

/// Q_o of the organ of this name; 0 where there is none.
CubicMetersPerSecond flow_through(std::string const& organ, BloodSpace space,
                                  CirculationParams const& params);

/// CL' of the factor.
CubicMetersPerSecond limited_clearance(FactorParams const& factor, Fraction highest_extraction,
                                       CirculationParams const& params);

}  // namespace myoaxis
