#include "tools/run_plan.h"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include "io/run/disk_space.h"

namespace myoaxis {

namespace fs = std::filesystem;

std::string megabytes(std::size_t bytes) {
  auto const number = static_cast<double>(bytes);
  return number < 1e5 ? fmt::format("{:.1f} kB", number / 1e3) : fmt::format("{:.1f} MB", number / 1e6);
}

void print_plan(Plan const& plan, fs::path const& output, Model const& model, CpuCount const& cpus) {
  fmt::print(stderr, "  time     {} to {}, {} sessions, {} steps\n", to_string(model.begin()),
             to_string(model.end()), plan.sessions, plan.steps);
  fmt::print(stderr, "  agents   {} fibers, {} packets, {} young cells of the dentate gyrus\n", plan.fibers,
             plan.packets, plan.young_cells);
  fmt::print(stderr, "  output   {}, about {} before compression\n", output.string(),
             megabytes(plan.size.values));
  fmt::print(stderr, "  CPUs     {} ({})\n", cpus.number, cpus.reason);
}

void check_room(fs::path const& output, ExpectedSize const& size) {
  auto const warning = check_space(output, {size.disk_at_least(), size.disk_needed()});
  if (warning) spdlog::warn("{}", *warning);
}

void print_graph_plan(GraphExperiment const& graph, ExpectedSize const& size, fs::path const& output,
                      CpuCount const& cpus) {
  fmt::print(stderr, "  time     {} steps of {} s\n", graph.steps, graph.step.value());
  fmt::print(stderr, "  graph    {} cells, {} sinks\n", graph.layout->cells(), graph.layout->sinks());
  for (auto const& tube : graph.tubes) {
    fmt::print(stderr,
               "  tube     {}: {} cells, dispersion {:.4g} m2/s, transit {:.4g} s, variance {:.4g} s2, "
               "survival {:.4g}\n",
               tube.name, tube.cells.size(), effective_dispersion(tube.params).value(),
               mean_transit(tube.params).value(), transit_variance(tube.params),
               survival(tube.params).value());
    if (dispersion_holds(tube.params)) continue;
    spdlog::warn("{}: shorter than {} times {:.3g} m, in which its profile forms: its dispersion is a guess",
                 tube.name, kDevelopmentLengths, development_length(tube.params).value());
  }
  fmt::print(stderr, "  output   {}, about {} before compression\n", output.string(), megabytes(size.values));
  fmt::print(stderr, "  CPUs     {} ({})\n", cpus.number, cpus.reason);
}

}  // namespace myoaxis
