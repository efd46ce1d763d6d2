/// The transport graph of one factor: what flow, exchange, clearance and barrier do to it, as rates.
#pragma once

#include "agents/body/body_layout.h"
#include "agents/body/organ_flow.h"
#include "agents/factor.h"
#include "core/transport/graph.h"

namespace myoaxis {

/// The body's cells with the factor's own sinks: one for each organ that clears it, "turnover" for what brain
/// tissue degrades, one for each bed in which it is converted.
Layout factor_layout(BodyLayout const& body, FactorParams const& factor);

/// Name of the sink through which a conversion leaves the interstitium of a bed.
std::string conversion_sink(ConversionParams const& conversion, Bed const& bed);

/// What the graph is built from.
struct BodyParams {
  CirculationParams const& circulation;
  BrainParams const& brain;
  Fraction working_share;
};

/// Generator of the factor at an exercise intensity. `layout` is factor_layout(body, factor).
Generator body_generator(BodyParams const& params, BodyLayout const& body, FactorParams const& factor,
                         Layout const& layout, Intensity intensity);

/// Plasma flow through each bed at an exercise intensity, portal inflow included (one entry a bed).
std::vector<CubicMetersPerSecond> plasma_flows(BodyParams const& params, BodyLayout const& body,
                                               Intensity intensity);

}  // namespace myoaxis
