#include "core/transport/impulse_response.h"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <stdexcept>
#include <string>

#include "core/transport/propagator.h"
#include "tests/unit/core/transport/body_brain.h"

using namespace myoaxis;

namespace {

/// Stages in series, the last of which empties into a sink.
struct StageChain {
  explicit StageChain(std::size_t stages, double rate_per_second) : rate{rate_per_second} {
    for (std::size_t i = 0; i < stages; ++i)
      cells.push_back(layout.add_cell("stage." + std::to_string(i + 1), Representation::packets));
    end = layout.add_sink("end", Representation::packets);
  }
  Generator generator() const {
    Generator made{layout};
    for (std::size_t i = 0; i + 1 < cells.size(); ++i) made.add(cells[i], cells[i + 1], PerSecond{rate});
    made.add(cells.back(), end, PerSecond{rate});
    return made;
  }
  std::vector<double> bolus() const {
    std::vector<double> start(cells.size(), 0.0);
    start.front() = 1;
    return start;
  }
  double rate;
  Layout layout;
  std::vector<CellId> cells;
  SinkId end{0};
};

/// A vein from which two beds branch and into which both drain, all well mixed: volumes in ml, flows in ml/s.
struct Loop {
  double vein = 30;
  std::array<double, 2> bed{5, 40};
  std::array<double, 2> flow{6, 2};
  Layout layout;
  CellId vein_cell = layout.add_cell("vein", Representation::packets);
  std::array<CellId, 2> bed_cell{layout.add_cell("fast", Representation::packets),
                                 layout.add_cell("slow", Representation::packets)};
  CellId aside = layout.add_cell("aside", Representation::packets);

  double output() const { return flow[0] + flow[1]; }
  Generator generator() const {
    Generator made{layout};
    for (std::size_t i = 0; i < 2; ++i) {
      made.add(vein_cell, bed_cell[i], PerSecond{flow[i] / vein});
      made.add(bed_cell[i], vein_cell, PerSecond{flow[i] / bed[i]});
    }
    return made;
  }
};

/// Probability density of a sum of `stages` exponential times.
double gamma_density(std::size_t stages, double rate, double time) {
  auto const n = static_cast<double>(stages);
  return rate * std::pow(rate * time, n - 1) * std::exp(-rate * time) / std::tgamma(n);
}

double worst_error(StageChain const& chain, double law_rate, double every) {
  double worst = 0;
  std::size_t i = 0;
  follow_content(chain.generator(), chain.bolus(), Seconds{every}, 60, [&](std::span<double const> content) {
    auto const expected = gamma_density(chain.cells.size(), law_rate, every * static_cast<double>(i++));
    worst = std::max(worst, std::abs(content.back() * chain.rate - expected));
  });
  CHECK(i == 60);
  return worst;
}

}  // namespace

TEST_CASE("a bolus leaves a chain of stages by the gamma law, at times finer than a second", "[law]") {
  for (auto const& [stages, rate] : {std::pair{5, 2.5}, {4, 40.0}, {6, 0.4}}) {
    StageChain const chain{static_cast<std::size_t>(stages), rate};
    CAPTURE(stages, rate);
    CHECK(worst_error(chain, rate, 0.25 / rate) < 1e-13 * rate);
    CHECK(worst_error(chain, 1.02 * rate, 0.25 / rate) > 1e-3 * rate);
  }
}

TEST_CASE("a bolus spreads as the propagators say, however fast the graph is") {
  BodyBrain const body;
  auto const slow = body.generator();
  for (auto const speed : {1.0, 1000.0}) {
    Generator fast{body.layout};
    for (auto const& rate : slow.rates()) {
      auto const from = id_at<CellId>(rate.from);
      if (rate.to < body.layout.cells()) {
        fast.add(from, id_at<CellId>(rate.to), PerSecond{speed * rate.per_second});
      } else {
        fast.add(from, id_at<SinkId>(rate.to - body.layout.cells()), PerSecond{speed * rate.per_second});
      }
    }
    std::array<std::int64_t, 1> const lengths{3};
    auto const propagator = make_propagators(fast, lengths).at(3);
    std::vector<double> start(body.layout.cells(), 0.0);
    start[1] = 1;
    std::vector<double> last;
    follow_content(fast, start, Seconds{0.5}, 7,
                   [&](std::span<double const> content) { last.assign(content.begin(), content.end()); });
    auto const row = propagator.at_end.row(id_at<CellId>(1));
    for (std::size_t i = 0; i < last.size(); ++i)
      CHECK(last[i] == Approx(row[i]).epsilon(1e-11).margin(1e-300));
  }
}

TEST_CASE("the time through a chain has the mean and the variance of the gamma law", "[law]") {
  StageChain const chain{5, 0.8};
  auto const passage = first_passage(chain.generator(), chain.bolus(), [&](Generator::Rate const& rate) {
    return rate.to == chain.layout.place(chain.end) ? StepKind::arrival : StepKind::onward;
  });
  CHECK(passage.probability == Approx(1).epsilon(1e-14));
  CHECK(passage.mean.value() == Approx(5 / 0.8).epsilon(1e-13));
  CHECK(passage.variance == Approx(5 / (0.8 * 0.8)).epsilon(1e-12));
  CHECK(passage.relative_dispersion() == Approx(1 / std::sqrt(5.0)).epsilon(1e-12));
}

TEST_CASE("blood comes round a branching loop in its volume over its flow", "[law]") {
  Loop const loop;
  auto const back = first_return(loop.generator(), loop.vein_cell);
  auto const volume = loop.vein + loop.bed[0] + loop.bed[1];
  CHECK(back.probability == Approx(1).epsilon(1e-14));
  CHECK(back.mean.value() == Approx(volume / loop.output()).epsilon(1e-13));
  // Stay in the vein, then in one of two beds by its share of the flow, all exponential.
  double first = 0, second = 0;
  for (std::size_t i = 0; i < 2; ++i) {
    auto const stay = loop.bed[i] / loop.flow[i];
    first += loop.flow[i] / loop.output() * stay;
    second += loop.flow[i] / loop.output() * 2 * stay * stay;
  }
  auto const variance = std::pow(loop.vein / loop.output(), 2) + second - first * first;
  CHECK(back.variance == Approx(variance).epsilon(1e-12));

  Loop smaller;
  smaller.bed[1] *= 0.98;
  auto const sooner = first_return(smaller.generator(), smaller.vein_cell);
  CHECK(std::abs(sooner.mean.value() / back.mean.value() - 1) > 5e-3);
}

TEST_CASE("of two ways the passage counts those that arrive and no others") {
  Loop const loop;
  // From the vein into the slow bed; what takes the fast bed first is lost.
  std::vector<double> start(loop.layout.cells(), 0.0);
  start[loop.vein_cell.index()] = 2;
  auto const direct = first_passage(loop.generator(), start, [&](Generator::Rate const& rate) {
    if (rate.to == loop.bed_cell[1].index()) return StepKind::arrival;
    return rate.to == loop.bed_cell[0].index() ? StepKind::loss : StepKind::onward;
  });
  CHECK(direct.probability == Approx(loop.flow[1] / loop.output()).epsilon(1e-13));
  CHECK(direct.mean.value() == Approx(loop.vein / loop.output()).epsilon(1e-13));
  // With the detour through the fast bed all arrive, later.
  auto const any = passage_between(loop.generator(), loop.vein_cell, loop.bed_cell[1]);
  auto const detours = loop.flow[0] / loop.flow[1];  // in the mean of a geometric number
  CHECK(any.probability == Approx(1).epsilon(1e-13));
  CHECK(any.mean.value() ==
        Approx((1 + detours) * loop.vein / loop.output() + detours * loop.bed[0] / loop.flow[0])
            .epsilon(1e-12));
}

TEST_CASE("no time is given for a place that cannot be reached") {
  Loop const loop;
  CHECK_THROWS_AS(passage_between(loop.generator(), loop.vein_cell, loop.aside), std::runtime_error);
  CHECK_THROWS_AS(first_return(loop.generator(), loop.aside), std::runtime_error);
}
