#include "io/network/network_file.h"

#include <fmt/chrono.h>
#include <fmt/core.h>

#include <chrono>
#include <cmath>
#include <functional>
#include <numbers>
#include <system_error>
#include <vector>

#include "core/hemodynamics/fahraeus_effect.h"
#include "core/hemodynamics/poiseuille.h"
#include "io/hdf5/error.h"
#include "io/hdf5/writer.h"
#include "io/run/build_info.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

void write_network_identity(H5Group root, NetworkResult const& result) {
  root.set_attribute("format", kNetworkFormatName);
  root.set_attribute("format_version", kNetworkFormatVersion);
  root.set_attribute("Conventions", "CF-1.10");
  root.set_attribute("title", result.measured.title);
  root.set_attribute("source", result.source);
  root.set_attribute("software", "myoaxis");
  root.set_attribute("software_version", software_version());
  root.set_attribute("git_sha1", git_revision());
  root.set_attribute("build", build_description());
  auto const now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  root.set_attribute("date_created", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(now)));
  root.set_attribute("command_line", result.command_line);
  auto const& convergence = result.flow.convergence;
  root.set_attribute("status", "complete");
  root.set_attribute("converged", std::int64_t{convergence.reached ? 1 : 0});
  root.set_attribute("iterations", std::int64_t{convergence.iterations});
  root.set_attribute("hematocrit_residual", convergence.hematocrit_residual);
  root.set_attribute("flow_residual", convergence.flow_residual);
  root.set_attribute("conservation_error", conservation_error(result.measured.network, result.flow.field));
  root.set_attribute("transit_time_mean", result.transit.mean.value());
  root.set_attribute("transit_time_variance", result.transit.variance);
}

/// Adds one data set along `name`, computed entry by entry.
void add_column(H5Group& group, Description about, std::size_t size,
                std::function<double(std::size_t)> const& value) {
  about.dims = {"name"};
  std::vector<double> values(size);
  for (std::size_t i = 0; i < size; ++i) values[i] = value(i);
  group.add_fixed<double>(about, values);
}

void add_geometry(H5Group& group, VascularNetwork const& network) {
  std::vector<std::string> names, from, to;
  for (auto const& segment : network.segments) {
    names.push_back(segment.name);
    from.push_back(network.nodes[segment.from.index()].name);
    to.push_back(network.nodes[segment.to.index()].name);
  }
  group.add_scale({"name", "", "name of the segment"}, names);
  group.add_fixed({"from", "", "node that the segment begins at", {"name"}}, from);
  group.add_fixed({"to", "", "node that the segment ends at", {"name"}}, to);
  add_column(group, {"diameter", "um", "inner diameter"}, names.size(),
             [&](auto i) { return network.segments[i].diameter.value() * 1e6; });
  add_column(group, {"length", "um", "length"}, names.size(),
             [&](auto i) { return network.segments[i].length.value() * 1e6; });
}

void write_segments(H5Group group, NetworkResult const& result) {
  auto const& network = result.measured.network;
  auto const& segments = network.segments;
  auto const& flow = result.flow.field.flow;
  add_geometry(group, network);
  auto const add = [&](Description about, std::function<double(std::size_t)> const& value) {
    add_column(group, std::move(about), segments.size(), value);
  };
  add({"flow", "nl/min", "blood flow, positive from 'from' to 'to'"},
      [&](auto i) { return flow[i] / kNanoliterPerMinute; });
  add({"velocity", "mm/s", "mean velocity of blood, positive from 'from' to 'to'"}, [&](auto i) {
    auto const d = segments[i].diameter.value();
    return 1e3 * flow[i] / (std::numbers::pi / 4 * d * d);
  });
  add({"hematocrit", "1", "discharge hematocrit"}, [&](auto i) { return result.flow.hematocrit[i]; });
  add({"tube_hematocrit", "1", "share of red cells in the vessel's volume"}, [&](auto i) {
    auto const diameter = rheological_diameter(segments[i].diameter, result.blood.mean_cell_volume);
    return tube_hematocrit(diameter, Fraction{result.flow.hematocrit[i]}).value();
  });
  add({"viscosity", "mPa s", "apparent viscosity of blood (1 mPa s = 1 cP)"},
      [&](auto i) { return 1e3 * result.flow.viscosity[i]; });
  add({"wall_shear_stress", "Pa", "shear stress at the wall (1 Pa = 10 dyn/cm2)"}, [&](auto i) {
    return wall_shear_stress(segments[i].diameter, CubicMetersPerSecond{flow[i]},
                             PascalSeconds{result.flow.viscosity[i]})
        .value();
  });
}

void write_nodes(H5Group group, NetworkResult const& result) {
  auto const& nodes = result.measured.network.nodes;
  std::vector<std::string> names;
  for (auto const& node : nodes) names.push_back(node.name);
  group.add_scale({"name", "", "name of the node"}, names);
  add_column(group, {"pressure", "mmHg", "blood pressure"}, nodes.size(),
             [&](auto i) { return result.flow.field.pressure[i] / kMillimeterOfMercury; });
  for (std::size_t axis = 0; axis < 3; ++axis) {
    auto const name = std::string{"xyz"[axis]};
    add_column(group, {name, "um", name + " coordinate"}, nodes.size(),
               [&](auto i) { return nodes[i].position[axis].value() * 1e6; });
  }
}

/// Removes an unfinished file.
class Leftover {
 public:
  explicit Leftover(fs::path path) : path_{std::move(path)} {}
  ~Leftover() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove(path_, ignored);
  }
  Leftover(Leftover const&) = delete;
  Leftover& operator=(Leftover const&) = delete;
  void keep() { path_.clear(); }

 private:
  fs::path path_;
};

}  // namespace

void write_network_file(fs::path const& output, NetworkResult const& result) {
  if (fs::is_directory(output)) throw FileError{output.string(), "is a folder", "name a file with -o"};
  auto partial = output;
  partial += ".partial";
  auto file = H5File::create(partial.string());
  Leftover leftover{partial};
  write_network_identity(file.root(), result);
  write_segments(file.group("segments"), result);
  write_nodes(file.group("nodes"), result);
  file.close();
  std::error_code error;
  fs::rename(partial, output, error);
  if (error) throw FileError{output.string(), error.message(), "is the folder writable?"};
  leftover.keep();
}

}  // namespace myoaxis
