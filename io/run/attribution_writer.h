/// /attribution: molecules that reached the niches, by where and when they were released.
#pragma once

#include "agents/attribution.h"
#include "io/hdf5/writer.h"

namespace myoaxis {

class AttributionWriter {
 public:
  /// `model` has a factor that is kept as packets.
  AttributionWriter(H5Group group, Model const& model);

  /// Writes the state at `now` when a 32nd of the run has passed since the last time, or it was never
  /// written: a data set that is rewritten while others read along leaves its old place in the file unused.
  void write_if_due(Attribution const& attribution, Tick now);
  void write(Attribution const& attribution);

 private:
  AttributionWriter(H5Group group, Model const& model, Attribution const& shape);
  Tick begin_;
  std::int64_t interval_;
  Tick due_;
  Fixed<double> arrived_, exposure_;
};

}  // namespace myoaxis
