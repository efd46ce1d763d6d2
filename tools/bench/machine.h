/// What this machine can do at most: random words, memory traffic, arithmetic, writing to disk.
#pragma once

#include <string>

#include "tools/bench/timing.h"

namespace myoaxis {

/// Limits on one thread, or on a team together.
struct Machine {
  int threads = 1;
  double philox_ns = 0;      // a 64-bit word, one of the two of each block used
  double triad_ns = 0;       // a byte
  double arithmetic_ns = 0;  // a multiplication and an addition
  double write_ns = 0;       // a byte, written to a file and flushed to the disk
};

/// Measures them, on data that no cache holds.
Machine measure_machine(int threads, Effort effort, std::vector<Timing>& timings);

/// Name of the processor, as the operating system gives it.
std::string processor_name();

}  // namespace myoaxis
