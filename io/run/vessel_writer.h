/// Snapshots of the vessels and of the niches, with what they hold of each factor.
#pragma once

#include <vector>

#include "agents/body/vessel_map.h"
#include "agents/organism.h"
#include "io/hdf5/writer.h"

namespace myoaxis {

/// /vessels: where each cell of blood lies, the flow through it and the concentration of each factor in it.
class VesselWriter {
 public:
  VesselWriter(H5Group group, Model const& model);
  void write(Organism const& organism);

 private:
  void describe(H5Group& group);
  void describe_courses(H5Group& group);

  Model const& model_;
  VesselMap map_;
  GrowingTable<std::int64_t> table_;
  Series<double> time_;
  Series<float> flow_;
  std::vector<Series<float>> factors_;
};

/// /niches: the cells of each niche by stage, and what its tissue holds of each factor.
class NicheWriter {
 public:
  NicheWriter(H5Group group, Model const& model);
  void write(Organism const& organism);

 private:
  Model const& model_;
  GrowingTable<std::int64_t> table_;
  Series<double> time_;
  Series<double> cells_;
  std::vector<Series<float>> content_, occupancy_;
};

}  // namespace myoaxis
