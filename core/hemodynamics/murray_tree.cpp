#include "core/hemodynamics/murray_tree.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "core/contracts.h"
#include "core/distributions.h"

namespace myoaxis {
namespace {

/// What is drawn at one address of a vessel.
enum class Drawn : std::int64_t { artery_length, vein_length, capillary_length, division };

class Bed {
 public:
  Bed(MurrayTreeParams const& params, Luck luck, std::uint32_t bed)
      : params_{params},
        key_{luck, Purpose::vessel_geometry},
        bed_{bed},
        leaves_{std::uint32_t{1} << params.generations},
        diameter_(2 * std::size_t{leaves_}) {}

  VascularNetwork build() {
    draw_diameters();
    place_nodes();
    for (std::uint32_t k = 1; k < 2 * leaves_; ++k)
      add("a", k, artery_node(k / 2), artery_node(k), diameter_[k],
          length(diameter_[k], k, Drawn::artery_length));
    for (std::uint32_t leaf = 0; leaf < leaves_; ++leaf) {
      auto const variation = params_.capillary_length_variation;
      auto const drawn =
          params_.capillary_length.value() * varied(leaf + 1, Drawn::capillary_length, variation);
      add("c", leaf + 1, artery_node(leaves_ + leaf), vein_node(leaves_ + leaf),
          params_.capillary_diameter.value(), drawn);
    }
    for (std::uint32_t k = 1; k < 2 * leaves_; ++k) {
      auto const wide = diameter_[k] * params_.vein_to_artery_diameter;
      add("v", k, vein_node(k), vein_node(k / 2), wide, length(wide, k, Drawn::vein_length));
    }
    network_.boundaries = {{artery_node(0), params_.inlet_pressure, params_.inflow_hematocrit},
                           {vein_node(0), params_.outlet_pressure, params_.inflow_hematocrit}};
    return std::move(network_);
  }

 private:
  Draws draws(std::uint32_t k, Drawn what) const {
    return Draws{key_, (std::uint64_t{bed_} << 32) | k, static_cast<std::int64_t>(what)};
  }
  double varied(std::uint32_t k, Drawn what, double variation) const {
    auto draw = draws(k, what);
    return variation > 0 ? sample_unit_lognormal(draw, variation) : 1;
  }
  double length(double diameter, std::uint32_t k, Drawn what) const {
    return params_.length_to_radius * diameter / 2 * varied(k, what, params_.length_variation);
  }

  /// Ratio of the narrower to the wider branch of vessel k, and which one is the wider.
  void divide(std::uint32_t k) {
    auto draw = draws(k, Drawn::division);
    auto const off = params_.asymmetry_spread * (2 * unit_interval(draw) - 1);
    auto const ratio = std::clamp(params_.asymmetry + off, 0.2, 1.0);
    auto const wider = diameter_[k] * std::pow(1 + std::pow(ratio, params_.exponent), -1 / params_.exponent);
    auto const first_is_wider = unit_interval(draw) < 0.5;
    diameter_[2 * k] = first_is_wider ? wider : ratio * wider;
    diameter_[2 * k + 1] = first_is_wider ? ratio * wider : wider;
  }

  void draw_diameters() {
    diameter_[1] = murray_root_diameter(params_).value();
    for (std::uint32_t k = 1; k < leaves_; ++k) divide(k);
  }

  /// Node at the far end of artery k; 0 is the inlet. Veins mirror them.
  VesselNodeId artery_node(std::uint32_t k) const { return VesselNodeId{k}; }
  VesselNodeId vein_node(std::uint32_t k) const { return VesselNodeId{2 * leaves_ + k}; }

  void place_nodes() {
    auto const gap = 2 * params_.terminal_artery_diameter.value() + 20e-6;  // between two leaves
    auto const height = gap * leaves_;
    auto const column = params_.length_to_radius * params_.terminal_artery_diameter.value() / 2;
    auto const half = column * (params_.generations + 1) + params_.capillary_length.value() / 2;
    for (auto const* side : {"a", "v"}) {
      for (std::uint32_t k = 0; k < 2 * leaves_; ++k) {
        auto const generation = k == 0 ? -1 : std::ilogb(static_cast<double>(k));
        auto const in_row = k == 0 ? 0 : k - (std::uint32_t{1} << generation);
        auto const row = k == 0 ? 1.0 : std::ldexp(1.0, generation);
        auto const x = -half + column * (generation + 1);
        auto const y = height * ((in_row + 0.5) / row - 0.5);
        auto name = std::string{side};
        name += std::to_string(k);
        network_.nodes.push_back({std::move(name), {Meters{side[0] == 'a' ? x : -x}, Meters{y}, Meters{0}}});
      }
    }
  }

  void add(std::string const& kind, std::uint32_t k, VesselNodeId from, VesselNodeId to, double diameter,
           double length) {
    auto name = kind;
    name += std::to_string(k);
    network_.segments.push_back({std::move(name), from, to, Meters{diameter}, Meters{length}});
  }

  MurrayTreeParams const& params_;
  DrawKey key_;
  std::uint32_t bed_;
  std::uint32_t leaves_;
  std::vector<double> diameter_;  // m, of artery k; 0 is unused
  VascularNetwork network_;
};

}  // namespace

Meters murray_root_diameter(MurrayTreeParams const& params) {
  return Meters{params.terminal_artery_diameter.value() *
                std::pow(2.0, params.generations / params.exponent)};
}

VascularNetwork murray_tree(MurrayTreeParams const& params, Luck luck, std::uint32_t bed) {
  EXPECTS(params.generations >= 0 && params.generations <= 12);
  EXPECTS(params.exponent > 0 && params.asymmetry > 0 && params.asymmetry <= 1);
  EXPECTS(params.length_to_radius > 0 && params.vein_to_artery_diameter > 0);
  return Bed{params, luck, bed}.build();
}

}  // namespace myoaxis
