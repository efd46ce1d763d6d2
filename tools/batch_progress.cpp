#include "tools/batch_progress.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdio>

#include "tools/seconds_since.h"
#include "tools/terminal.h"

namespace myoaxis {

void RunTimes::add(std::string const& kind, double seconds) {
  for (auto* sum : {&sums_[kind], &all_}) {
    sum->seconds += seconds;
    ++sum->runs;
  }
}

std::optional<double> RunTimes::expected(std::string const& kind) const {
  auto const found = sums_.find(kind);
  auto const& sum = found == sums_.end() ? all_ : found->second;
  if (sum.runs == 0) return {};
  return sum.seconds / static_cast<double>(sum.runs);
}

std::optional<double> seconds_left(BatchView const& view, RunTimes const& times) {
  double work = 0, longest = 0;
  for (auto const& run : view.running) {
    auto const expected = times.expected(run.kind);
    if (!expected) return {};
    auto const left = std::max(0.0, *expected - run.seconds);
    work += left;
    longest = std::max(longest, left);
  }
  for (auto const& [kind, number] : view.waiting) {
    auto const expected = times.expected(kind);
    if (!expected) return {};
    work += *expected * static_cast<double>(number);
  }
  return std::max(longest, work / static_cast<double>(std::max<std::size_t>(1, view.at_a_time)));
}

BatchProgress::BatchProgress(ProgressStyle style) : style_{style} {}

bool BatchProgress::is_due() const {
  if (style_ == ProgressStyle::none) return false;
  auto const pause = style_ == ProgressStyle::terminal ? 0.5 : 30.0;
  return seconds_since(shown_) >= pause;
}

void BatchProgress::update(BatchView const& view) {
  shown_ = Clock::now();
  auto const text = line(view);
  if (style_ == ProgressStyle::terminal)
    fmt::print(stderr, "\r{}\033[K", cut_text(text, std::max<std::size_t>(stderr_columns(), 2) - 1));
  else
    fmt::print(stderr, "{}\n", text);
  std::fflush(stderr);
}

void BatchProgress::note(std::string const& text) {
  auto const live = style_ == ProgressStyle::terminal;
  fmt::print(stderr, "{}{}{}\n", live ? "\r" : "", text, live ? "\033[K" : "");
  shown_ = {};
}

void BatchProgress::finish() {
  if (style_ == ProgressStyle::terminal) fmt::print(stderr, "\r\033[K");
}

std::string BatchProgress::line(BatchView const& view) const {
  auto text = fmt::format("{} of {} runs done", view.done, view.total);
  if (view.failed > 0) text += fmt::format(", {} failed", view.failed);
  auto const left = seconds_left(view, times_);
  text += left ? fmt::format("  {} left", clock_text(*left)) : std::string{"  time left not known yet"};
  for (auto const& run : view.running) text += fmt::format("  [{} {}]", run.label, clock_text(run.seconds));
  return text;
}

}  // namespace myoaxis
