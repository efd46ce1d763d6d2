#include "core/statistics/sobol_indices.h"

#include <cmath>
#include <limits>
#include <numeric>

#include "core/address.h"
#include "core/contracts.h"

namespace myoaxis {
namespace {

/// The three outputs of a row that one input needs.
struct OutputTriple {
  double a = 0;
  double b = 0;
  double ab = 0;
  bool complete() const { return !std::isnan(a) && !std::isnan(b) && !std::isnan(ab); }
};

std::vector<OutputTriple> triples_of(SaltelliDesign const& design, std::span<double const> outputs,
                                     std::size_t dimension) {
  std::vector<OutputTriple> triples;
  for (std::size_t row = 0; row < design.rows; ++row)
    triples.push_back({outputs[design.a(row)], outputs[design.b(row)], outputs[design.ab(row, dimension)]});
  return triples;
}

/// First-order and total index, from sums over some of the rows.
struct BothIndices {
  double first = kUnknown;
  double total = kUnknown;
};

BothIndices estimate(std::span<OutputTriple const> triples, std::span<std::size_t const> chosen) {
  double sum = 0;
  for (auto const i : chosen) sum += triples[i].a + triples[i].b;
  auto const n = static_cast<double>(chosen.size());
  auto const mean = sum / (2 * n);
  double squares = 0, shared = 0, changes = 0;
  for (auto const i : chosen) {
    auto const& [a, b, ab] = triples[i];
    squares += (a - mean) * (a - mean) + (b - mean) * (b - mean);
    shared += (b - mean) * (ab - a);
    changes += (a - ab) * (a - ab);
  }
  if (!(squares > 0)) return {};
  auto const variance = squares / (2 * n - 1);
  return {shared / n / variance, changes / (2 * n) / variance};
}

/// Takes the first output off all, so that the rounding is that of the deviations.
void shift_to_first(std::vector<OutputTriple>& triples) {
  if (triples.empty()) return;
  auto const first = triples.front().a;
  for (auto& [a, b, ab] : triples) {
    a -= first;
    b -= first;
    ab -= first;
  }
}

SobolIndices indices_of(std::vector<OutputTriple> triples, std::uint64_t key) {
  SobolIndices result;
  result.left_out = std::erase_if(triples, [](OutputTriple const& triple) { return !triple.complete(); });
  result.used = triples.size();
  shift_to_first(triples);
  std::vector<std::size_t> all(triples.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  auto const both = [&](std::span<std::size_t const> chosen) {
    auto const seen = estimate(triples, chosen);
    return std::vector{seen.first, seen.total};
  };
  auto const seen = both(all);
  result.first = seen[0];
  result.total = seen[1];
  auto const intervals = resampling_intervals(all.size(), key, both);
  result.first_interval = intervals[0];
  result.total_interval = intervals[1];
  return result;
}

}  // namespace

SaltelliDesign saltelli_design(std::size_t rows, std::span<std::uint64_t const> dimensions,
                               std::uint64_t seed) {
  EXPECTS(2 * dimensions.size() <= kMostSobolDimensions);
  std::vector<std::uint64_t> both{dimensions.begin(), dimensions.end()};
  for (auto const dimension : dimensions) both.push_back(mix64(dimension));
  auto const pairs = shifted_sobol_points(rows, both, seed);
  SaltelliDesign design{rows, dimensions.size(), {}};
  design.points.reserve(rows * design.row_size());
  for (auto const& pair : pairs) {
    auto const middle = pair.begin() + static_cast<std::ptrdiff_t>(dimensions.size());
    UnitPoint const a{pair.begin(), middle}, b{middle, pair.end()};
    design.points.push_back(a);
    design.points.push_back(b);
    for (std::size_t d = 0; d < dimensions.size(); ++d) {
      design.points.push_back(a);
      design.points.back()[d] = b[d];
    }
  }
  return design;
}

std::vector<SobolIndices> sobol_indices(SaltelliDesign const& design, std::span<double const> outputs,
                                        std::span<std::uint64_t const> keys, std::uint64_t key) {
  EXPECTS(outputs.size() == design.points.size() && keys.size() == design.dimensions);
  std::vector<SobolIndices> results;
  for (std::size_t d = 0; d < design.dimensions; ++d)
    results.push_back(indices_of(triples_of(design, outputs, d), child_key(key, keys[d])));
  return results;
}

}  // namespace myoaxis
