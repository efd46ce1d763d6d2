/// Which share of an output's variance each input causes: Sobol' indices, from runs at chosen points.
///
/// With V the variance of the output when all inputs vary over the unit cube,
///
///     first order  S_i = Var(E(y | x_i)) / V           what x_i does by itself
///     total        T_i = E(Var(y | all but x_i)) / V   what it does alone and together with others
///
/// From two independent points A and B, and A with coordinate i from B, AB_i, of N rows:
///
///     S_i V = mean f(B) (f(AB_i) - f(A))               [Saltelli2010]
///     T_i V = mean (f(A) - f(AB_i))^2 / 2              [Jansen1999]
///
/// with outputs taken about their mean, which changes no expectation and saves spread. V is the variance of
/// all f(A) and f(B). An estimate of S_i may be slightly negative, one of T_i never is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/statistics/designs.h"
#include "core/statistics/resampling.h"

namespace myoaxis {

/// Rows of `dimensions + 2` points: A, B, AB_0, AB_1, ...
struct SaltelliDesign {
  std::size_t rows = 0;
  std::size_t dimensions = 0;
  std::vector<UnitPoint> points;

  std::size_t row_size() const { return dimensions + 2; }
  std::size_t a(std::size_t row) const { return row * row_size(); }
  std::size_t b(std::size_t row) const { return row * row_size() + 1; }
  std::size_t ab(std::size_t row, std::size_t dimension) const { return row * row_size() + 2 + dimension; }
  std::size_t row_of(std::size_t point) const { return point / row_size(); }
};

/// A and B are the two halves of shifted Sobol' points of twice as many dimensions, at most
/// kMostSobolDimensions / 2. `rows` is best a power of two. More rows begin with the same ones.
SaltelliDesign saltelli_design(std::size_t rows, std::span<std::uint64_t const> dimensions,
                               std::uint64_t seed);

/// Indices of one input. NaN without usable rows, or when the output does not vary.
struct SobolIndices {
  double first = 0;
  Interval first_interval;  // 95 %, by drawing rows again
  double total = 0;
  Interval total_interval;
  std::size_t used = 0;      // rows
  std::size_t left_out = 0;  // rows with a NaN in one of their three outputs
};

/// The indices of each dimension. `outputs`: one for each point; NaN: no value. `keys` and `key` address the
/// draws, as in core/statistics/morris.h.
///
/// Rows count as independent for the interval. Those of Sobol' points are more even than that, so the
/// interval is, if anything, too wide.
std::vector<SobolIndices> sobol_indices(SaltelliDesign const& design, std::span<double const> outputs,
                                        std::span<std::uint64_t const> keys, std::uint64_t key);

}  // namespace myoaxis
