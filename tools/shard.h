/// A part of a batch, for one task of a cluster.
#pragma once

#include <cstddef>
#include <string>

#include "io/batch/batch_plan.h"

namespace myoaxis {

struct Shard {
  std::size_t number = 1;  // from 1
  std::size_t of = 1;
};

/// Reads "3/16". Throws UsageError.
Shard parse_shard(std::string const& text);

/// The runs of one part: consecutive ones, so that those of a subject mostly share their baseline. Parts
/// differ by one run at most; each run is in one of them.
BatchPlan shard_of(BatchPlan const& plan, Shard shard);

}  // namespace myoaxis
