#include "agents/assays/dilution_curve.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>

#include "core/contracts.h"

namespace myoaxis {
namespace {

constexpr double kUnread = std::numeric_limits<double>::quiet_NaN();

/// The straight line through ln c over part of the samples.
struct Downslope {
  std::size_t last;      // sample at which the tail begins
  double level;          // of the line there
  double rate_per_step;  // at which c falls, > 0
};

/// Least squares over the samples from `begin` to `end`.
Downslope fit_line(std::span<double const> c, std::size_t begin, std::size_t end) {
  double n = 0, x = 0, y = 0, xx = 0, xy = 0;
  for (auto i = begin; i <= end; ++i) {
    auto const step = static_cast<double>(i) - static_cast<double>(end);
    auto const log = std::log(c[i]);
    n += 1;
    x += step;
    y += log;
    xx += step * step;
    xy += step * log;
  }
  auto const slope = (n * xy - x * y) / (n * xx - x * x);
  return {end, std::exp((y - slope * x) / n), -slope};
}

/// The steepest line over any stretch below the beginning of the downslope in which c falls to kStretch.
std::optional<Downslope> fit_downslope(std::span<double const> c, std::size_t top) {
  std::optional<Downslope> steepest;
  auto end = top;
  for (auto begin = top; begin < c.size(); ++begin) {
    if (c[begin] > kDownslopeBegin * c[top]) continue;
    end = std::max(end, begin);
    while (end < c.size() && c[end] > kStretch * c[begin]) ++end;
    auto const last = std::max(end, begin + 2);
    if (last >= c.size()) break;
    auto const stretch = c.subspan(begin, last - begin + 1);
    if (!(*std::min_element(stretch.begin(), stretch.end()) > 0)) continue;
    auto const line = fit_line(c, begin, last);
    if (!(line.rate_per_step > 0)) continue;
    if (!steepest || line.rate_per_step > steepest->rate_per_step) steepest = line;
  }
  return steepest;
}

/// Integrals of c and of t c over one passage, t in samples.
struct Areas {
  double zeroth = 0, first = 0;
  double tail = 0;  // part of the zeroth that is extrapolated
};

Areas areas_of_passage(std::span<double const> c, Downslope const& downslope) {
  Areas areas;
  for (std::size_t i = 0; i < downslope.last; ++i) {
    auto const t = static_cast<double>(i);
    areas.zeroth += (c[i] + c[i + 1]) / 2;
    areas.first += t * (c[i] + c[i + 1]) / 2 + c[i] / 6 + c[i + 1] / 3;
  }
  areas.tail = downslope.level / downslope.rate_per_step;
  areas.zeroth += areas.tail;
  areas.first += areas.tail * (static_cast<double>(downslope.last) + 1 / downslope.rate_per_step);
  return areas;
}

/// Where the curve first reaches a level, in samples.
double first_reach(std::span<double const> c, double level) {
  std::size_t i = 0;
  while (c[i] < level) ++i;
  if (i == 0) return 0;
  return static_cast<double>(i) - (c[i] - level) / (c[i] - c[i - 1]);
}

/// The first sample after `begin` that none of its neighborhood `exceeds`, without looking back beyond
/// `begin`.
template <class Exceeds>
std::optional<std::size_t> extremum_after(std::span<double const> c, std::size_t begin, Exceeds exceeds) {
  for (auto i = begin + 1; i < c.size(); ++i) {
    auto const reach =
        std::max<std::size_t>(1, static_cast<std::size_t>(kNeighborhood * static_cast<double>(i)));
    if (i + reach >= c.size()) break;
    auto const around = c.subspan(std::max(begin, i - reach), i + reach + 1 - std::max(begin, i - reach));
    if (std::none_of(around.begin(), around.end(), [&](double other) { return exceeds(other, c[i]); }))
      return i;
  }
  return {};
}

/// The sample at which what comes round again is highest.
std::optional<std::size_t> recirculation_after(std::span<double const> c, std::size_t top) {
  auto const trough = extremum_after(c, top, std::less<double>{});
  return trough ? extremum_after(c, *trough, std::greater<double>{}) : std::nullopt;
}

}  // namespace

DilutionReading read_dilution_curve(std::span<double const> concentration, Seconds every, Kilograms dose) {
  EXPECTS(!concentration.empty() && every.value() > 0);
  auto const top = static_cast<std::size_t>(std::max_element(concentration.begin(), concentration.end()) -
                                            concentration.begin());
  auto const dt = every.value();
  Seconds const unread{kUnread};
  DilutionReading reading{CubicMetersPerSecond{kUnread}, unread, unread, unread, unread, Fraction{kUnread},
                          CubicMeters{kUnread},          unread};
  if (!(concentration[top] > 0)) return reading;
  reading.peak = Seconds{static_cast<double>(top) * dt};
  reading.appearance = Seconds{first_reach(concentration, kAppearance * concentration[top]) * dt};
  reading.volume = CubicMeters{dose.value() / concentration.back()};
  if (auto const again = recirculation_after(concentration, top)) {
    reading.recirculation = Seconds{static_cast<double>(*again) * dt};
    reading.recirculation_peak = Fraction{concentration[*again] / concentration[top]};
  }
  if (auto const downslope = fit_downslope(concentration, top)) {
    auto const areas = areas_of_passage(concentration, *downslope);
    if (areas.tail > kMostTail * areas.zeroth) return reading;
    reading.flow = CubicMetersPerSecond{dose.value() / (areas.zeroth * dt)};
    reading.mean_transit = Seconds{areas.first / areas.zeroth * dt};
    reading.circulation_time = Seconds{reading.volume.value() / reading.flow.value()};
  }
  return reading;
}

}  // namespace myoaxis
