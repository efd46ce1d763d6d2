#include "agents/hippocampus/lineage.h"

#include <catch2/catch.hpp>
#include <numeric>
#include <set>

#include "core/parallel.h"
#include "tests/support/experiments.h"
#include "tests/support/lineages.h"

using namespace myoaxis;
using test::live;

namespace {

LineageParams const& params() { return test::mouse().lineage; }

bool same_events(LineageEvents const& a, LineageEvents const& b) {
  auto const one = test::named(a);
  auto const other = test::named(b);
  return std::equal(one.begin(), one.end(), other.begin(), other.end(), [](auto const& x, auto const& y) {
    return x.first == y.first && std::abs(x.second - y.second) < 1e-6;
  });
}

std::set<std::uint64_t> keys_of(Neurons const& neurons) { return {neurons.key.begin(), neurons.key.end()}; }

std::int64_t total(Neurons const& neurons) {
  auto const counts = count_stages(neurons);
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

}  // namespace

TEST_CASE("the rate of activation halves the pool of stem cells in its half-life", "[law]") {
  auto p = params();
  p.stem_half_life = Seconds{1e9};
  p.stem_cycle = Seconds{1e-3};  // activations that end at once
  p.return_probability = Fraction{0.5};
  CHECK(activation_rate(p).value() == Approx(2 * std::log(2.0) / 1e9).epsilon(1e-9));
  p.return_probability = Fraction{0};
  CHECK(activation_rate(p).value() == Approx(std::log(2.0) / 1e9).epsilon(1e-9));
  CHECK(settled_share(p) == Approx(1).epsilon(1e-9));
}

TEST_CASE("with activations that last, the pool still decays along its half-life", "[law]") {
  auto const p = test::mouse().lineage;
  auto const decay = std::log(2.0) / p.stem_half_life.value();
  auto const active = p.active_divisions * p.stem_cycle.value();
  auto const a = activation_rate(p).value();
  auto const back = p.return_probability.value() * a * std::exp(decay * active);
  CHECK(-decay == Approx(-a + back).epsilon(1e-12));  // dQ/dt = -a Q + p a Q(t - D) at Q = exp(-decay t)
  CHECK(settled_share(p) > 1);
  CHECK(settled_share(p) < 1.05);
}

TEST_CASE("the number of stem cells falls with age along the half-life", "[law]") {
  auto const at = [](double seconds) { return stem_cells_at(params(), Seconds{seconds}); };
  auto const reference = params().reference_age.value();
  auto const half_life = params().stem_half_life.value();
  CHECK(at(reference) == Approx(params().stem_cells).epsilon(1e-14));
  CHECK(at(reference + half_life) == Approx(params().stem_cells / 2).epsilon(1e-14));
  CHECK(at(reference - half_life) == Approx(params().stem_cells * 2).epsilon(1e-14));
}

TEST_CASE("stem cells begin quiescent, spread evenly, with addresses of their own", "[reproducible]") {
  auto const few = make_stem_cells(params(), 100, 8, Luck{1, 0}, Tick{0});
  auto const many = make_stem_cells(params(), 200, 8, Luck{1, 0}, Tick{0});
  CHECK(keys_of(many).size() == 200);
  CHECK(count_stages(few)[0] == 100);
  for (std::size_t i = 0; i < few.size(); ++i) {
    CHECK(few.niche[i] == i % 8);
    CHECK(few.key[i] == many.key[i]);
    CHECK(few.progress_needed[i] == many.progress_needed[i]);
  }
}

TEST_CASE("cells come by births and go by deaths and gliogenesis only", "[conservation]") {
  auto const lived = live(params(), 300, 120);
  auto const births = test::count(lived.events, EventKind::birth);
  auto const deaths = test::count(lived.events, EventKind::death);
  auto const glia = test::count(lived.events, EventKind::gliogenesis);
  CHECK(births > 1000);
  CHECK(deaths > 100);
  CHECK(glia > 50);
  CHECK(total(lived.neurons) == 300 + births - deaths - glia);
  CHECK(keys_of(lived.neurons).size() == lived.neurons.size());
}

TEST_CASE("every death and transition befalls a cell that was born or there from the start",
          "[conservation]") {
  auto const lived = live(params(), 100, 60);
  auto known = keys_of(make_stem_cells(params(), 100, 2, Luck{5, 0}, Tick{0}));
  for (std::size_t i = 0; i < lived.events.size(); ++i) {
    if (lived.events.kind[i] == static_cast<std::uint8_t>(EventKind::birth))
      CHECK(known.insert(lived.events.cell[i]).second);
  }
  for (auto const cell : lived.events.cell) CHECK(known.contains(cell));
  for (auto const cell : lived.neurons.key) CHECK(known.contains(cell));
}

TEST_CASE("one thread and two live the same lives, bit for bit", "[reproducible]") {
  auto const run = [](int threads) {
    test::Lived lived;
    Workers workers{threads};
    workers.run([&] { lived = live(params(), 3000, 20); });
    return lived;
  };
  auto const one = run(1);
  auto const two = run(2);
  REQUIRE(one.neurons.size() > 2 * kChunk);
  CHECK(one.neurons.key == two.neurons.key);
  CHECK(one.neurons.progress == two.neurons.progress);
  CHECK(one.neurons.hazard == two.neurons.hazard);
  CHECK(one.events.time == two.events.time);
  CHECK(one.events.cell == two.events.cell);
  CHECK(one.events.kind == two.events.kind);
}

TEST_CASE("births and deaths do not depend on the length of the step", "[reproducible]") {
  auto const step = GENERATE(as<std::int64_t>{}, kHour, 2 * kHour, 12 * kHour, 40 * kDay);
  auto const reference = live(params(), 200, 40);
  auto const other = live(params(), 200, 40, {}, step);
  CAPTURE(step);
  CHECK(same_events(reference.events, other.events));
  CHECK(keys_of(reference.neurons) == keys_of(other.neurons));
}

TEST_CASE("the key of a newborn comes from its parent's", "[reproducible]") {
  auto p = params();
  p.active_divisions = 1;
  p.stem_half_life = Seconds{static_cast<double>(kDay)};
  p.progenitor_cycle = Seconds{1e12};
  auto const lived = live(p, 20, 4);
  auto const stem = make_stem_cells(p, 20, 2, Luck{5, 0}, Tick{0});
  std::set<std::uint64_t> children;
  for (auto const parent : stem.key) {
    for (std::uint64_t transition = 0; transition < 40; ++transition)
      children.insert(child_key(parent, transition));
  }
  auto const births = test::times(lived.events, EventKind::birth, Stage::progenitor);
  CHECK(births.size() > 10);
  for (auto const& [cell, time] : births) CHECK(children.contains(cell));
}

TEST_CASE("another subject and another seed have other luck", "[reproducible]") {
  auto const one = live(params(), 100, 20);
  CHECK(one.events.time != live(params(), 100, 20, {}, kDay, Luck{5, 1}).events.time);
  CHECK(one.events.time != live(params(), 100, 20, {}, kDay, Luck{6, 0}).events.time);
  CHECK(one.events.time == live(params(), 100, 20, {}, kDay, Luck{5, 0}).events.time);
}

TEST_CASE("times of events lie within the run, and each cell's in their order", "[law]") {
  auto const lived = live(params(), 200, 60);
  std::map<std::uint64_t, double> last;
  for (std::size_t i = 0; i < lived.events.size(); ++i) {
    auto& before = last[lived.events.cell[i]];
    CHECK(lived.events.time[i] >= before);
    CHECK(lived.events.time[i] <= 60 * 86400.0);
    before = lived.events.time[i];
  }
}

TEST_CASE("twice the activation wakes every stem cell in half the time", "[law]") {
  auto const once = test::times(live(params(), 200, 100).events, EventKind::transition, Stage::active_stem);
  auto const twice = test::times(live(params(), 200, 100, {.activation = 2}).events, EventKind::transition,
                                 Stage::active_stem);
  CHECK(twice.size() > once.size());
  for (auto const& [cell, time] : once) CHECK(twice.at(cell) == Approx(time / 2).epsilon(1e-9));
}

TEST_CASE("twice the proliferation halves the time between activation and the end of the divisions",
          "[law]") {
  auto p = params();
  p.return_probability = Fraction{0};
  auto const spans = [&](double proliferation) {
    auto const events = live(p, 200, 60, {.proliferation = proliferation}).events;
    auto const begin = test::times(events, EventKind::transition, Stage::active_stem);
    std::map<std::uint64_t, double> lasted;
    for (auto const& [cell, end] : test::times(events, EventKind::gliogenesis, Stage::active_stem))
      lasted[cell] = end - begin.at(cell);
    return lasted;
  };
  auto const once = spans(1);
  auto const twice = spans(2);
  REQUIRE(once.size() > 10);
  for (auto const& [cell, span] : once) CHECK(twice.at(cell) == Approx(span / 2).epsilon(1e-6));
}

TEST_CASE("better survival delays every death and faster maturation shortens every stage", "[law]") {
  auto const reference = live(params(), 200, 60).events;
  auto const survived = live(params(), 200, 60, {.survival = 2}).events;
  CHECK(test::count(survived, EventKind::death) < test::count(reference, EventKind::death));
  auto const entered = test::times(reference, EventKind::transition, Stage::neuroblast);
  auto const slow = test::times(reference, EventKind::transition, Stage::immature);
  auto const fast =
      test::times(live(params(), 200, 60, {.maturation = 3}).events, EventKind::transition, Stage::immature);
  REQUIRE(slow.size() > 50);
  for (auto const& [cell, time] : slow) {
    CHECK(fast.at(cell) - entered.at(cell) == Approx((time - entered.at(cell)) / 3).epsilon(1e-6));
  }
}

TEST_CASE("immature neurons die within their window of age only", "[law]") {
  auto const lived = live(params(), 300, 80);
  auto const deaths = test::times(lived.events, EventKind::death, Stage::immature);
  auto const born = test::times(lived.events, EventKind::birth, Stage::progenitor);
  auto const settled = test::times(lived.events, EventKind::transition, Stage::neuroblast);
  REQUIRE(deaths.size() > 100);
  for (auto const& [cell, time] : deaths) {
    auto const age = time - settled.at(cell);  // a cell's last division makes it a neuroblast
    CHECK(born.at(cell) <= settled.at(cell));
    CHECK(age >= params().immature_death_from.value() - 1e-6);
    CHECK(age <= params().immature_death_to.value() + 1e-6);
  }
}

TEST_CASE("mature neurons live on", "[law]") {
  auto const lived = live(params(), 200, 120);
  auto const matured = test::times(lived.events, EventKind::transition, Stage::mature);
  CHECK(matured.size() > 50);
  CHECK(static_cast<std::size_t>(count_stages(lived.neurons)[5]) == matured.size());
  CHECK(test::times(lived.events, EventKind::death, Stage::mature).empty());
}
