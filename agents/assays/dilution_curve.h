/// What a laboratory reads off the concentration of an indicator after a bolus: cardiac output and times.
///
/// Of a dose m that stays in the vessels, one passage past the site has the
/// area
///
///     A = integral c dt,   F = m / A
///
/// F: flow that carries all of the dose past, the cardiac output [Stewart1897]. Before the passage is over
/// blood comes round again, so its downslope is extrapolated [Hamilton1932]: c falls exponentially at the
/// rate k of a straight line through ln c, and the tail beyond the last of its samples adds c / k. The line
/// is the steepest over any stretch below 80 % of the peak in which c falls to 2/3: what comes round again
/// only flattens the curve. The mean transit time is integral t c dt / A over the same curve. Samples are
/// joined by straight lines.
///
/// What comes round again has its peak where, after the trough behind the first, no sample within a quarter
/// of the time since the injection is higher; the trough is the lowest of such a neighborhood.
///
/// Blood that comes round before the curve is down makes F too small: by some 10 % for vein and artery of a
/// man at rest, by 20 % in his hardest exercise, by 1-2 % for right heart and lungs.
#pragma once

#include <span>

#include "core/quantity.h"

namespace myoaxis {

struct DilutionReading {
  CubicMetersPerSecond flow;
  Seconds mean_transit;
  Seconds appearance;  // at 5 % of the peak, on its way up
  Seconds peak;
  Seconds recirculation;        // at the peak of what comes round again
  Fraction recirculation_peak;  // height of that, over the first peak
  CubicMeters volume;        // in which the dose is at the end of the record: of all blood, once it is mixed
  Seconds circulation_time;  // volume / flow
};

inline constexpr double kDownslopeBegin = 0.8;  // share of the peak
inline constexpr double kStretch = 2.0 / 3;     // fall of c over the samples of a line
inline constexpr double kMostTail = 0.6;        // share of the area: 2/3 x 0.8 of one well-mixed vessel fits
inline constexpr double kAppearance = 0.05;     // share of the peak
inline constexpr double kNeighborhood = 0.25;   // of the time since the injection, to either side

/// `concentration`: kg/m^3, one sample each `every` from the injection on. What the curve does not show is
/// NaN: flow and its kin when no stretch of three samples falls that far, or when most of the area would be
/// extrapolated, as where blood comes round so soon that the curve has no downslope.
DilutionReading read_dilution_curve(std::span<double const> concentration, Seconds every, Kilograms dose);

}  // namespace myoaxis
