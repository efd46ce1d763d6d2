#include "agents/body/vessels.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/contracts.h"

namespace myoaxis {

CubicMeters Vessels::total_plasma() const {
  double sum = 0;
  for (auto const volume : plasma) sum += volume.value();
  return CubicMeters{sum};
}

std::vector<double> Vessels::through() const {
  std::vector<double> share(size(), 0.0);
  for (auto const& inlet : inlets) share[inlet.cell] += inlet.share;
  for (auto const& path : paths) share[path.to] += path.share;
  return share;
}

Vessels make_chain(Layout& layout, std::string const& name, std::span<double const> stage_plasma) {
  EXPECTS(!stage_plasma.empty());
  Vessels chain;
  auto const total = std::accumulate(stage_plasma.begin(), stage_plasma.end(), 0.0);
  for (std::size_t i = 0; i < stage_plasma.size(); ++i) {
    chain.cells.push_back(layout.add_cell(fmt::format("{}.{}", name, i + 1), Representation::packets));
    chain.plasma.emplace_back(stage_plasma[i]);
    chain.exchange.push_back(stage_plasma[i] / total);
    if (i > 0) chain.paths.push_back({i - 1, i, 1.0});
  }
  chain.inlets = {{0, 1.0}};
  chain.outlets = {{stage_plasma.size() - 1, 1.0}};
  chain.courses.resize(chain.size());
  return chain;
}

std::vector<double> stage_shares(Fraction relative_dispersion) {
  auto const variance = relative_dispersion.value() * relative_dispersion.value();
  EXPECTS(variance > 0 && variance <= 1);
  auto const k = std::max(1.0, std::ceil(1 / variance - 1e-9));
  if (k == 1) return {1.0};
  auto const equal = (1 + std::sqrt(std::max(0.0, 1 - k * (1 - variance) / (k - 1)))) / k;
  std::vector<double> shares(static_cast<std::size_t>(k) - 1, equal);
  shares.push_back(1 - (k - 1) * equal);
  return shares;
}

std::vector<double> wall_rates(Vessels const& vessels, PerSecond rate) {
  auto const total = vessels.total_plasma().value();
  std::vector<double> rates;
  for (std::size_t i = 0; i < vessels.size(); ++i)
    rates.push_back(rate.value() * vessels.exchange[i] * total / vessels.plasma[i].value());
  return rates;
}

double passed_share(Vessels const& vessels, CubicMetersPerSecond plasma_flow, PerSecond rate) {
  auto const rates = wall_rates(vessels, rate);
  auto const through = vessels.through();
  std::vector<double> arriving(vessels.size(), 0.0);
  for (auto const& inlet : vessels.inlets) arriving[inlet.cell] += inlet.share;
  std::vector<double> leaving(vessels.size(), 0.0);
  auto const leave = [&](std::size_t cell) {
    auto const residence = vessels.plasma[cell].value() / (through[cell] * plasma_flow.value());
    leaving[cell] = arriving[cell] / (1 + rates[cell] * residence);
  };
  // Cells come in the order of flow, and so do the paths by the cell that they leave.
  std::size_t next = 0;
  for (std::size_t cell = 0; cell < vessels.size(); ++cell) {
    leave(cell);
    for (; next < vessels.paths.size() && vessels.paths[next].from == cell; ++next) {
      auto const& path = vessels.paths[next];
      arriving[path.to] += leaving[cell] * path.share / through[cell];
    }
  }
  double passed = 0;
  for (auto const& outlet : vessels.outlets)
    passed += leaving[outlet.cell] * outlet.share / through[outlet.cell];
  return passed;
}

double wall_concentration(Vessels const& vessels, std::span<double const> wall,
                          std::span<double const> content) {
  EXPECTS(wall.size() == vessels.size());
  double mean = 0;
  for (std::size_t i = 0; i < vessels.size(); ++i) {
    mean += wall[i] * content[vessels.cells[i].index()] / vessels.plasma[i].value();
  }
  return mean;
}

double outflow_concentration(Vessels const& vessels, std::span<double const> content) {
  double mean = 0;
  for (auto const& [cell, share] : vessels.outlets) {
    mean += share * content[vessels.cells[cell].index()] / vessels.plasma[cell].value();
  }
  return mean;
}

}  // namespace myoaxis
