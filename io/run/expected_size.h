/// How large the files of a run will be, told before it starts.
///
/// Row bytes come from the results file itself, made in memory; the numbers of rows from the calendar, exact;
/// those of newborn cells and events from what the lineage does within a week at rest.
#pragma once

#include <cstddef>

#include "agents/organism.h"
#include "io/experiment/experiment_config.h"
#include "io/experiment/graph_config.h"
#include "io/hdf5/row_counts.h"

namespace myoaxis {

struct ExpectedSize {
  RowCounts rows;              // of the results
  std::size_t values = 0;      // bytes of the results, before compression
  std::size_t growing = 0;     // bytes of their file while it grows, in whole chunks
  std::size_t checkpoint = 0;  // bytes of one
  /// What stands on the disk at a time: of a run with checkpoints the results and the copies at the last and
  /// at the new one; the last, the previous and the new checkpoint.
  std::size_t copies = 1;

  /// Results as they are stored at the end.
  std::size_t compressed() const;
  /// Without which the run cannot come to its end: one copy of the results and one checkpoint.
  std::size_t disk_at_least() const { return growing + checkpoint; }
  /// Needed on the disk while the run goes on.
  std::size_t disk_needed() const { return copies * (growing + checkpoint); }
};

/// Of a run from `begin` to `end`. `organism` may stand anywhere on its way.
ExpectedSize expected_size(LoadedExperiment const& loaded, Model const& model, Organism const& organism,
                           Tick begin, Tick end);
ExpectedSize expected_size(LoadedGraph const& loaded);

}  // namespace myoaxis
