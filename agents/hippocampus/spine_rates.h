/// The life of a dendritic spine: it forms without AMPA receptors, gets them, is potentiated, and back again.
///
/// Each site of a granule cell at which a spine may stand is a continuous-time Markov chain of four states:
///
///     absent <-- formation f g F / elimination --> silent <-- unsilencing / silencing --> weak
///     weak <-- potentiation F / depression --> potentiated
///
/// F: plasticity, the gain from the niche's signals (1 at rest). g: maturity of the granule cell, which gets
/// its first spines at 16 d and has most of them by about 28 d [Zhao2006]; linear between, the least
/// assumption. Spines of the hippocampus live for one to two weeks and are one population [Attardo2015],
/// hence one rate a transition and no memory. Sites are independent: competition for receptors is left out.
/// Values and sources: configs/organisms/.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/contracts.h"
#include "core/quantity.h"

namespace myoaxis {

enum class SpineState : std::uint8_t { absent, silent, weak, potentiated };
inline constexpr std::size_t kSpineStates = 4;
inline constexpr std::array<std::string_view, kSpineStates> kSpineStateNames{"absent", "silent", "weak",
                                                                             "potentiated"};

struct SynapseParams {
  double sites = 0;          // potential spine sites of a mature granule cell
  double granule_cells = 0;  // of both dentate gyri
  PerSecond formation;       // absent -> silent, of a mature cell at rest
  PerSecond elimination;     // silent -> absent
  PerSecond unsilencing;     // silent -> weak
  PerSecond silencing;       // weak -> silent
  PerSecond potentiation;    // weak -> potentiated, at rest
  PerSecond depression;      // potentiated -> weak
  Seconds spines_from;       // cell age
  Seconds spines_full;
};

/// Share of a mature granule cell's rate of spine formation: 0 before `spines_from`, 1 from `spines_full` on.
inline double spine_maturity(Seconds age, SynapseParams const& p) {
  EXPECTS(p.spines_full > p.spines_from);
  auto const grown = (age.value() - p.spines_from.value()) / (p.spines_full.value() - p.spines_from.value());
  return std::clamp(grown, 0.0, 1.0);
}

/// Row: state before; column: state after.
using SpineTransition = std::array<std::array<double, kSpineStates>, kSpineStates>;

/// Rates (s^-1) of the three steps up the chain (from absent, silent, weak) and of those down (from silent,
/// weak, potentiated).
struct SpineRates {
  std::array<double, kSpineStates - 1> up;
  std::array<double, kSpineStates - 1> down;
};

inline SpineRates spine_rates(SynapseParams const& p, double maturity, double plasticity) {
  EXPECTS(maturity >= 0 && maturity <= 1 && plasticity >= 0);
  return {
      .up = {p.formation.value() * maturity * plasticity, p.unsilencing.value(),
             p.potentiation.value() * plasticity},
      .down = {p.elimination.value(), p.silencing.value(), p.depression.value()},
  };
}

namespace detail {

inline SpineTransition product(SpineTransition const& a, SpineTransition const& b) {
  SpineTransition c{};
  for (std::size_t i = 0; i < kSpineStates; ++i) {
    for (std::size_t k = 0; k < kSpineStates; ++k) {
      for (std::size_t j = 0; j < kSpineStates; ++j) c[i][j] += a[i][k] * b[k][j];
    }
  }
  return c;
}

inline void normalize_rows(SpineTransition& p) {
  for (auto& row : p) {
    auto const sum = row[0] + row[1] + row[2] + row[3];
    for (auto& entry : row) entry /= sum;
  }
}

/// The chain that is looked at `fastest` times a second: U = 1 + Q / fastest, where no state is left faster.
inline SpineTransition uniformized(SpineRates const& rates, double fastest) {
  SpineTransition u{};
  for (std::size_t i = 0; i < kSpineStates; ++i) {
    auto const up = i + 1 < kSpineStates ? rates.up[i] / fastest : 0;
    auto const down = i > 0 ? rates.down[i - 1] / fastest : 0;
    u[i][i] = std::max(0.0, 1 - up - down);
    if (i + 1 < kSpineStates) u[i][i + 1] = up;
    if (i > 0) u[i][i - 1] = down;
  }
  return u;
}

/// sum over n of x^n / n! U^n for x <= 1/2 by Horner's rule, up to the term that no entry, relative to its
/// own size, can see: the largest jump, over three states, begins at n = 3.
inline SpineTransition exponential_series(SpineTransition const& u, double x) {
  int terms = 3;
  for (double tail = 1; tail > 0x1p-56; ++terms) tail *= x / (terms - 2);
  SpineTransition sum{};
  for (std::size_t i = 0; i < kSpineStates; ++i) sum[i][i] = 1;
  for (; terms > 0; --terms) {
    sum = product(u, sum);
    for (auto& row : sum) {
      for (auto& entry : row) entry *= x / terms;
    }
    for (std::size_t i = 0; i < kSpineStates; ++i) sum[i][i] += 1;
  }
  return sum;
}

}  // namespace detail

/// Probabilities of the moves of a spine over `dt`, exp(Q dt), with constant maturity and plasticity.
///
/// Uniformization, exp(Q t) = sum over n of e^-x x^n / n! U^n with x = fastest * t (Jensen 1953), over 2^-m
/// of the step, and m doublings. No term is negative, so every entry, however small, keeps its digits;
/// impossible moves are exactly 0 and rows sum to 1 to rounding.
inline SpineTransition spine_transition(SynapseParams const& p, double maturity, double plasticity,
                                        Seconds dt) {
  EXPECTS(dt.value() >= 0 && std::isfinite(dt.value()));
  auto const rates = spine_rates(p, maturity, plasticity);
  auto const fastest =
      std::max({rates.up[0], rates.down[0] + rates.up[1], rates.down[1] + rates.up[2], rates.down[2]});
  if (fastest <= 0) return {{{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}}};
  auto x = fastest * dt.value();
  int doublings = 0;
  for (; x > 0.5; x /= 2) ++doublings;
  auto transition = detail::exponential_series(detail::uniformized(rates, fastest), x);
  detail::normalize_rows(transition);
  for (; doublings > 0; --doublings) {
    transition = detail::product(transition, transition);
    detail::normalize_rows(transition);
  }
  return transition;
}

/// Shares of the states to which the spines settle, for constant maturity and plasticity. In balance as many
/// spines go up as down each step of the chain:
///
///     absent : silent : weak : potentiated = esd : fsd : fud : fup
///
/// with the rates of formation f, unsilencing u, potentiation p, elimination e, silencing s, depression d.
inline std::array<double, kSpineStates> settled_spines(SynapseParams const& params, double maturity,
                                                       double plasticity) {
  auto const [up, down] = spine_rates(params, maturity, plasticity);
  std::array<double, kSpineStates> shares{down[0] * down[1] * down[2], up[0] * down[1] * down[2],
                                          up[0] * up[1] * down[2], up[0] * up[1] * up[2]};
  auto const sum = shares[0] + shares[1] + shares[2] + shares[3];
  EXPECTS(sum > 0);  // else where the spines settle depends on where they began
  for (auto& share : shares) share /= sum;
  return shares;
}

/// Mean time from the formation of a spine to its elimination:
///
///     1/e (1 + u/s (1 + p/d))
///
/// by rates as above: the share of its life that is silent, the only one in which it can be eliminated, is
/// the inverse of the bracket.
inline Seconds spine_lifetime(SynapseParams const& params, double plasticity) {
  auto const [up, down] = spine_rates(params, 1, plasticity);
  EXPECTS(down[0] > 0 && down[1] > 0 && down[2] > 0);
  return Seconds{(1 + up[1] / down[1] * (1 + up[2] / down[2])) / down[0]};
}

}  // namespace myoaxis
