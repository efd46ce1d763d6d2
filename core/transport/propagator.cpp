#include "core/transport/propagator.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <set>

#include "core/contracts.h"

namespace myoaxis {
namespace {

using Eigen::MatrixXd;

/// P, Phi and Psi of one length, over all places (the rows of sinks are those of absorbing states).
struct TransportMatrices {
  double length;
  MatrixXd p;
  MatrixXd phi;
  MatrixXd psi;
};

/// The jump chain I + Q/L of the uniformized process.
MatrixXd jump_matrix(Generator const& generator, double uniform_rate) {
  auto const n = static_cast<Eigen::Index>(generator.layout().places());
  MatrixXd jump = MatrixXd::Zero(n, n);
  for (auto const& rate : generator.rates()) {
    jump(static_cast<Eigen::Index>(rate.from), static_cast<Eigen::Index>(rate.to)) +=
        rate.per_second / uniform_rate;
  }
  auto const exit = generator.exit_rates();
  for (Eigen::Index i = 0; i < n; ++i) {
    auto const cell = static_cast<std::size_t>(i);
    jump(i, i) = cell < exit.size() ? 1 - exit[cell] / uniform_rate : 1.0;
  }
  return jump;
}

/// Weights of jump^k in P, Phi and Psi for a Poisson number of jumps of the given mean:
/// its probabilities p_k, sums P(N > k) / mean, and sums of those again / mean.
struct SeriesWeights {
  std::vector<double> p, phi, psi;
};

SeriesWeights series_weights(double mean) {
  constexpr std::size_t terms = 28;  // for a mean <= 1 the rest is below 1e-29
  SeriesWeights weights{std::vector<double>(terms), std::vector<double>(terms), std::vector<double>(terms)};
  std::vector<double> poisson(terms + 2);
  poisson[0] = std::exp(-mean);
  for (std::size_t k = 1; k < poisson.size(); ++k)
    poisson[k] = poisson[k - 1] * mean / static_cast<double>(k);
  double tail = 0;          // P(N > k)
  double tail_of_tail = 0;  // sum over j > k of P(N > j)
  for (std::size_t k = terms; k-- > 0;) {
    tail_of_tail += tail;
    tail += poisson[k + 1];
    weights.p[k] = poisson[k];
    weights.phi[k] = tail / mean;
    weights.psi[k] = tail_of_tail / (mean * mean);
  }
  return weights;
}

TransportMatrices uniformized(Generator const& generator, double uniform_rate, double length) {
  auto const jump = jump_matrix(generator, uniform_rate);
  auto const weights = series_weights(uniform_rate * length);
  auto const n = jump.rows();
  TransportMatrices sum{length, MatrixXd::Zero(n, n), MatrixXd::Zero(n, n), MatrixXd::Zero(n, n)};
  MatrixXd power = MatrixXd::Identity(n, n);
  for (std::size_t k = 0; k < weights.p.size(); ++k) {
    sum.p += weights.p[k] * power;
    sum.phi += weights.phi[k] * power;
    sum.psi += weights.psi[k] * power;
    power = power * jump;
  }
  return sum;
}

/// Scales rows to their exact sum, so that rounding neither makes nor loses a quantum.
void normalize_rows(MatrixXd& matrix, double sum) {
  matrix.array().colwise() *= sum / matrix.rowwise().sum().array();
}

/// The step `first` followed by the step `second`.
TransportMatrices joined(TransportMatrices const& first, TransportMatrices const& second) {
  auto const a = first.length;
  auto const b = second.length;
  auto const h = a + b;
  TransportMatrices both{h, first.p * second.p, (a * first.phi + b * (first.p * second.phi)) / h,
                         (a * a * first.psi + a * b * first.phi + b * b * (first.p * second.psi)) / (h * h)};
  normalize_rows(both.p, 1.0);
  normalize_rows(both.phi, 1.0);
  normalize_rows(both.psi, 0.5);
  return both;
}

TransportMatrices one_second(Generator const& generator) {
  auto const exit = generator.exit_rates();
  auto const uniform_rate = std::max(1e-6, *std::max_element(exit.begin(), exit.end()));
  auto const halvings = std::max(0, static_cast<int>(std::ceil(std::log2(uniform_rate))));
  auto matrices = uniformized(generator, uniform_rate, std::ldexp(1.0, -halvings));
  for (int i = 0; i < halvings; ++i) matrices = joined(matrices, matrices);
  return matrices;
}

PlaceMatrix rows_of_cells(MatrixXd const& matrix, std::size_t cells) {
  PlaceMatrix rows{cells, static_cast<std::size_t>(matrix.cols())};
  for (std::size_t i = 0; i < cells; ++i) {
    auto const row = rows.row(id_at<CellId>(i));
    for (std::size_t j = 0; j < row.size(); ++j) {
      row[j] = matrix(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
    }
  }
  return rows;
}

}  // namespace

std::map<std::int64_t, Propagator> make_propagators(Generator const& generator,
                                                    std::span<std::int64_t const> lengths) {
  std::map<std::int64_t, TransportMatrices> wanted;
  std::set<std::int64_t> const distinct{lengths.begin(), lengths.end()};
  EXPECTS(!distinct.empty() && *distinct.begin() > 0);
  auto const longest = *distinct.rbegin();
  auto power_of_two = one_second(generator);
  for (std::int64_t bit = 1; bit <= longest; bit *= 2) {
    if (bit > 1) power_of_two = joined(power_of_two, power_of_two);
    for (auto const length : distinct) {
      if ((length & bit) == 0) continue;
      auto const found = wanted.find(length);
      if (found == wanted.end()) {
        wanted.emplace(length, power_of_two);
      } else {
        found->second = joined(found->second, power_of_two);
      }
    }
  }
  std::map<std::int64_t, Propagator> propagators;
  auto const cells = generator.layout().cells();
  for (auto const& [length, matrices] : wanted) {
    propagators[length] = {length, rows_of_cells(matrices.p, cells), rows_of_cells(matrices.phi, cells),
                           rows_of_cells(matrices.psi, cells)};
  }
  return propagators;
}

}  // namespace myoaxis
