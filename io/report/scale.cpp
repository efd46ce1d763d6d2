#include "io/report/scale.h"

#include <algorithm>
#include <cmath>

#include "core/contracts.h"
#include "io/report/numbers.h"

namespace myoaxis::report {
namespace {

/// The round number at or above `least`.
double round_step(double least) {
  auto const power = std::pow(10.0, std::floor(std::log10(least)));
  for (auto const factor : {1.0, 2.0, 5.0}) {
    if (least <= factor * power * (1 + 1e-9)) return factor * power;
  }
  return 10 * power;
}

double step_for(double span, int wanted) { return round_step(span / std::max(1, wanted)); }

}  // namespace

void Extent::add(double value) {
  if (!std::isfinite(value)) return;
  low = empty ? value : std::min(low, value);
  high = empty ? value : std::max(high, value);
  empty = false;
}

void Extent::add(Extent const& other) {
  if (other.empty) return;
  add(other.low);
  add(other.high);
}

std::string Ticks::text(double value) const {
  auto const largest = values.empty() ? 0 : std::max(std::abs(values.front()), std::abs(values.back()));
  if (largest > 0 && (largest < 1e-3 || largest >= 1e7)) return number_text(value, 2);
  return fixed_text(value, places);
}

Ticks ticks_within(double low, double high, int wanted) {
  EXPECTS(low < high);
  auto const step = step_for(high - low, wanted);
  Ticks ticks;
  ticks.places = std::clamp(static_cast<int>(-std::floor(std::log10(step) + 1e-9)), 0, 12);
  auto const first = std::ceil(low / step - 1e-6), last = std::floor(high / step + 1e-6);
  for (auto i = first; i <= last; ++i) ticks.values.push_back(i == 0 ? 0.0 : i * step);
  return ticks;
}

Extent axis_extent(Extent data, Zero zero, int wanted) {
  if (data.empty) return {0, 1, false};
  if (zero == Zero::included) data.add(0);
  if (zero == Zero::when_near && data.low > 0 && data.low < 0.5 * data.high) data.add(0);
  if (zero == Zero::when_near && data.high < 0 && data.high > 0.5 * data.low) data.add(0);
  auto const size = std::max(std::abs(data.low), std::abs(data.high));
  if (data.span() <= 1e-9 * size || data.span() == 0) {  // one value: some room around it
    auto const room = size > 0 ? 0.1 * size : 1;
    data.low = zero == Zero::included && data.low >= 0 ? 0 : data.low - room;
    data.high += room;
  }
  auto const step = step_for(data.span(), wanted);
  // Half a step is enough for the last tick to frame the data.
  auto const half = step / 2;
  return {std::floor(data.low / half + 1e-9) * half, std::ceil(data.high / half - 1e-9) * half, false};
}

Scale::Scale(double low, double high, double from, double to, Spacing spacing)
    : low_{low}, high_{high}, from_{from}, to_{to}, spacing_{spacing} {
  EXPECTS(low < high);
}

double Scale::spaced(double value) const {
  switch (spacing_) {
    case Spacing::logarithmic:
      return std::log10(value);
    case Spacing::arcsinh:
      return std::asinh(value);
    case Spacing::linear:
      break;
  }
  return value;
}

double Scale::operator()(double value) const {
  auto const share = (spaced(value) - spaced(low_)) / (spaced(high_) - spaced(low_));
  return from_ + share * (to_ - from_);
}

}  // namespace myoaxis::report
