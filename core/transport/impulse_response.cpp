#include "core/transport/impulse_response.h"

#include <Eigen/SparseCore>
#include <Eigen/SparseLU>
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>

#include "core/contracts.h"

namespace myoaxis {
namespace {

/// A vector of contents that jumps along the uniformized chain, cells only: what enters a sink is gone.
class JumpChain {
 public:
  explicit JumpChain(Generator const& generator) : stay_(generator.layout().cells(), 1.0) {
    auto const exit = generator.exit_rates();
    rate_ = std::max(std::numeric_limits<double>::min(), *std::max_element(exit.begin(), exit.end()));
    for (std::size_t i = 0; i < exit.size(); ++i) stay_[i] = 1 - exit[i] / rate_;
    for (auto const& rate : generator.rates()) {
      if (rate.to < stay_.size()) jumps_.push_back({rate.from, rate.to, rate.per_second / rate_});
    }
  }

  double rate() const { return rate_; }

  void jump(std::vector<double> const& from, std::vector<double>& to) const {
    for (std::size_t i = 0; i < stay_.size(); ++i) to[i] = stay_[i] * from[i];
    for (auto const& jump : jumps_) to[jump.to] += jump.per_second * from[jump.from];
  }

 private:
  double rate_;
  std::vector<double> stay_;
  std::vector<Generator::Rate> jumps_;  // per jump, not per second
};

/// Poisson probabilities of a mean up to kMostJumps, until what is left is below the last bit.
std::vector<double> poisson_weights(double mean) {
  std::vector<double> weights{std::exp(-mean)};
  auto sum = weights.back();
  for (std::size_t k = 1; static_cast<double>(k) < mean || 1 - sum > 1e-17; ++k) {
    weights.push_back(weights.back() * mean / static_cast<double>(k));
    sum += weights.back();
    if (static_cast<double>(k) > mean && weights.back() < 1e-18) break;
  }
  for (auto& weight : weights) weight /= sum;
  return weights;
}

}  // namespace

void follow_content(Generator const& generator, std::span<double const> start, Seconds every,
                    std::size_t number, std::function<void(std::span<double const>)> const& see) {
  constexpr double most_jumps = 8;  // in the mean of a sub-step: exp(-8) is far from underflow
  EXPECTS(start.size() == generator.layout().cells() && every.value() > 0);
  JumpChain const chain{generator};
  auto const jumps = chain.rate() * every.value();
  auto const parts = std::max(1.0, std::ceil(jumps / most_jumps));
  auto const weights = poisson_weights(jumps / parts);
  std::vector<double> content{start.begin(), start.end()};
  std::vector<double> power(content.size()), next(content.size()), sum(content.size());
  for (std::size_t i = 0; i < number; ++i) {
    see(content);
    if (i + 1 == number) break;
    for (double part = 0; part < parts; ++part) {
      power = content;
      std::fill(sum.begin(), sum.end(), 0.0);
      for (auto const weight : weights) {
        for (std::size_t cell = 0; cell < sum.size(); ++cell) sum[cell] += weight * power[cell];
        chain.jump(power, next);
        power.swap(next);
      }
      content = sum;
    }
  }
}

namespace {

using KindOf = std::function<StepKind(Generator::Rate const&)>;

/// The cells that lie on some way from the start to an arrival, as a linear system.
class PassageSystem {
 public:
  PassageSystem(Generator const& generator, std::span<double const> start, KindOf const& kind_of)
      : cells_{generator.layout().cells()}, exit_{generator.exit_rates()}, arriving_(cells_, 0.0) {
    for (auto const& rate : generator.rates()) {
      auto const kind = kind_of(rate);
      if (kind == StepKind::arrival) arriving_[rate.from] += rate.per_second;
      if (kind == StepKind::onward && rate.to < cells_) onward_.push_back(rate);
    }
    choose_cells(start);
  }

  bool empty() const { return chosen_.empty(); }

  /// Sums over the start of the probability of arrival and of the first two moments of its time.
  struct Moments {
    double zeroth, first, second;
  };
  Moments moments(std::span<double const> start) const {
    auto const n = static_cast<Eigen::Index>(chosen_.size());
    std::vector<Eigen::Triplet<double>> entries;
    Eigen::VectorXd weight{n}, rest{n};
    for (Eigen::Index i = 0; i < n; ++i) {
      auto const cell = chosen_[static_cast<std::size_t>(i)];
      entries.emplace_back(static_cast<int>(i), static_cast<int>(i), exit_[cell]);
      rest[i] = arriving_[cell];
      weight[i] = start[cell];
    }
    for (auto const& rate : onward_) {
      if (row_[rate.from] && row_[rate.to])
        entries.emplace_back(*row_[rate.from], *row_[rate.to], -rate.per_second);
    }
    Eigen::SparseMatrix<double> system{n, n};
    system.setFromTriplets(entries.begin(), entries.end());
    Eigen::SparseLU<Eigen::SparseMatrix<double>> const solver{system};
    if (solver.info() != Eigen::Success) {
      throw std::runtime_error{"the times of passage through the transport graph cannot be solved for"};
    }
    Eigen::VectorXd const zeroth = solver.solve(rest);
    Eigen::VectorXd const first = solver.solve(zeroth);
    Eigen::VectorXd const second = solver.solve(first);
    return {weight.dot(zeroth), weight.dot(first), 2 * weight.dot(second)};
  }

 private:
  /// Marks what can be reached along `onward_` from the marked cells, forwards or backwards.
  enum class Direction { forward, backward };
  void spread(std::vector<bool>& marked, Direction direction) const {
    for (bool changed = true; changed;) {
      changed = false;
      for (auto const& rate : onward_) {
        auto const from = direction == Direction::forward ? rate.from : rate.to;
        auto const to = direction == Direction::forward ? rate.to : rate.from;
        if (!marked[from] || marked[to]) continue;
        marked[to] = true;
        changed = true;
      }
    }
  }

  void choose_cells(std::span<double const> start) {
    std::vector<bool> reached(cells_), arrives(cells_);
    for (std::size_t i = 0; i < cells_; ++i) {
      reached[i] = start[i] > 0;
      arrives[i] = arriving_[i] > 0;
    }
    spread(reached, Direction::forward);
    spread(arrives, Direction::backward);
    row_.resize(cells_);
    for (std::size_t i = 0; i < cells_; ++i) {
      if (!reached[i] || !arrives[i]) continue;
      row_[i] = static_cast<int>(chosen_.size());
      chosen_.push_back(i);
    }
  }

  std::size_t cells_;
  std::vector<double> exit_;
  std::vector<double> arriving_;  // rate of arrival from each cell
  std::vector<Generator::Rate> onward_;
  std::vector<std::optional<int>> row_;  // of a cell in the system
  std::vector<std::size_t> chosen_;
};

}  // namespace

Seconds Passage::deviation() const { return Seconds{std::sqrt(variance)}; }

Passage first_passage(Generator const& generator, std::span<double const> start, KindOf const& kind_of) {
  EXPECTS(start.size() == generator.layout().cells());
  PassageSystem const system{generator, start, kind_of};
  if (system.empty()) throw std::runtime_error{"no way of the transport graph leads from start to arrival"};
  auto const [zeroth, first, second] = system.moments(start);
  double weight = 0;
  for (auto const share : start) weight += share;
  auto const mean = first / zeroth;
  return {zeroth / weight, Seconds{mean}, std::max(0.0, second / zeroth - mean * mean)};
}

Passage passage_between(Generator const& generator, CellId from, CellId to) {
  auto const target = generator.layout().place(to);
  std::vector<double> start(generator.layout().cells(), 0.0);
  start[from.index()] = 1;
  return first_passage(generator, start, [target](Generator::Rate const& rate) {
    return rate.to == target ? StepKind::arrival : StepKind::onward;
  });
}

Passage first_return(Generator const& generator, CellId cell) {
  return passage_between(generator, cell, cell);
}

}  // namespace myoaxis
