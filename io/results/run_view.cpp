#include "io/results/run_view.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace myoaxis {
namespace {

/// One group and the rows that all its data sets along the growing scale have: those of a file that is being
/// written may differ by what came since the first was looked at.
class GroupRows {
 public:
  GroupRows(H5Reader const& file, std::string group, std::string const& scale)
      : file_{file}, group_{std::move(group)} {
    if (!file.has(group_)) return;
    for (auto& data : file.datasets(group_)) {
      if (data.dims.empty() || data.dims.front() != scale) continue;
      number_ = along_.empty() ? data.shape.front() : std::min(number_, data.shape.front());
      along_.push_back(std::move(data));
    }
  }

  std::uint64_t number() const { return number_; }
  bool empty() const { return number_ == 0; }
  std::vector<DatasetInfo> const& datasets() const { return along_; }

  bool has(std::string const& name) const {
    return std::ranges::any_of(along_, [&](DatasetInfo const& data) { return data.name == name; });
  }
  std::vector<double> newest(std::string const& name) const {
    return file_.read_row(path(name), number_ - 1);
  }
  /// Value number `column` of the first and the newest row.
  Level level(DatasetInfo const& data, std::string name, std::size_t column) const {
    return {std::move(name), data.unit, file_.read_row(path(data.name), 0).at(column),
            newest(data.name).at(column)};
  }
  std::vector<std::int64_t> newest_integers(std::string const& name) const {
    return file_.read_integer_row(path(name), number_ - 1);
  }
  std::vector<std::string> names(std::string const& scale) const { return file_.read_texts(path(scale)); }
  std::string path(std::string const& name) const { return group_ + "/" + name; }
  H5Reader const& file() const { return file_; }

 private:
  H5Reader const& file_;
  std::string group_;
  std::uint64_t number_ = 0;
  std::vector<DatasetInfo> along_ = {};
};

std::vector<Level> view_blood(H5Reader const& file) {
  GroupRows const rows{file, "blood", "time"};
  std::vector<Level> levels;
  if (rows.empty()) return levels;
  auto const sites = rows.names("site");
  auto const artery = std::find(sites.begin(), sites.end(), "artery") - sites.begin();
  for (auto const& data : rows.datasets()) {
    if (!data.is_scale) levels.push_back(rows.level(data, data.name, static_cast<std::size_t>(artery)));
  }
  return levels;
}

void view_hippocampus(H5Reader const& file, RunView& view) {
  GroupRows const rows{file, "hippocampus", "time"};
  if (rows.empty()) return;
  for (auto const& data : rows.datasets()) {
    if (data.name == "cells") {
      for (auto const& stage : rows.names("stage")) {
        view.cells.push_back(rows.level(data, stage, view.cells.size()));
      }
    } else if (data.name == "spines") {
      auto const states = rows.names("spine_state");
      for (std::size_t i = 0; i < states.size(); ++i) {
        view.old_spines.push_back(rows.level(data, states[i], i));
        auto const young = rows.level(data, states[i], states.size() + i);
        if (std::isfinite(young.now)) view.young_spines.push_back(young);
      }
    }
  }
}

std::vector<Level> view_brain(H5Reader const& file) {
  GroupRows const rows{file, "brain", "time"};
  std::vector<Level> levels;
  if (rows.empty()) return levels;
  for (auto const* name : {"mood", "drive", "perceived_exertion"}) {
    auto const found = std::ranges::find(rows.datasets(), name, &DatasetInfo::name);
    if (found != rows.datasets().end()) levels.push_back(rows.level(*found, name, 0));
  }
  return levels;
}

std::string meaning_of_code(GroupRows const& rows, std::string const& name, double code) {
  std::istringstream meanings{rows.file().text_attribute(rows.path(name), "flag_meanings").value_or("")};
  std::string meaning;
  for (auto i = 0; i <= static_cast<int>(code); ++i) meanings >> meaning;
  return meaning;
}

void view_sessions(H5Reader const& file, RunView& view) {
  GroupRows const rows{file, "sessions", "session"};
  if (rows.empty()) return;
  auto done = file.read_integers(rows.path("done"));
  done.resize(rows.number());
  view.done = static_cast<std::uint64_t>(std::ranges::count(done, 1));
  view.skipped = rows.number() - view.done;
  auto const newest = [&](char const* name) { return rows.newest(name).at(0); };
  view.session = SessionView{meaning_of_code(rows, "mode", newest("mode")), newest("start"), done.back() == 1,
                             newest("intensity"), newest("perceived_exertion")};
}

/// Integers close exactly; amounts of fields within what their propagators' rounding may add up to.
std::optional<bool> view_balances(H5Reader const& file) {
  std::optional<bool> close;
  if (GroupRows const rows{file, "ledger", "time"}; !rows.empty()) {
    close = true;
    auto sum = rows.newest_integers("initial");
    auto const add = [&](char const* name, std::int64_t sign) {
      auto const term = rows.newest_integers(name);
      for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += sign * term.at(i);
    };
    add("released", 1);
    add("injected", 1);
    add("cleared", -1);
    add("carried", -1);
    if (std::ranges::any_of(sum, [](std::int64_t rest) { return rest != 0; })) close = false;
  }
  if (GroupRows const rows{file, "ledger_fields", "time"}; !rows.empty()) {
    constexpr double tolerance = 1e-9;  // of what went through
    auto const initial = rows.newest("initial"), released = rows.newest("released"),
               injected = rows.newest("injected"), cleared = rows.newest("cleared"),
               carried = rows.newest("carried");
    for (std::size_t i = 0; i < initial.size(); ++i) {
      auto const in = initial[i] + released.at(i) + injected.at(i);
      auto const off = std::abs(in - cleared.at(i) - carried.at(i));
      close = close.value_or(true) && off <= tolerance * (std::abs(in) + std::abs(cleared[i]));
    }
  }
  return close;
}

}  // namespace

std::optional<double> newest_time(H5Reader const& file) {
  std::optional<double> time;
  for (auto const* group : {"blood", "brain", "hippocampus"}) {
    GroupRows const rows{file, group, "time"};
    if (!rows.empty()) time = std::max(rows.newest("time").at(0), time.value_or(-HUGE_VAL));
  }
  return time;
}

RunView view_run(H5Reader const& file) {
  RunView view;
  view.title = file.text_attribute("/", "title").value_or("");
  view.status = file.text_attribute("/", "status").value_or("");
  view.begin = file.number_attribute("/", "begin");
  view.end = file.number_attribute("/", "end");
  // A run that goes on has the time at which it was stopped before.
  if (view.status != "running") view.time = file.number_attribute("/", "time");
  if (!view.time) view.time = newest_time(file);
  view.blood = view_blood(file);
  view_hippocampus(file, view);
  view.brain = view_brain(file);
  view_sessions(file, view);
  if (file.has("events/event")) view.events = file.size("events/event");
  view.balances_close = view_balances(file);
  return view;
}

}  // namespace myoaxis
