#include "core/hemodynamics/anderson.h"

#include <Eigen/QR>

#include "core/contracts.h"

namespace myoaxis {
namespace {

std::vector<double> difference(std::vector<double> const& a, std::vector<double> const& b) {
  std::vector<double> result(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) result[i] = a[i] - b[i];
  return result;
}

}  // namespace

void Anderson::step(std::vector<double>& state, std::vector<double> const& change) {
  EXPECTS(state.size() == change.size());
  if (!last_state_.empty()) {
    state_steps_.push_back(difference(state, last_state_));
    change_steps_.push_back(difference(change, last_change_));
    if (state_steps_.size() > depth_) {
      state_steps_.pop_front();
      change_steps_.pop_front();
    }
  }
  last_state_ = state;
  last_change_ = change;
  auto const rows = static_cast<Eigen::Index>(state.size());
  auto const columns = static_cast<Eigen::Index>(change_steps_.size());
  Eigen::VectorXd weights;
  if (columns > 0) {
    Eigen::MatrixXd steps(rows, columns);
    for (Eigen::Index column = 0; column < columns; ++column) {
      auto const& values = change_steps_[static_cast<std::size_t>(column)];
      steps.col(column) = Eigen::Map<Eigen::VectorXd const>(values.data(), rows);
    }
    Eigen::Map<Eigen::VectorXd const> const wanted(change.data(), rows);
    weights = steps.colPivHouseholderQr().solve(wanted);
  }
  for (std::size_t i = 0; i < state.size(); ++i) {
    auto next = state[i] + share_ * change[i];
    for (std::size_t k = 0; k < state_steps_.size(); ++k) {
      next -= weights[static_cast<Eigen::Index>(k)] * (state_steps_[k][i] + share_ * change_steps_[k][i]);
    }
    state[i] = next;
  }
}

}  // namespace myoaxis
