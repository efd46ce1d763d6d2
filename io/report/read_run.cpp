#include "io/report/read_run.h"

#include <algorithm>
#include <cmath>

#include "io/hdf5/reader.h"
#include "io/report/binning.h"
#include "io/report/read_parts.h"

namespace myoaxis::report {
namespace {

std::vector<double> starts_of_done(std::vector<SessionRecord> const& sessions) {
  std::vector<double> starts;
  for (auto const& session : sessions) {
    if (session.done) starts.push_back(session.start);
  }
  return starts;
}

double median(std::vector<double> values) {
  auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Column `column` of a table with `columns` of them.
std::vector<double> column_of(std::vector<double> const& table, std::size_t columns, std::size_t column) {
  std::vector<double> values;
  for (auto i = column; i < table.size(); i += columns) values.push_back(table[i]);
  return values;
}

/// All data sets of a group that have one value a time, or one a time and name.
class Rows {
 public:
  Rows(H5Reader const& file, std::string group, RunRecord const& run)
      : file_{file}, group_{std::move(group)}, begin_{run.begin} {
    if (!file.has(group_)) return;
    datasets_ = file.datasets(group_);
    times_ = file.read_doubles(group_ + "/time");
    if (run.sets_out_from_state) begin_ = begin_of_later_rows(run.begin, times_);
  }

  bool empty() const { return times_.empty(); }
  double begin() const { return begin_; }
  std::vector<DatasetInfo> const& datasets() const { return datasets_; }
  std::vector<double> const& times() const { return times_; }
  std::vector<double> values(std::string const& name) const {
    return file_.read_doubles(group_ + "/" + name);
  }
  std::vector<std::string> names(std::string const& scale) const {
    return file_.read_texts(group_ + "/" + scale);
  }
  BinMethod method(std::string const& name) const {
    auto const methods = file_.text_attribute(group_ + "/" + name, "cell_methods").value_or("");
    return methods.find("maximum") == methods.npos ? BinMethod::mean : BinMethod::maximum;
  }
  Series series(DatasetInfo const& data, TimeBins const& bins, std::vector<double> const& values) const {
    return {data.name, data.unit, data.long_name, binned(bins, begin_, times_, values, method(data.name))};
  }

 private:
  H5Reader const& file_;
  std::string group_;
  double begin_;
  std::vector<DatasetInfo> datasets_;
  std::vector<double> times_;
};

bool is_along(DatasetInfo const& data, std::vector<std::string> const& dims) {
  return !data.is_scale && !data.is_text && data.dims == dims;
}

std::size_t place_of(std::vector<std::string> const& names, std::string const& name) {
  auto const found = std::ranges::find(names, name);
  return found == names.end() ? 0 : static_cast<std::size_t>(found - names.begin());
}

void read_blood(H5Reader const& file, TimeBins const& bins, TimeBins const& around, RunRecord& run) {
  Rows const rows{file, "blood", run};
  if (rows.empty()) return;
  auto const sites = rows.names("site");
  auto const artery = place_of(sites, "artery");
  auto const starts = starts_of_done(run.sessions);
  for (auto const& data : rows.datasets()) {
    if (!is_along(data, {"time", "site"})) continue;
    auto const values = column_of(rows.values(data.name), sites.size(), artery);
    run.blood.push_back(rows.series(data, bins, values));
    if (around.count == 0 || starts.empty()) continue;
    run.around_session.push_back({data.name, data.unit, data.long_name,
                                  binned_around(around, starts, rows.begin(), rows.times(), values)});
  }
}

void read_muscle(H5Reader const& file, TimeBins const& bins, RunRecord& run) {
  Rows const rows{file, "muscle", run};
  if (rows.empty()) return;
  auto const muscles = rows.names("muscle");
  for (auto const& data : rows.datasets()) {
    if (!is_along(data, {"time", "muscle"}) || data.name.starts_with("secretion_")) continue;
    auto const values = rows.values(data.name);
    for (std::size_t i = 0; i < muscles.size(); ++i) {
      auto series = rows.series(data, bins, column_of(values, muscles.size(), i));
      if (muscles.size() > 1) series.meaning += ", " + muscles[i];
      run.muscle.push_back(std::move(series));
    }
  }
}

void read_brain(H5Reader const& file, TimeBins const& bins, RunRecord& run) {
  Rows const rows{file, "brain", run};
  if (rows.empty()) return;
  for (auto const& data : rows.datasets()) {
    if (is_along(data, {"time"})) run.brain.push_back(rows.series(data, bins, rows.values(data.name)));
  }
}

/// The value of the last row that ends at or before `time`; of the first row, when none does.
double value_at(std::vector<double> const& times, std::vector<double> const& values, double time) {
  auto const after = std::upper_bound(times.begin(), times.end(), time + 1) - times.begin();
  return values.empty() ? kUnknown : values[static_cast<std::size_t>(std::max<std::ptrdiff_t>(after, 1) - 1)];
}

double sum_from(std::vector<double> const& times, std::vector<double> const& values, double time) {
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) sum += times[i] > time + 1 ? values[i] : 0;
  return sum;
}

void read_stages(Rows const& rows, TimeBins const& bins, RunRecord& run) {
  auto const stages = rows.names("stage");
  auto const cells = rows.values("cells"), births = rows.values("births"), deaths = rows.values("deaths");
  auto const found = std::ranges::find(rows.datasets(), "cells", &DatasetInfo::name);
  for (std::size_t i = 0; i < stages.size(); ++i) {
    auto const column = [&](auto const& table) { return column_of(table, stages.size(), i); };
    auto const number = column(cells);
    run.stages.push_back({stages[i], value_at(rows.times(), number, 0), number.back(),
                          sum_from(rows.times(), column(births), 0),
                          sum_from(rows.times(), column(deaths), 0)});
    auto series = rows.series(*found, bins, number);
    series.name = stages[i];
    run.cells.push_back(std::move(series));
  }
}

void read_spines(Rows const& rows, DatasetInfo const& data, TimeBins const& bins, RunRecord& run) {
  auto const kinds = rows.names("granule_cell"), states = rows.names("spine_state");
  auto const values = rows.values(data.name);
  for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
    for (std::size_t state = 0; state < states.size(); ++state) {
      auto series = rows.series(
          data, bins, column_of(values, kinds.size() * states.size(), kind * states.size() + state));
      series.name = kinds[kind] + ":" + states[state];
      run.spines.push_back(std::move(series));
    }
  }
}

void read_hippocampus(H5Reader const& file, TimeBins const& bins, RunRecord& run) {
  Rows const rows{file, "hippocampus", run};
  if (rows.empty()) return;
  read_stages(rows, bins, run);
  for (auto const& data : rows.datasets()) {
    if (is_along(data, {"time", "granule_cell", "spine_state"})) read_spines(rows, data, bins, run);
    if (!is_along(data, {"time"})) continue;
    auto& list = data.name.ends_with("_content")          ? run.contents
                 : data.name.ends_with("_occupancy_fold") ? run.folds
                                                          : run.read_outs;
    list.push_back(rows.series(data, bins, rows.values(data.name)));
  }
}

/// What was trained in each bin.
void add_training(TimeBins const& bins, RunRecord& run) {
  if (run.sessions.empty()) return;
  std::vector<double> hours(bins.count, 0);
  BinnedMeans intensity{bins, BinMethod::mean}, exertion{bins, BinMethod::mean}, share{bins, BinMethod::mean};
  for (auto const& session : run.sessions) {
    share.add(session.start, session.start + 1, session.done ? 100 : 0);
    if (!session.done) continue;
    intensity.add(session.start, session.start + 1, session.intensity);
    exertion.add(session.start, session.start + 1, session.exertion);
    auto const bin = std::floor((session.start - bins.first) / bins.width);
    if (bin >= 0 && bin < static_cast<double>(bins.count))
      hours[static_cast<std::size_t>(bin)] += session.work / 3600;
  }
  run.training = {{"hours", "h", "time under load", std::move(hours)},
                  {"intensity", "%VO2max", "mean oxygen uptake under load", intensity.values()},
                  {"exertion", "Borg 6 to 20", "highest perceived exertion of a session", exertion.values()},
                  {"done", "%", "share of the planned sessions that were done", share.values()}};
}

}  // namespace

RunTimes read_run_times(std::string const& path) {
  auto const file = H5Reader::open(path);
  RunTimes times{
      file.number_attribute("/", "begin").value_or(0), 0, file.number_attribute("/", "end").value_or(0), {}};
  times.rows_begin = times.begin;
  if (!file.has("blood")) return times;
  auto const ends = file.read_doubles("blood/time");
  if (sets_out_from_state(file)) times.rows_begin = begin_of_later_rows(times.begin, ends);
  auto const sessions = read_sessions(file);
  std::vector<double> lengths;
  for (auto const& session : sessions) {
    if (!session.done) continue;
    auto i =
        static_cast<std::size_t>(std::upper_bound(ends.begin(), ends.end(), session.start) - ends.begin());
    for (; i < ends.size() && (i == 0 || ends[i - 1] < session.end); ++i)
      lengths.push_back(ends[i] - (i == 0 ? times.rows_begin : ends[i - 1]));
  }
  if (!lengths.empty()) times.row_length_in_session = median(std::move(lengths));
  return times;
}

RunRecord read_run_record(std::string const& path, TimeBins const& bins, TimeBins const& around) {
  auto const file = H5Reader::open(path);
  RunRecord run;
  run.path = path;
  read_identity(file, run);
  run.sessions = read_sessions(file);
  add_training(bins, run);
  read_blood(file, bins, around, run);
  read_muscle(file, bins, run);
  read_brain(file, bins, run);
  read_hippocampus(file, bins, run);
  read_origins(file, run);
  read_occupancies(file, run);
  return run;
}

}  // namespace myoaxis::report
