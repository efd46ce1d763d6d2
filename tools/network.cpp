#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/hemodynamics/blood_flow.h"
#include "core/hemodynamics/red_cell_sweep.h"
#include "core/hemodynamics/transit.h"
#include "io/network/network_dat.h"
#include "io/network/network_file.h"
#include "tools/common.h"
#include "tools/shell_command.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct NetworkOptions {
  std::string file;
  std::string output;
  std::string viscosity = "in-vivo";
  bool no_phase_separation = false;
  double hematocrit = 0.4;
  double constant_viscosity = 3;  // mPa s
  double mean_cell_volume = 55;   // fl
  double relaxation = 1;
  int iterations = 2000;
  bool overwrite = false;
  bool json = false;
  std::string command_line;
};

BloodFlowOptions flow_options(NetworkOptions const& options) {
  BloodFlowOptions result;
  result.blood.mean_cell_volume = CubicMeters{options.mean_cell_volume * 1e-18};
  result.viscosity = options.viscosity == "in-vitro"   ? ViscosityLaw::in_vitro
                     : options.viscosity == "constant" ? ViscosityLaw::constant
                                                       : ViscosityLaw::in_vivo;
  result.constant_viscosity = PascalSeconds{options.constant_viscosity * 1e-3};
  result.red_cells = options.no_phase_separation ? RedCells::uniform : RedCells::separated;
  result.uniform_hematocrit = Fraction{options.hematocrit};
  result.relaxation = Fraction{options.relaxation};
  result.most_iterations = options.iterations;
  return result;
}

struct Range {
  double low = 0, high = 0;
};

Range range_of(std::vector<double> const& values) {
  auto const [low, high] = std::minmax_element(values.begin(), values.end());
  return {*low, *high};
}

/// What is told about a solved network, in the units of its file.
struct NetworkSummary {
  std::size_t pressure_boundaries = 0, flow_boundaries = 0;
  double inflow = 0;  // nl/min
  Range pressure;     // mmHg
  Range hematocrit;   // of segments with more than a millionth of the inflow
  double volume = 0;  // nl
  double conservation = 0, cell_conservation = 0;
  TransitMoments transit;
  std::vector<double> quantiles;  // s, at 5, 50 and 95 %; empty when nothing flows
};

std::vector<double> transit_quantiles(VascularNetwork const& network, FlowField const& field) {
  constexpr std::size_t paths = 20000;
  auto const transits = sample_transits(network, field, paths, Luck{0, 0});
  if (transits.empty()) return {};
  std::vector<double> quantiles;
  for (auto const part : {0.05, 0.5, 0.95})
    quantiles.push_back(transits[static_cast<std::size_t>(part * static_cast<double>(paths))]);
  return quantiles;
}

NetworkSummary summarize(MeasuredNetwork const& measured, BloodFlow const& flow) {
  auto const& network = measured.network;
  NetworkSummary summary;
  for (auto const& boundary : network.boundaries)
    ++(std::holds_alternative<Pascals>(boundary.condition) ? summary.pressure_boundaries
                                                           : summary.flow_boundaries);
  summary.flow_boundaries -= measured.closed_ends;
  summary.inflow = flow.field.total_inflow / kNanoliterPerMinute;
  auto const pressure = range_of(flow.field.pressure);
  summary.pressure = {pressure.low / kMillimeterOfMercury, pressure.high / kMillimeterOfMercury};
  std::vector<double> hematocrits;
  for (std::size_t i = 0; i < network.segments.size(); ++i) {
    if (std::abs(flow.field.flow[i]) > kMinorFlow * flow.field.total_inflow)
      hematocrits.push_back(flow.hematocrit[i]);
  }
  if (!hematocrits.empty()) summary.hematocrit = range_of(hematocrits);
  summary.volume = flowing_volume(network, flow.field).value() * 1e12;
  summary.conservation = conservation_error(network, flow.field);
  summary.cell_conservation = red_cell_error(network, flow.field, flow.hematocrit);
  summary.transit = transit_moments(network, flow.field);
  summary.quantiles = transit_quantiles(network, flow.field);
  return summary;
}

double deviation(TransitMoments const& transit) { return std::sqrt(transit.variance); }

void print_for_people(NetworkOptions const& options, MeasuredNetwork const& measured, BloodFlow const& flow,
                      NetworkSummary const& summary) {
  auto const& network = measured.network;
  fmt::print("{}: {}\n", options.file, measured.title);
  fmt::print("  segments      {}, and {} of other types ignored\n", network.segments.size(),
             measured.ignored_segments);
  fmt::print("  nodes         {}, and {} without a vessel ignored\n", network.nodes.size(),
             measured.ignored_nodes);
  fmt::print(
      "  boundaries    {} of pressure, {} of flow; {} closed, {} ignored, where segments are ignored\n",
      summary.pressure_boundaries, summary.flow_boundaries, measured.closed_ends,
      measured.ignored_boundaries);
  fmt::print("  iteration     {}\n", describe(flow.convergence, network));
  fmt::print("  conservation  error {:.1e} of the inflow for blood, {:.1e} for red cells\n",
             summary.conservation, summary.cell_conservation);
  fmt::print("  inflow        {:.6g} nl/min into {:.6g} nl of vessels\n", summary.inflow, summary.volume);
  fmt::print("  pressure      {:.4g} to {:.4g} mmHg\n", summary.pressure.low, summary.pressure.high);
  fmt::print("  hematocrit    {:.3f} to {:.3f}\n", summary.hematocrit.low, summary.hematocrit.high);
  if (summary.quantiles.empty()) {
    fmt::print("  transit       none: nothing flows\n");
    return;
  }
  auto const mean = summary.transit.mean.value();
  fmt::print("  transit time  mean {:.4g} s, standard deviation {:.4g} s, relative dispersion {:.3f}\n", mean,
             deviation(summary.transit), deviation(summary.transit) / mean);
  fmt::print("                {:.4g} s, {:.4g} s and {:.4g} s at 5, 50 and 95 %\n", summary.quantiles[0],
             summary.quantiles[1], summary.quantiles[2]);
}

void print_json(NetworkOptions const& options, MeasuredNetwork const& measured, BloodFlow const& flow,
                NetworkSummary const& summary) {
  auto const& network = measured.network;
  auto const& convergence = flow.convergence;
  Json transit;
  if (!summary.quantiles.empty()) {
    auto const mean = summary.transit.mean.value();
    transit = {{"mean_s", mean},
               {"sd_s", deviation(summary.transit)},
               {"relative_dispersion", deviation(summary.transit) / mean},
               {"quantiles_s",
                {{"5", summary.quantiles[0]}, {"50", summary.quantiles[1]}, {"95", summary.quantiles[2]}}}};
  }
  Json const json{
      {"format_version", 1},
      {"file", options.file},
      {"title", measured.title},
      {"segments", network.segments.size()},
      {"nodes", network.nodes.size()},
      {"boundaries", {{"pressure", summary.pressure_boundaries}, {"flow", summary.flow_boundaries}}},
      {"ignored",
       {{"segments", measured.ignored_segments},
        {"nodes", measured.ignored_nodes},
        {"boundaries", measured.ignored_boundaries}}},
      {"closed_ends", measured.closed_ends},
      {"converged", convergence.reached},
      {"iterations", convergence.iterations},
      {"hematocrit_residual", convergence.hematocrit_residual},
      {"flow_residual", convergence.flow_residual},
      {"worst_segment", network.segments[convergence.worst_segment].name},
      {"conservation_error", summary.conservation},
      {"red_cell_error", summary.cell_conservation},
      {"inflow_nl_per_min", summary.inflow},
      {"volume_nl", summary.volume},
      {"pressure_mmhg", {summary.pressure.low, summary.pressure.high}},
      {"hematocrit", {summary.hematocrit.low, summary.hematocrit.high}},
      {"transit_time", transit}};
  fmt::print("{}\n", json.dump(2));
}

void check_network_output(NetworkOptions const& options) {
  if (options.output.empty()) return;
  std::error_code missing;
  if (fs::equivalent(options.output, options.file, missing))
    throw UsageError{fmt::format("{}: is the network itself; name another output with -o", options.file)};
  if (fs::exists(options.output, missing) && !fs::is_directory(options.output, missing) && !options.overwrite)
    throw UsageError{fmt::format("{}: exists (name another file with -o, or replace it with --overwrite)",
                                 options.output)};
}

ExitCode solve(NetworkOptions const& options) {
  check_network_output(options);
  auto const measured = read_network_dat(options.file);
  auto const how = flow_options(options);
  auto const flow = solve_blood_flow(measured.network, how);
  auto const summary = summarize(measured, flow);
  if (!options.output.empty())
    write_network_file(options.output,
                       {measured, flow, how.blood, summary.transit, options.file, options.command_line});
  if (options.json)
    print_json(options, measured, flow, summary);
  else
    print_for_people(options, measured, flow, summary);
  if (flow.convergence.reached) return ExitCode::done;
  spdlog::warn("{}: {}", options.file, describe(flow.convergence, measured.network));
  return ExitCode::failed;
}

void add_options(CLI::App& command, NetworkOptions& options) {
  command.add_option("FILE", options.file, "network in the network.dat format of NetFlow and Greens")
      ->required();
  command.add_option("-o,--output", options.output, "file for flows, pressures and hematocrits (HDF5)")
      ->type_name("OUT.h5");
  command.add_flag("--overwrite", options.overwrite, "replace an existing output");
  command.add_option("--viscosity", options.viscosity, "in-vivo (default), in-vitro or constant")
      ->check(CLI::IsMember({"in-vivo", "in-vitro", "constant"}))
      ->type_name("LAW");
  command
      .add_option("--constant-viscosity", options.constant_viscosity,
                  "viscosity of --viscosity constant; default 3")
      ->check(CLI::Range(1e-3, 1e3))
      ->type_name("MPA_S");
  command.add_flag("--no-phase-separation", options.no_phase_separation, "one hematocrit in all vessels");
  command.add_option("--hematocrit", options.hematocrit, "hematocrit of --no-phase-separation; default 0.4")
      ->check(CLI::Range(0.0, 0.99))
      ->type_name("H");
  command.add_option("--mean-cell-volume", options.mean_cell_volume, "of a red cell; default 55, a rat's")
      ->check(CLI::Range(1.0, 1000.0))
      ->type_name("FL");
  command.add_option("--relaxation", options.relaxation, "largest share of a step that is taken; default 1")
      ->check(CLI::Range(1e-3, 1.0))
      ->type_name("SHARE");
  command.add_option("--iterations", options.iterations, "iterations at most; default 2000")
      ->check(CLI::Range(1, 1'000'000))
      ->type_name("N");
  command.add_flag("--json", options.json, "print JSON");
}

}  // namespace

VerbEntry add_network(CLI::App& program, std::vector<std::string> const& arguments) {
  auto* command = program.add_subcommand("network", "Flow of blood through a measured network of vessels");
  auto* solve_command =
      command->add_subcommand("solve", "Solve flow, pressure and hematocrit of a network.dat file");
  command->require_subcommand(1);
  auto options = std::make_shared<NetworkOptions>();
  options->command_line = shell_command(arguments);
  add_options(*solve_command, *options);
  solve_command->footer(
      "Example: myoaxis network solve configs/networks/tree.dat -o tree.h5\n"
      "Exit codes: 0 done; 1 not converged (results are written and marked), or output cannot be written; 2 "
      "command or network wrong");
  command->footer("Example: myoaxis network solve configs/networks/tree.dat -o tree.h5");
  return {command, [options] { return solve(*options); }};
}

}  // namespace myoaxis
