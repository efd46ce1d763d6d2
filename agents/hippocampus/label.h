/// A thymidine analog (such as BrdU): taken up in S phase, halved at each division, seen until it is too
/// dilute; and doublecortin, which young neurons have in a window of age.
///
///     taken up when |phase - 1/2| <= s / 2          phase: share of the cell cycle that has passed
///     seen for up to d divisions after the uptake
///
/// s: share of the cycle in S phase, laid into its middle: G1 before, G2 and M after, their split is an
/// assumption that only shifts the time of uptake. The analog is available for minutes [Mandyam2007], so an
/// injection is one instant. Values: configs/organisms/. Valid for a saturating dose.
#pragma once

#include <cmath>
#include <cstdint>

#include "agents/hippocampus/neurons.h"
#include "core/clock.h"
#include "core/quantity.h"

namespace myoaxis {

struct LabelParams {
  Fraction s_phase;
  std::uint8_t dilutions = 1;
  Seconds dcx_from;
  Seconds dcx_to;
};

/// A cell without label, one that has just taken it up, and up to how many divisions ago it did.
inline constexpr std::uint8_t kUnlabeled = 0;
inline constexpr std::uint8_t kFreshLabel = 1;
inline constexpr std::uint8_t kMostDiluted = 255;

/// True when a cell at this share of its cycle makes DNA.
inline bool in_s_phase(double phase, LabelParams const& p) {
  return std::abs(phase - 0.5) <= p.s_phase.value() / 2;
}

/// Label of a daughter.
inline std::uint8_t diluted(std::uint8_t label) {
  return label == kUnlabeled || label == kMostDiluted ? label : static_cast<std::uint8_t>(label + 1);
}

inline bool is_seen(std::uint8_t label, LabelParams const& p) {
  return label >= kFreshLabel && label <= kFreshLabel + p.dilutions;
}

/// Injects the analog: cells in S phase carry a fresh label.
void label_cells(Neurons& neurons, LabelParams const& params);

/// Cells whose label is seen, by stage.
std::array<std::int64_t, kStages> count_labeled(Neurons const& neurons, LabelParams const& params);

/// Young neurons that express doublecortin at `now`.
std::int64_t count_doublecortin(Neurons const& neurons, LabelParams const& params, Tick now);

}  // namespace myoaxis
