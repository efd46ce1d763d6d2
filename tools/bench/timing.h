/// Times kernels with the google-benchmark library: repetitions, their median and their spread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace myoaxis {

/// What one pass of a kernel did. Both are the same for every pass.
struct Pass {
  std::size_t items = 0;
  std::uint64_t checksum = 0;  // of the results, so that no work can be left out
};

/// What the machine would need for an item at least, and why.
struct Limit {
  double ns = 0;
  std::string reason;
};

/// A piece of work that is done again and again, always from the same state.
struct Kernel {
  std::string name;
  std::string state;  // of the organism: "rest", "exercise", or empty where it makes no difference
  double bytes_per_item = 0;
  Limit limit;
  std::function<void()> prepare;  // puts the state back; not timed
  std::function<Pass()> pass;
};

struct Timing {
  std::string name;
  std::string state;
  int threads = 1;
  Pass pass;
  double ns_per_item = 0;  // median over the repetitions
  double spread = 0;       // (slowest - fastest) / median
  double bytes_per_item = 0;
  Limit limit;
};

struct Effort {
  int repetitions = 5;
  double seconds = 0.1;  // at least, of each repetition
};

/// Times every kernel on a team of `threads`. Throws std::runtime_error when two passes of a kernel differ.
std::vector<Timing> time_kernels(std::vector<Kernel> const& kernels, int threads, Effort effort);

}  // namespace myoaxis
