#include "tools/bench/timing.h"

#include <benchmark/benchmark.h>
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <stdexcept>
#include <string>

#include "core/parallel.h"
#include "tools/seconds_since.h"

namespace myoaxis {
namespace {

/// Gathers the times of a pass, kernel by kernel, instead of printing them.
class Collector : public benchmark::BenchmarkReporter {
 public:
  struct Times {
    double median = 0;  // ns a pass
    double fastest = 0;
    double slowest = 0;
  };

  bool ReportContext(Context const&) override { return true; }
  void ReportRuns(std::vector<Run> const& runs) override {
    for (auto const& run : runs) {
      auto& times = found_[run.run_name.function_name];
      auto const ns = run.GetAdjustedRealTime();
      if (run.run_type == Run::RT_Aggregate) {
        if (run.aggregate_name == "median") times.median = ns;
        continue;
      }
      times.fastest = times.fastest > 0 ? std::min(times.fastest, ns) : ns;
      times.slowest = std::max(times.slowest, ns);
    }
  }
  Times const& of(std::string const& name) const { return found_.at(name); }

 private:
  std::map<std::string, Times> found_;
};

/// One pass from the same state; returns its seconds.
double timed_pass(Kernel const& kernel, Pass& pass) {
  kernel.prepare();
  auto const start = std::chrono::steady_clock::now();
  auto const done = kernel.pass();
  auto const seconds = seconds_since(start);
  if (pass.items != 0 && (done.items != pass.items || done.checksum != pass.checksum)) {
    throw std::runtime_error{
        fmt::format("{}: two passes from one state gave different results", kernel.name)};
  }
  pass = done;
  return seconds;
}

/// Repetitions of all kernels in random order: what else the machine does then slows none of them alone.
void interleave_repetitions() {
  std::string program = "bench";
  std::string option = "--benchmark_enable_random_interleaving=true";
  std::array<char*, 3> arguments{program.data(), option.data(), nullptr};
  int count = 2;
  benchmark::Initialize(&count, arguments.data());
}

}  // namespace

std::vector<Timing> time_kernels(std::vector<Kernel> const& kernels, int threads, Effort effort) {
  Workers workers{threads};
  std::vector<Timing> timings;
  benchmark::ClearRegisteredBenchmarks();
  auto const label = [](Kernel const& kernel) { return kernel.name + kernel.state; };
  std::vector<Pass> passes(kernels.size());
  for (std::size_t i = 0; i < kernels.size(); ++i) {
    auto const run = [&kernel = kernels[i], &pass = passes[i], &workers](benchmark::State& state) {
      workers.run([&] {
        for ([[maybe_unused]] auto _ : state) state.SetIterationTime(timed_pass(kernel, pass));
      });
    };
    benchmark::RegisterBenchmark(label(kernels[i]).c_str(), run)
        ->UseManualTime()
        ->Unit(benchmark::kNanosecond)
        ->MinTime(effort.seconds)
        ->Repetitions(effort.repetitions);
  }
  Collector collector;
  interleave_repetitions();
  if (!kernels.empty()) benchmark::RunSpecifiedBenchmarks(&collector);
  for (std::size_t i = 0; i < kernels.size(); ++i) {
    auto const& kernel = kernels[i];
    auto const& times = collector.of(label(kernel));
    timings.push_back({.name = kernel.name,
                       .state = kernel.state,
                       .threads = threads,
                       .pass = passes[i],
                       .ns_per_item = times.median / static_cast<double>(passes[i].items),
                       .spread = (times.slowest - times.fastest) / times.median,
                       .bytes_per_item = kernel.bytes_per_item,
                       .limit = kernel.limit});
  }
  return timings;
}

}  // namespace myoaxis
