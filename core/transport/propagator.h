/// Exact linear transport over a step: the exponential of a generator and its two averages.
///
/// For a generator Q (s^-1, rows sum to 0) and a step of length h
///
///     P   = exp(Q h)                                   where a quantum is at the end of the step
///     Phi = 1/h   integral_0^h exp(Q s) ds             the mean of P over the step: where a quantum released
///                                                      at a uniform time of it is at its end, or the share
///                                                      of the step that a quantum spends in each cell
///     Psi = 1/h^2 integral_0^h (h - s) exp(Q s) ds     the same share for a quantum released during the step
///
/// They are computed by uniformization (Jensen 1953; Grassmann 1977), P = sum_k Poisson(k; L h) (I + Q/L)^k,
/// for a length with L h <= 1, and doubled from there. Every term is non-negative, so nothing cancels and the
/// tiny probabilities of crossing the blood-brain barrier keep their relative precision.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "core/contracts.h"
#include "core/transport/graph.h"

namespace myoaxis {

/// A matrix of one row a cell and one column a place, row by row.
class PlaceMatrix {
 public:
  PlaceMatrix() = default;
  PlaceMatrix(std::size_t cells, std::size_t places) : places_{places}, values_(cells * places) {}
  /// `values`: row by row.
  PlaceMatrix(std::size_t cells, std::size_t places, std::span<double const> values)
      : places_{places}, values_{values.begin(), values.end()} {
    EXPECTS(values.size() == cells * places);
  }
  std::span<double const> row(CellId cell) const {
    return {values_.data() + cell.index() * places_, places_};
  }
  std::span<double> row(CellId cell) { return {values_.data() + cell.index() * places_, places_}; }
  std::size_t cells() const { return places_ == 0 ? 0 : values_.size() / places_; }
  std::size_t places() const { return places_; }
  std::span<double const> values() const { return values_; }
  std::size_t bytes() const { return values_.size() * sizeof(double); }

 private:
  std::size_t places_ = 0;
  std::vector<double> values_;
};

struct Propagator {
  std::int64_t seconds = 0;
  PlaceMatrix at_end;    // P; each row sums to 1
  PlaceMatrix average;   // Phi; each row sums to 1
  PlaceMatrix released;  // Psi; each row sums to 1/2

  std::size_t bytes() const { return at_end.bytes() + average.bytes() + released.bytes(); }
};

/// Propagators of one generator for each of `lengths` (whole seconds > 0).
std::map<std::int64_t, Propagator> make_propagators(Generator const& generator,
                                                    std::span<std::int64_t const> lengths);

}  // namespace myoaxis
