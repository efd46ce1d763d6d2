/// Rows of a results file, each valid over the interval before its time, as means over equal stretches.
#pragma once

#include <span>
#include <vector>

#include "io/report/study_data.h"

namespace myoaxis::report {

/// Bins of a day for a run of up to 22 days, else of a week; they begin at a whole number of bins from day 0.
TimeBins bins_along(double begin, double end);

/// Where the rows of a run begin that sets out from a saved state: one row before the end of the first one.
/// What was before stands in the file of the run that saved the state. `begin`: of the experiment.
double begin_of_later_rows(double begin, std::span<double const> ends);

enum class BinMethod { mean, maximum };

/// Puts intervals with a value into bins, weighted by how much of the interval lies in each.
class BinnedMeans {
 public:
  BinnedMeans(TimeBins bins, BinMethod method);
  /// The value held from `from` to `to`; NaN does not count.
  void add(double from, double to, double value);
  /// NaN where nothing was put.
  std::vector<double> values() const;

 private:
  TimeBins bins_;
  BinMethod method_;
  std::vector<double> sums_, weights_;
};

/// `values[i]` held from ends[i - 1] (the first: from `begin`) to ends[i].
std::vector<double> binned(TimeBins const& bins, double begin, std::span<double const> ends,
                           std::span<double const> values, BinMethod method = BinMethod::mean);

/// The same relative to each of `starts`, pooled: what happens around a repeated event.
std::vector<double> binned_around(TimeBins const& bins, std::span<double const> starts, double begin,
                                  std::span<double const> ends, std::span<double const> values);

}  // namespace myoaxis::report
