#include "io/report/binning.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/contracts.h"

namespace myoaxis::report {
TimeBins bins_along(double begin, double end) {
  auto const width = end - begin <= 22 * kDay ? kDay : 7 * kDay;
  auto const first = std::floor(begin / width), last = std::ceil(end / width);
  return {first * width, width, static_cast<std::size_t>(std::max(1.0, last - first))};
}

double begin_of_later_rows(double begin, std::span<double const> ends) {
  if (ends.empty()) return begin;
  auto const length = ends.size() > 1 ? ends[1] - ends[0] : kDay;
  return std::max(begin, ends[0] - length);
}

BinnedMeans::BinnedMeans(TimeBins bins, BinMethod method)
    : bins_{bins}, method_{method}, sums_(bins.count, 0), weights_(bins.count, 0) {}

void BinnedMeans::add(double from, double to, double value) {
  if (!std::isfinite(value) || !(to > from)) return;
  auto const last_bin = static_cast<double>(bins_.count) - 1;
  auto const first = std::max(0.0, std::floor((from - bins_.first) / bins_.width));
  for (auto i = first; i <= last_bin; ++i) {
    auto const low = bins_.first + i * bins_.width;
    auto const overlap = std::min(to, low + bins_.width) - std::max(from, low);
    if (overlap <= 0) break;
    auto const bin = static_cast<std::size_t>(i);
    if (method_ == BinMethod::mean)
      sums_[bin] += overlap * value;
    else
      sums_[bin] = weights_[bin] == 0 ? value : std::max(sums_[bin], value);
    weights_[bin] += overlap;
  }
}

std::vector<double> BinnedMeans::values() const {
  std::vector<double> values(bins_.count, std::numeric_limits<double>::quiet_NaN());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (weights_[i] == 0) continue;
    values[i] = method_ == BinMethod::mean ? sums_[i] / weights_[i] : sums_[i];
  }
  return values;
}

std::vector<double> binned(TimeBins const& bins, double begin, std::span<double const> ends,
                           std::span<double const> values, BinMethod method) {
  EXPECTS(ends.size() == values.size());
  BinnedMeans means{bins, method};
  for (std::size_t i = 0; i < ends.size(); ++i) means.add(i == 0 ? begin : ends[i - 1], ends[i], values[i]);
  return means.values();
}

std::vector<double> binned_around(TimeBins const& bins, std::span<double const> starts, double begin,
                                  std::span<double const> ends, std::span<double const> values) {
  EXPECTS(ends.size() == values.size());
  BinnedMeans means{bins, BinMethod::mean};
  auto const length = bins.width * static_cast<double>(bins.count);
  for (auto const start : starts) {
    auto const from = start + bins.first;
    auto i = static_cast<std::size_t>(std::upper_bound(ends.begin(), ends.end(), from) - ends.begin());
    for (; i < ends.size(); ++i) {
      auto const row_begin = i == 0 ? begin : ends[i - 1];
      if (row_begin >= from + length) break;
      means.add(row_begin - start, ends[i] - start, values[i]);
    }
  }
  return means.values();
}

}  // namespace myoaxis::report
