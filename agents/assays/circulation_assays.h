/// Assays of the circulation: indicator dilution, times of passage, and what organs add to blood.
#pragma once

#include <vector>

#include "agents/assays/reading.h"
#include "agents/organism.h"

namespace myoaxis {

std::vector<AssayQuantity> dilution_quantities(AssayParams const& assay);
std::vector<AssayQuantity> circulation_quantities(AssayParams const& assay);
/// `factors`: numbers of those that the assay reads.
std::vector<AssayQuantity> flux_quantities(AssayParams const& assay, Experiment const& experiment,
                                           std::vector<std::size_t> const& factors);

/// Reads one assay; the subject is left as it is. The flows are those of the state of the flow ladder in
/// which the organism is, or those of the assay's own intensity, and steady during the record.
///
/// Truths of a dilution: the model's cardiac output and blood volume, and the exact times of first passage;
/// appearance and peak of the curve without error.
std::vector<Reading> read_dilution(std::size_t number, Organism const& organism, Model const& model);
std::vector<Reading> read_circulation_times(std::size_t number, Organism const& organism, Model const& model);

/// Arterial and venous concentration, flow of the factor's space of blood, and what the organ adds to blood:
/// flow x (venous - arterial), positive for a release. Of an organ with portal inflow the balance is that of
/// all it drains, as by a catheter in a hepatic vein.
std::vector<Reading> read_flux(std::size_t number, StepReport const& report, Model const& model,
                               std::vector<std::size_t> const& factors);

}  // namespace myoaxis
