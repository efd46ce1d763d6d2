#include "agents/muscle/transcription_response.h"

#include <catch2/catch.hpp>

using namespace myoaxis;

namespace {

constexpr Seconds kDelay{5400};

/// The chain by small midpoint steps; returns the mean of its last stage.
double transcription_twin(TranscriptionState& s, double activity, double seconds) {
  constexpr int steps = 20000;
  auto const h = seconds / steps;
  auto const k = 3 / kDelay.value();
  double sum = 0;
  for (int i = 0; i < steps; ++i) {
    TranscriptionState const half{s.first + h / 2 * k * (activity - s.first),
                                  s.second + h / 2 * k * (s.first - s.second),
                                  s.third + h / 2 * k * (s.second - s.third)};
    sum += half.third;
    s.first += h * k * (activity - half.first);
    s.second += h * k * (half.first - half.second);
    s.third += h * k * (half.second - half.third);
  }
  return sum / steps;
}

}  // namespace

TEST_CASE("the transcription chain and its mean agree with small steps", "[law]") {
  auto const activity = GENERATE(0.0, 0.7);
  auto const seconds = GENERATE(8.0, 600.0, 20000.0);
  TranscriptionState exact{0.3, 0.05, 0.6};
  auto slow = exact;
  auto const mean = advance_transcription(exact, activity, kDelay, Seconds{seconds});
  auto const slow_mean = transcription_twin(slow, activity, seconds);
  CAPTURE(activity, seconds);
  CHECK(mean == Approx(slow_mean).epsilon(1e-6));
  CHECK(exact.first == Approx(slow.first).epsilon(1e-6).margin(1e-9));
  CHECK(exact.second == Approx(slow.second).epsilon(1e-6).margin(1e-9));
  CHECK(exact.third == Approx(slow.third).epsilon(1e-6).margin(1e-9));
}

TEST_CASE("the response to a lasting activity is that activity", "[law]") {
  TranscriptionState state;
  advance_transcription(state, 0.4, kDelay, Seconds{1e6});
  CHECK(state.third == Approx(0.4).epsilon(1e-12));
  CHECK(advance_transcription(state, 0.4, kDelay, Seconds{10}) == Approx(0.4).epsilon(1e-12));
}

TEST_CASE("the response holds the integral of the activity", "[law][conservation]") {
  TranscriptionState state;
  auto total = 600 * advance_transcription(state, 0.8, kDelay, Seconds{600});
  for (int i = 0; i < 2000; ++i) total += 60 * advance_transcription(state, 0, kDelay, Seconds{60});
  CHECK(total == Approx(0.8 * 600).epsilon(1e-9));
}

TEST_CASE("the response to a short bout peaks after two thirds of the delay", "[law]") {
  TranscriptionState state;
  advance_transcription(state, 1, kDelay, Seconds{1});
  double highest = 0;
  int peak = 0;
  for (int second = 1; second < 10000; ++second) {
    advance_transcription(state, 0, kDelay, Seconds{1});
    if (state.third <= highest) continue;
    highest = state.third;
    peak = second;
  }
  CHECK(std::abs(peak - 3600) <= 2);
}

TEST_CASE("the mean response does not depend on how a stretch of activity is cut", "[law]") {
  TranscriptionState whole;
  TranscriptionState parts;
  auto const mean = advance_transcription(whole, 0.6, kDelay, Seconds{1024});
  double sum = 0;
  for (int i = 0; i < 128; ++i) sum += advance_transcription(parts, 0.6, kDelay, Seconds{8}) / 128;
  CHECK(sum == Approx(mean).epsilon(1e-9));
  CHECK(parts.third == Approx(whole.third).epsilon(1e-9));
}
