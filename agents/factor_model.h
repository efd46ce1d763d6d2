/// One factor in one organism: its graph, its sources in their places, its content at rest, its propagators.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agents/body/body_graph.h"
#include "agents/body/body_layout.h"
#include "agents/experiment.h"
#include "core/transport/engine.h"

namespace myoaxis {

/// Avogadro's constant, exact by definition of the mole (SI 2019), 1/mol.
inline constexpr double kAvogadro = 6.02214076e23;

/// Where a source of a factor releases, and at what rate at rest.
struct SourceSite {
  struct Target {
    CellId cell;
    double rest_rate;  // quanta/s
  };
  std::string name;
  std::uint64_t key = 0;
  std::vector<Target> targets;
  /// Fibers of the working muscle release into this cell, besides the `targets`.
  std::optional<CellId> fiber_cell;
  /// An infusion releases while it acts, and only then.
  std::optional<InterventionParams> infusion;
};

/// One way of a field into another: from a cell, through a sink of its own, into the same cell of the other.
struct ConversionPath {
  std::size_t conversion;  // in FactorParams::conversions
  std::size_t into;        // number of the other factor
  std::size_t source;      // in the other's ledger
  CellId cell;
  SinkId sink;
  bool adapts = false;  // with the training of the working muscle
};

/// Rates of a factor are in quanta, of `quantum` molecules each; under the engine `mean` a quantum is a mole.
class FactorModel {
 public:
  FactorModel(FactorParams const& params, Experiment const& experiment, BodyLayout const& body);

  FactorParams params;
  Engine engine;  // a metabolite's is `mean`
  Layout layout;
  CargoKind kind;
  double quantum = 1;  // molecules
  /// Those of the parameters, then infusions, then other factors that are converted into this one.
  std::vector<SourceSite> sources;
  std::vector<ConversionPath> conversions;
  std::vector<InterventionParams> knockouts;
  std::vector<InterventionParams> blocks;
  std::vector<double> rest_content;    // expected quanta in each cell at rest
  std::vector<double> rest_occupancy;  // of each piece of brain tissue
  CarrierSides carrier_rest;           // of a factor with a carrier, about which it is linear

  bool is_field() const { return engine == Engine::mean; }
  Freight freight() const { return {engine, kind, layout}; }
  double quanta_per_kilogram() const { return kAvogadro / params.molar_mass.value() / quantum; }
  /// Volume of blood that the factor fills, over its plasma.
  double space_per_plasma() const { return space_per_plasma_; }
  /// Concentration (kg/m^3) of a number of quanta in the factor's space of a volume of plasma.
  KilogramsPerCubicMeter concentration(double quanta, CubicMeters plasma) const;
  /// Free concentration in the interstitial fluid of brain tissue that holds `quanta`.
  MolesPerCubicMeter free_in(double quanta, Tissue const& tissue, BrainParams const& brain) const;
  /// Concentration in the blood along a piece of brain tissue, of a content of all cells.
  MolesPerCubicMeter in_blood_along(Tissue const& tissue, BodyLayout const& body,
                                    std::vector<double> const& content) const;

  /// True when no source of the factor releases at `tick`.
  bool is_knocked_out(Tick tick) const;
  /// Share of its receptors that is free of a blocker at `tick`.
  double unblocked(Tick tick) const;

  /// Those of a state of flow and a length of step of the plan.
  StepTables const& tables(std::size_t flow_state, std::int64_t seconds) const;
  /// Nothing for what is not in the plan.
  StepTables const* find_tables(std::size_t flow_state, std::int64_t seconds) const;

 private:
  friend class Model;
  void place_sources(BodyLayout const& body);
  void place_interventions(Experiment const& experiment, BodyLayout const& body);
  std::vector<double> release_at_rest(BodyLayout const& body) const;
  void settle_rest(Experiment const& experiment, BodyParams const& body_params, BodyLayout const& body,
                   std::vector<double> const& converted_in);
  void solve_rest(BodyParams const& body_params, BodyLayout const& body, std::vector<double> const& release);
  void choose_quantum(Experiment const& experiment, double release);
  std::map<std::pair<std::size_t, std::int64_t>, StepTables> tables_;
  double space_per_plasma_ = 1;
};

}  // namespace myoaxis
