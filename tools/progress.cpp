#include "tools/progress.h"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace myoaxis {
namespace {

double seconds_between(std::chrono::steady_clock::time_point from, std::chrono::steady_clock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}

}  // namespace

std::string clock_text(double seconds) {
  auto const whole = static_cast<std::int64_t>(seconds + 0.5);
  if (whole >= kHour) return fmt::format("{} h {:02} min", whole / kHour, whole % kHour / kMinute);
  return fmt::format("{}:{:02}", whole / kMinute, whole % kMinute);
}

ProgressStyle progress_style(std::string const& choice) {
  if (choice == "never") return ProgressStyle::none;
  auto const terminal = isatty(STDERR_FILENO) != 0;
  if (choice == "always") return terminal ? ProgressStyle::terminal : ProgressStyle::lines;
  auto const plain = std::getenv("NO_COLOR") != nullptr || std::getenv("CI") != nullptr;
  return terminal && !plain ? ProgressStyle::terminal : ProgressStyle::lines;
}

Progress::Progress(ProgressStyle style, Tick now, Tick end, std::int64_t steps_before, std::int64_t steps)
    : style_{style},
      begin_{now},
      end_{end},
      steps_before_{steps_before},
      steps_{steps},
      start_{Clock::now()},
      shown_{start_} {}

void Progress::update(Tick now, std::int64_t steps_done) {
  if (style_ == ProgressStyle::none) return;
  auto const time = Clock::now();
  auto const pause = style_ == ProgressStyle::terminal ? 0.2 : 15.0;
  if (seconds_between(shown_, time) < pause) return;
  shown_ = time;
  auto const text = line(now, steps_done, seconds_between(start_, time));
  // Carriage return and "erase to the end of the line" renew the line in place.
  auto const live = style_ == ProgressStyle::terminal;
  fmt::print(stderr, "{}{}{}", live ? "\r" : "", text, live ? "\033[K" : "\n");
  std::fflush(stderr);
}

void Progress::finish() {
  if (style_ == ProgressStyle::terminal) fmt::print(stderr, "\r\033[K");
}

/// Time left is judged by steps, since a simulated day with a session costs more of them than one at rest.
std::string Progress::line(Tick now, std::int64_t steps_done, double seconds) const {
  auto const share = static_cast<double>(steps_done) / static_cast<double>(steps_);
  auto const done = static_cast<double>(steps_done - steps_before_);  // by this process
  auto const left = static_cast<double>(steps_ - steps_done);
  auto const days = static_cast<double>(now - begin_) / static_cast<double>(kDay);
  return fmt::format("{} of {}  {:3.0f} %  {:.1f} days/s  {} left", to_string(now), to_string(end_),
                     100 * share, days / seconds, clock_text(done > 0 ? seconds * left / done : 0));
}

}  // namespace myoaxis
