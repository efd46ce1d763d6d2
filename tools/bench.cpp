#include <fmt/core.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>

#include "tools/available_cpus.h"
#include "tools/bench/kernels.h"
#include "tools/common.h"

namespace myoaxis {
namespace {

using Json = nlohmann::ordered_json;

struct BenchOptions {
  std::string json;
  std::optional<int> threads;
  std::vector<std::string> kernels;  // names of those to time, all when empty
  Effort effort;
};

struct Results {
  std::vector<Machine> machine;  // for each number of threads
  std::vector<Timing> limits;
  std::vector<Timing> kernels;
};

double ratio_of(Timing const& timing) {
  return timing.limit.ns > 0 ? timing.ns_per_item / timing.limit.ns : 1.0;
}

std::string line_of(Timing const& timing) {
  auto const head = fmt::format("{:<15} {:<9} {:>7} {:>10} {:016x} {:>10.3f} {:>8.1f}", timing.name,
                                timing.state, timing.threads, timing.pass.items, timing.pass.checksum,
                                timing.ns_per_item, timing.bytes_per_item);
  if (timing.limit.ns <= 0)
    return fmt::format("{} {:>9} {:>7} {:>6.0f} %", head, "-", "-", 100 * timing.spread);
  return fmt::format("{} {:>9.3f} {:>7.1f} {:>6.0f} %  {}", head, timing.limit.ns, ratio_of(timing),
                     100 * timing.spread, timing.limit.reason);
}

void print_header() {
  fmt::print("{:<15} {:<9} {:>7} {:>10} {:>16} {:>10} {:>8} {:>9} {:>7} {:>8}  {}\n", "kernel", "state",
             "threads", "items", "checksum", "ns/item", "bytes", "limit ns", "ratio", "spread", "limited by");
}

Json bench_json(Timing const& timing) {
  return {{"name", timing.name},
          {"state", timing.state},
          {"threads", timing.threads},
          {"items", timing.pass.items},
          {"checksum", fmt::format("{:016x}", timing.pass.checksum)},
          {"ns_per_item", timing.ns_per_item},
          {"bytes_per_item", timing.bytes_per_item},
          {"limit_ns", timing.limit.ns > 0 ? timing.limit.ns : timing.ns_per_item},
          {"ratio", ratio_of(timing)},
          {"limited_by", timing.limit.reason},
          {"spread", timing.spread}};
}

Json bench_json(Results const& results) {
  auto const& one = results.machine.front();
  Json json{{"version", 1},
            {"machine",
             {{"processor", processor_name()},
              {"cpus", results.machine.back().threads},
              {"philox_word_ns", one.philox_ns},
              {"triad_gb_per_s", 1 / one.triad_ns},
              {"arithmetic_ns", one.arithmetic_ns},
              {"write_gb_per_s", 1 / one.write_ns}}}};
  auto& kernels = json["kernels"] = Json::array();
  for (auto const* part : {&results.kernels, &results.limits})
    for (auto const& timing : *part) kernels.push_back(bench_json(timing));
  return json;
}

/// Opens the file before the work, so that a wrong name is told at once.
std::ofstream open_json(std::string const& path) {
  std::ofstream file{path};
  if (!file)
    throw UsageError{fmt::format("--json: {} cannot be written; name a file in a folder that exists", path)};
  return file;
}

/// The kernels of these names, or all.
std::vector<Kernel> chosen(std::vector<std::string> const& names, BenchWorld const& world,
                           Machine const& machine) {
  auto kernels = transport_kernels(world, machine);
  for (auto& kernel : agent_kernels(world, machine)) kernels.push_back(std::move(kernel));
  auto const wants_runs = std::find(names.begin(), names.end(), "run_standard") != names.end();
  // A whole run takes seconds: only when named.
  if (wants_runs) {
    for (auto& kernel : run_kernels()) kernels.push_back(std::move(kernel));
  }
  if (names.empty()) return kernels;
  std::erase_if(kernels, [&](Kernel const& kernel) {
    return std::find(names.begin(), names.end(), kernel.name) == names.end();
  });
  return kernels;
}

void add_results(Results& results, BenchWorld const& world, int threads, BenchOptions const& options) {
  auto const& effort = options.effort;
  auto const first = results.limits.size();
  results.machine.push_back(measure_machine(threads, effort, results.limits));
  for (auto i = first; i < results.limits.size(); ++i) fmt::print("{}\n", line_of(results.limits[i]));
  auto const kernels = chosen(options.kernels, world, results.machine.back());
  for (auto const& timing : time_kernels(kernels, threads, effort)) {
    fmt::print("{}\n", line_of(timing));
    results.kernels.push_back(timing);
  }
}

ExitCode bench(BenchOptions const& options) {
  std::ofstream file;
  if (!options.json.empty()) file = open_json(options.json);
  auto const cpus = available_cpus(options.threads);
  auto const world = make_world();
  fmt::print("{}, {} CPUs ({})\n", processor_name(), cpus.number, cpus.reason);
  print_header();
  Results results;
  add_results(results, world, 1, options);
  if (cpus.number > 1) add_results(results, world, cpus.number, options);
  if (options.json.empty()) return ExitCode::done;
  file << bench_json(results).dump(2) << '\n';
  if (!file.flush()) throw std::runtime_error{options.json + ": cannot be written; is the disk full?"};
  return ExitCode::done;
}

}  // namespace

VerbEntry add_bench(CLI::App& program) {
  auto* command = program.add_subcommand("bench", "Time each kernel beside the limit of this machine");
  auto options = std::make_shared<BenchOptions>();
  command->add_option("--json", options->json, "write the results as JSON, too")->type_name("F");
  command
      ->add_option("--threads", options->threads,
                   "the most threads; default: the CPUs this process really has")
      ->check(CLI::Range(1, 4096));
  command
      ->add_option("--kernel", options->kernels,
                   "time this kernel only (run_standard only so); may be given again")
      ->check(CLI::IsMember(kernel_names()))
      ->type_name("NAME");
  command->add_option("--repetitions", options->effort.repetitions, "of which the median is taken")
      ->check(CLI::Range(1, 1000));
  command->add_option("--seconds", options->effort.seconds, "of each repetition at least")
      ->check(CLI::Range(0.001, 60.0));
  command->footer("Example: myoaxis bench --json bench.json");
  return {command, [options] { return bench(*options); }};
}

}  // namespace myoaxis
