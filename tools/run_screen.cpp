#include "tools/run_screen.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "core/clock.h"
#include "tools/progress.h"

namespace myoaxis {
namespace {

constexpr std::size_t kPointsKept = 30;
constexpr auto kLabelWidth = 10;  // of the first column

std::string time_text(double seconds) { return to_string(Tick{static_cast<std::int64_t>(seconds)}); }

std::string labeled(std::string const& label, std::string const& text) {
  return fmt::format("{:<{}}{}", label, kLabelWidth, text);
}

/// Of a quantity that can be compared by its ratio.
std::string change_in_percent(Level const& level) {
  if (!(std::abs(level.first) > 0) || !std::isfinite(level.now)) return "";
  return fmt::format("{:+.1f} %", 100 * (level.now / level.first - 1));
}

std::string blood_line(Level const& level, std::size_t name_width) {
  return fmt::format("  {:<{}}  {:>10.4g} {:<7} {:>9}", level.name, name_width, level.now, level.unit,
                     change_in_percent(level));
}

void add_blood(std::vector<std::string>& lines, std::vector<Level> const& blood) {
  if (blood.empty()) return;
  std::size_t width = 0;
  for (auto const& level : blood) width = std::max(width, level.name.size());
  lines.push_back("blood in the artery, and its change since the first row");
  for (auto const& level : blood) lines.push_back(blood_line(level, width));
}

template <class TextOf>
std::string joined_levels(std::span<Level const> levels, TextOf&& text_of) {
  std::string text;
  for (auto const& level : levels) text += (text.empty() ? "" : "   ") + text_of(level);
  return text;
}

/// In two lines, the first as long as the second or longer by one.
void add_cells(std::vector<std::string>& lines, std::vector<Level> const& cells) {
  auto const add = [&](char const* label, std::span<Level const> stages) {
    if (stages.empty()) return;
    lines.push_back(labeled(label, joined_levels(stages, [](Level const& stage) {
                              return fmt::format("{} {:.0f} ({:+.0f})", stage.name, stage.now,
                                                 stage.now - stage.first);
                            })));
  };
  auto const middle = (cells.size() + 1) / 2;
  add("cells", std::span{cells}.first(middle));
  add("", std::span{cells}.subspan(middle));
}

void add_spines(std::vector<std::string>& lines, std::string const& label, std::vector<Level> const& spines) {
  if (spines.empty()) return;
  lines.push_back(labeled(label, joined_levels(spines, [](Level const& state) {
                            return fmt::format("{} {:.4g}", state.name, state.now);
                          })));
}

std::string session_text(RunView const& view) {
  auto text = fmt::format("{} done, {} skipped", view.done, view.skipped);
  if (!view.session) return text;
  auto const& last = *view.session;
  text += fmt::format("; last: {}, {}, {}", last.mode, time_text(last.start), last.done ? "done" : "skipped");
  if (last.done) text += fmt::format(", {:.0f} %VO2max, exertion {:.1f}", last.intensity, last.exertion);
  return text;
}

std::string count_text(RunView const& view) {
  auto text = fmt::format("{}", *view.events);
  if (view.balances_close)
    text += *view.balances_close ? "; the ledger closes" : "; THE LEDGER DOES NOT CLOSE";
  return text;
}

}  // namespace

void Pace::see(double wall, double simulated) {
  if (!points_.empty() && points_.back().simulated == simulated) return;
  // A run that went back to its checkpoint begins anew.
  if (!points_.empty() && simulated < points_.back().simulated) points_.clear();
  if (points_.size() > 1) longest_pause_ = std::max(longest_pause_, wall - points_.back().wall);
  points_.push_back({wall, simulated});
  if (points_.size() > kPointsKept) points_.pop_front();
}

std::optional<double> Pace::speed() const {
  if (points_.size() < 2) return {};
  return (points_.back().simulated - points_.front().simulated) /
         (points_.back().wall - points_.front().wall);
}

std::string progress_line(RunView const& view, Pace const& pace) {
  auto line = view.status;
  if (!view.time) return line + "   no row yet";
  line += "   " + time_text(*view.time);
  if (!view.begin || !view.end) return line;
  auto const share = (*view.time - *view.begin) / (*view.end - *view.begin);
  line += fmt::format(" of {}   {:.1f} %", time_text(*view.end), 100 * share);
  if (view.status != "running") return line;
  auto const speed = pace.speed();
  if (!speed) return line;
  return line + fmt::format("   {:.3g} days/s   {} left", *speed / static_cast<double>(kDay),
                            clock_text((*view.end - *view.time) / *speed));
}

std::vector<std::string> screen_of(RunView const& view, Pace const& pace) {
  std::vector<std::string> lines{view.title, progress_line(view, pace), ""};
  lines.push_back(labeled("sessions", session_text(view)));
  if (!view.brain.empty()) {
    lines.push_back(labeled("brain", joined_levels(view.brain, [](Level const& level) {
                              return fmt::format("{} {:.3g} ({:+.3g})", level.name, level.now,
                                                 level.now - level.first);
                            })));
  }
  add_cells(lines, view.cells);
  add_spines(lines, "spines", view.old_spines);
  add_spines(lines, "  young", view.young_spines);
  if (view.events) lines.push_back(labeled("events", count_text(view)));
  lines.emplace_back();
  add_blood(lines, view.blood);
  return lines;
}

}  // namespace myoaxis
