/// A part of a batch, for one task of a cluster.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "io/batch/batch_plan.h"

namespace myoaxis {

struct Shard {
  std::size_t number = 1;  // from 1
  std::size_t of = 1;
};

/// Reads "3/16". Throws UsageError.
Shard parse_shard(std::string const& text);

/// Where a plan may be cut: numbers of runs, from 0 to the end, before and after which no runs share a
/// baseline. Without baselines that is anywhere; else usually between subjects.
std::vector<std::size_t> cuts_of(BatchPlan const& plan);

/// The runs of one part: consecutive ones, between cuts. What is between two cuts is never divided, and the
/// parts differ by one such block at most; each run is in one of them. Parts beyond the number of blocks
/// leave some parts without runs.
BatchPlan shard_of(BatchPlan const& plan, Shard shard);

}  // namespace myoaxis
