#include "io/report/spread.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/statistics/quantile.h"

namespace myoaxis::report {
namespace {

Series const* find_series(RunRecord const& run, SeriesList list, std::string const& name) {
  auto const found = std::ranges::find(run.*list, name, &Series::name);
  return found == (run.*list).end() ? nullptr : &*found;
}

}  // namespace

Spread spread_of(std::vector<double> values) {
  std::erase_if(values, [](double value) { return std::isnan(value); });
  if (values.empty()) return {kUnknown, kUnknown, kUnknown, 0};
  std::ranges::sort(values);
  auto const n = values.size();
  auto const mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(n);
  if (n < kQuantilesFrom) return {mean, values.front(), values.back(), n};
  return {mean, quantile_of(values, 0.05), quantile_of(values, 0.95), n};
}

std::string band_text(StudyRecord const& study) {
  std::size_t most = 0;
  for (auto const& arm : study.arms) most = std::max(most, arm.runs.size());
  if (most < 2) return "a single subject has no band";
  return most < kQuantilesFrom
             ? "bands reach from the lowest to the highest subject"
             : "bands hold the middle 90 % of subjects (all, where an arm has fewer than 20)";
}

Curve curve_of(ArmRecord const& arm, SeriesList list, std::string const& name) {
  Curve curve{name, "", "", {}};
  std::vector<std::vector<double>> bins;
  for (auto const& run : arm.runs) {
    auto const* series = find_series(run, list, name);
    if (series == nullptr) continue;
    curve.unit = series->unit;
    curve.meaning = series->meaning;
    bins.resize(std::max(bins.size(), series->values.size()));
    for (std::size_t i = 0; i < series->values.size(); ++i) bins[i].push_back(series->values[i]);
  }
  for (auto& bin : bins) curve.points.push_back(spread_of(std::move(bin)));
  return curve;
}

std::vector<std::string> series_names(StudyRecord const& study, SeriesList list) {
  std::vector<std::string> names;
  for (auto const& arm : study.arms) {
    for (auto const& run : arm.runs) {
      for (auto const& series : run.*list) {
        if (std::ranges::find(names, series.name) == names.end()) names.push_back(series.name);
      }
    }
  }
  return names;
}

Series const* example_series(StudyRecord const& study, SeriesList list, std::string const& name) {
  for (auto const& arm : study.arms) {
    for (auto const& run : arm.runs) {
      if (auto const* series = find_series(run, list, name)) return series;
    }
  }
  return nullptr;
}

std::vector<double> outcome_values(ArmRecord const& arm, std::string const& name) {
  std::vector<double> values;
  for (auto const& run : arm.runs) {
    auto const found = run.outcomes.find(name);
    values.push_back(found == run.outcomes.end() ? kUnknown : found->second);
  }
  return values;
}

}  // namespace myoaxis::report
