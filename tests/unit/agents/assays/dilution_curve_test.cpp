#include "agents/assays/dilution_curve.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "core/distributions.h"

using namespace myoaxis;

namespace {

constexpr double kFlow = 90e-6;  // m^3/s
constexpr double kDose = 5e-6;   // kg
constexpr double kRate = 0.4;    // s^-1, of each of the stages that the bolus passes
constexpr double kStagesPassed = 4;
constexpr double kVolume = 5e-3;  // m^3, of all blood

/// The first passage through well-mixed stages, and from `return_after` on a level of what has come round.
std::vector<double> curve(double every, std::size_t samples, double return_after, double flow = kFlow) {
  std::vector<double> curve;
  for (std::size_t i = 0; i < samples; ++i) {
    auto const t = every * static_cast<double>(i);
    auto const density =
        kRate * std::pow(kRate * t, kStagesPassed - 1) * std::exp(-kRate * t) / std::tgamma(kStagesPassed);
    auto const mixed = t > return_after ? kDose / kVolume * (1 - std::exp(-(t - return_after) / 20)) : 0.0;
    curve.push_back(kDose / flow * density + mixed);
  }
  return curve;
}

}  // namespace

TEST_CASE("a dye curve gives the flow and the mean transit time, and what comes round again hardly matters",
          "[law]") {
  auto const clean = read_dilution_curve(curve(0.1, 6000, 1e9), Seconds{0.1}, Kilograms{kDose});
  // The line through the downslope of four stages is steeper than a straight one only by its curvature.
  CHECK(clean.flow.value() == Approx(kFlow).epsilon(0.003));
  CHECK(clean.mean_transit.value() == Approx(kStagesPassed / kRate).epsilon(0.01));
  CHECK(clean.peak.value() == Approx((kStagesPassed - 1) / kRate).margin(0.051));

  auto const real = read_dilution_curve(curve(0.1, 6000, 18), Seconds{0.1}, Kilograms{kDose});
  CHECK(real.flow.value() == Approx(kFlow).epsilon(0.02));
  CHECK(real.mean_transit.value() == Approx(kStagesPassed / kRate).epsilon(0.03));
  CHECK(real.volume.value() == Approx(kVolume).epsilon(1e-6));
  CHECK(real.circulation_time.value() == Approx(kVolume / kFlow).epsilon(0.02));

  auto const faster = read_dilution_curve(curve(0.1, 6000, 18, 1.02 * kFlow), Seconds{0.1}, Kilograms{kDose});
  CHECK(faster.flow.value() / real.flow.value() == Approx(1.02).epsilon(0.002));
}

TEST_CASE("what comes round again has a peak of its own, and none where nothing does", "[law]") {
  auto const wave = [](double every, double second) {
    std::vector<double> c;
    for (double t = 0; t < 100; t += every)
      c.push_back(std::exp(-(t - 10) * (t - 10) / 18) + second * std::exp(-(t - 40) * (t - 40) / 128) +
                  second / 2);
    return c;
  };
  auto const seen = read_dilution_curve(wave(0.1, 0.2), Seconds{0.1}, Kilograms{1});
  CHECK(seen.recirculation.value() == Approx(40).margin(0.051));
  CHECK(seen.recirculation_peak.value() == Approx(0.3 / 1.1).epsilon(0.001));
  CHECK(std::isnan(read_dilution_curve(wave(0.1, 0), Seconds{0.1}, Kilograms{1}).recirculation.value()));
  // Errors of single samples make no peak of their own.
  auto noisy = wave(0.1, 0.2);
  for (std::size_t i = 0; i < noisy.size(); ++i) {
    Draws draws{{1, 0}, Purpose::measurement, 3, static_cast<std::int64_t>(i)};
    noisy[i] *= sample_unit_lognormal(draws, 0.02);
  }
  // Within 3 s of its top the second wave falls by less than the error.
  CHECK(read_dilution_curve(noisy, Seconds{0.1}, Kilograms{1}).recirculation.value() == Approx(40).margin(5));
}

TEST_CASE("the appearance is where the curve reaches a twentieth of its peak") {
  std::vector<double> const steps{0, 0, 1, 3, 20, 12, 5, 2, 0.8, 0.3};
  auto const reading = read_dilution_curve(steps, Seconds{2}, Kilograms{1});
  CHECK(reading.peak.value() == 8);
  CHECK(reading.appearance.value() == Approx(4));  // 1 is 5 % of 20
  std::vector<double> const between{0, 0, 0.5, 2.5, 20, 12, 5, 2, 0.8, 0.3};
  CHECK(read_dilution_curve(between, Seconds{2}, Kilograms{1}).appearance.value() == Approx(4.5));
}

TEST_CASE("areas of straight lines and of the tail are exact", "[law]") {
  // Rises to 8 in one sample, then halves each sample: area 4 + 8 (trapezes of a geometric series) and a
  // tail.
  std::vector<double> c{0, 8, 4, 2, 1, 0.6};
  auto const reading = read_dilution_curve(c, Seconds{1}, Kilograms{1});
  // The first stretch begins at 4 (half of the peak) and needs three samples: 4, 2, 1; the tail starts there.
  auto const k = std::log(2.0);
  auto const area = 4 + 6 + 3 + 1.5 + 1 / k;
  CHECK(reading.flow.value() == Approx(1 / area).epsilon(1e-12));
  // Moments of the trapezes: t c between neighbors i and i + 1 is i (a + b) / 2 + a / 6 + b / 3.
  auto const first = (8.0 / 3) + (6 + 8.0 / 6 + 4.0 / 3) + (6 + 4.0 / 6 + 2.0 / 3) +
                     (4.5 + 2.0 / 6 + 1.0 / 3) + (4 + 1 / k) / k;
  CHECK(reading.mean_transit.value() == Approx(first / area).epsilon(1e-12));
}

TEST_CASE("a curve without a downslope gives no flow rather than a wrong one") {
  auto const plateau = [](std::vector<double> const& c) {
    auto const reading = read_dilution_curve(c, Seconds{1}, Kilograms{1});
    return std::isnan(reading.flow.value()) && std::isnan(reading.mean_transit.value()) &&
           std::isnan(reading.circulation_time.value());
  };
  CHECK(plateau({0, 1, 2, 3, 3, 3, 3}));
  CHECK(plateau({0, 0, 0}));
  CHECK(plateau({0, 5, 1, 1, 1}));  // down between two samples
  // Falls a little, then so slowly that nearly all of the area would be a guess.
  std::vector<double> slow{0, 2, 4, 5, 4.4};
  for (int i = 0; i < 400; ++i) slow.push_back(3.9 * std::exp(-i / 300.0));
  CHECK(plateau(slow));
}

TEST_CASE("errors of the samples average out", "[statistical]") {
  constexpr int kRecords = 400;
  constexpr double kVariation = 0.05;
  double sum = 0, squares = 0;
  for (int record = 0; record < kRecords; ++record) {
    auto noisy = curve(0.5, 240, 18);
    Draws draws{{4, 0}, Purpose::measurement, name_key("dye"), record};
    for (auto& sample : noisy) sample *= sample_unit_lognormal(draws, kVariation);
    auto const flow = read_dilution_curve(noisy, Seconds{0.5}, Kilograms{kDose}).flow.value() / kFlow;
    sum += flow;
    squares += flow * flow;
  }
  auto const mean = sum / kRecords;
  auto const deviation = std::sqrt(squares / kRecords - mean * mean);
  CAPTURE(mean, deviation);
  CHECK(deviation < kVariation);
  CHECK(std::abs(mean - 1) < 0.03);  // the steepest of several lines is chosen, which noise steepens a little
}
