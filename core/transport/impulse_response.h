/// What becomes of a bolus: the content of cells from instant to instant after it, and how long its quanta
/// take from one place to another.
///
/// The content is x(t) = x(0) exp(Q t), the action of the generator on one vector: no propagator is made, so
/// instants may lie closer than a second, as they must in a mouse, whose blood comes round in eight. The
/// times are moments of first passages, exact solutions of sparse linear systems.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "core/transport/graph.h"

namespace myoaxis {

/// Calls `see(content)` with the content of all cells (amount, one entry a cell) at times 0, `every`,
/// 2 `every`, ... after the state `start`; `number` times in all.
///
/// By uniformization over sub-steps h with L h <= 8, L the largest exit rate:
/// x(t + h) = sum_k Poisson(k; L h) x(t) (I + Q/L)^k. All terms are non-negative: nothing cancels.
void follow_content(Generator const& generator, std::span<double const> start, Seconds every,
                    std::size_t number, std::function<void(std::span<double const>)> const& see);

/// What a step along a rate of the graph is to a quantum under way.
enum class StepKind {
  onward,   // it goes on
  arrival,  // it is where it was to go
  loss,     // it will not arrive: its way is cut
};

/// Time from the start to the arrival, over the quanta that arrive; a step into a sink that is no arrival is
/// a loss.
struct Passage {
  double probability = 0;  // of arriving at all
  Seconds mean;
  double variance = 0;  // s^2

  Seconds deviation() const;
  /// Standard deviation over mean.
  double relative_dispersion() const { return deviation().value() / mean.value(); }
};

/// Passage of a quantum that starts in one of the cells with the weights `start` (one entry a cell, not
/// negative). With A the cells on a way to an arrival, w = (-Q_AA)^-1 (rate of arrival), then
///
///     p = start . w,   p E[T] = start . (-Q_AA)^-1 w,   p E[T^2] = 2 start . (-Q_AA)^-2 w
///
/// Throws std::runtime_error when no way leads from the start to an arrival.
Passage first_passage(Generator const& generator, std::span<double const> start,
                      std::function<StepKind(Generator::Rate const&)> const& kind_of);

/// Passage from entering the cell `from` to entering the cell `to`.
Passage passage_between(Generator const& generator, CellId from, CellId to);

/// Passage from entering the cell to entering it again. Where all of a closed loop's flow Q passes the cell,
/// its mean is V / Q, V the volume of the loop, however it branches.
Passage first_return(Generator const& generator, CellId cell);

}  // namespace myoaxis
