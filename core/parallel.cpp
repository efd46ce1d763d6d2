#include "core/parallel.h"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

namespace myoaxis {

struct Workers::Arena {
  explicit Arena(int threads)
      : limit{tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads)},
        arena{threads} {}
  tbb::global_control limit;
  tbb::task_arena arena;
};

namespace {

thread_local bool inside_team = false;

}  // namespace

Workers::Workers(int threads) : arena_{std::make_unique<Arena>(std::max(1, threads))} {}

Workers::~Workers() = default;

int Workers::threads() const { return arena_->arena.max_concurrency(); }

void Workers::run(std::function<void()> const& work) {
  arena_->arena.execute([&] {
    inside_team = true;
    try {
      work();
    } catch (...) {
      inside_team = false;
      throw;
    }
    inside_team = false;
  });
}

int allowed_cpus() { return tbb::info::default_concurrency(); }

void for_each_chunk(std::size_t chunks, std::function<void(std::size_t)> const& body) {
  if (chunks <= 1 || !inside_team) {
    for (std::size_t chunk = 0; chunk < chunks; ++chunk) body(chunk);
    return;
  }
  tbb::parallel_for(std::size_t{0}, chunks, body);
}

}  // namespace myoaxis
