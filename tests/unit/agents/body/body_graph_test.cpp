#include "agents/body/body_graph.h"

#include <catch2/catch.hpp>
#include <map>
#include <numeric>

#include "tests/support/experiments.h"

using namespace myoaxis;

namespace {

BodyParams graph_params() { return {test::mouse().circulation, test::mouse().brain, Fraction{0.5}}; }

BodyLayout const& body() {
  static BodyLayout const layout =
      make_body_layout(test::mouse().circulation, test::mouse().brain, {Fraction{0.1}, 2}, Fraction{0.5});
  return layout;
}

FactorParams factor(std::string const& name) {
  static auto const factors = test::load_shipped("sedentary").experiment.factors;
  for (auto const& each : factors) {
    if (each.name == name) return each;
  }
  throw std::runtime_error{"no such factor"};
}

/// A factor that blood carries round and nothing removes.
FactorParams marker() {
  FactorParams marker;
  marker.name = "marker";
  marker.reflection = Fraction{1};
  marker.free_fraction = Fraction{1};
  return marker;
}

/// Plasma volume of each cell of blood.
std::map<std::size_t, double> plasma_volumes() {
  std::map<std::size_t, double> volumes;
  auto const add = [&](Vessels const& chain) {
    for (std::size_t i = 0; i < chain.size(); ++i) volumes[chain.cells[i].index()] = chain.plasma[i].value();
  };
  for (auto const* chain :
       {&body().right_heart, &body().lungs, &body().left_heart, &body().arteries, &body().veins})
    add(*chain);
  for (auto const& bed : body().beds) add(bed.blood);
  return volumes;
}

std::size_t bed_number(std::string const& name) {
  for (std::size_t i = 0; i < body().beds.size(); ++i) {
    if (body().beds[i].name == name) return i;
  }
  throw std::runtime_error{"no such bed"};
}

double rate_between(Generator const& generator, std::size_t from, std::size_t to) {
  double sum = 0;
  for (auto const& rate : generator.rates()) {
    if (rate.from == from && rate.to == to) sum += rate.per_second;
  }
  return sum;
}

/// Share of what enters a bed's blood that ends in its organ's sink, by the rates along its chain.
double extraction(Generator const& generator, std::string const& organ) {
  auto const& bed = body().bed(organ);
  auto const sink = generator.layout().place(*generator.layout().find_sink(organ));
  auto const exits = generator.exit_rates();
  double left = 1;
  for (auto const stage : bed.blood.cells)
    left *= 1 - rate_between(generator, stage.index(), sink) / exits[stage.index()];
  return 1 - left;
}

/// Stationary content (kg) of a factor under releases (kg/s) into named cells.
std::vector<double> settled_graph(FactorParams const& f, Layout const& layout,
                                  std::map<std::string, double> const& releases) {
  std::vector<double> source(layout.cells(), 0.0);
  for (auto const& [cell, rate] : releases) source[layout.find_cell(cell)->index()] += rate;
  return stationary_content(body_generator(graph_params(), body(), f, layout, Intensity{0}), source);
}

double arterial(std::vector<double> const& content) {
  return content[body().arteries.last().index()] / body().arteries.plasma.back().value();
}

constexpr double kPicogramPerMinute = 1e-15 / 60;

}  // namespace

TEST_CASE("as much plasma flows into every cell of blood as out of it", "[law][conservation]") {
  auto const intensity = GENERATE(0.0, 0.35, 1.0);
  auto const layout = factor_layout(body(), marker());
  auto const generator = body_generator(graph_params(), body(), marker(), layout, Intensity{intensity});
  auto const volumes = plasma_volumes();
  std::map<std::size_t, double> in;
  std::map<std::size_t, double> out;
  for (auto const& rate : generator.rates()) {
    if (!volumes.contains(rate.from)) continue;
    REQUIRE(volumes.contains(rate.to));
    out[rate.from] += rate.per_second * volumes.at(rate.from);
    in[rate.to] += rate.per_second * volumes.at(rate.from);
  }
  for (auto const& [cell, volume] : volumes) {
    CAPTURE(layout.name(id_at<CellId>(cell)));
    CHECK(in[cell] > 0);
    CHECK(in[cell] == Approx(out[cell]).epsilon(1e-12));
  }
  auto const output =
      organ_flows(test::mouse().circulation, Fraction{0.5}, Intensity{intensity}).cardiac_output.value();
  CHECK(in[body().lungs.first().index()] == Approx(output * 0.55).epsilon(1e-12));
}

TEST_CASE("the liver receives the portal blood", "[law]") {
  auto const flows = plasma_flows(graph_params(), body(), Intensity{0});
  auto const& mouse = test::mouse().circulation;
  double portal_share = 0;
  for (auto const& organ : mouse.organs) {
    if (organ.name == "liver" || organ.drains_into == "liver") portal_share += organ.flow_share.value();
  }
  CHECK(flows[bed_number("liver")].value() ==
        Approx(portal_share * mouse.cardiac_output.value() * 0.55).epsilon(1e-12));
  CHECK(flows[bed_number("liver")] > flows[bed_number("gut")]);
}

TEST_CASE("an organ extracts its share of clearance over its plasma flow", "[law]") {
  auto const f = factor(GENERATE("bdnf", "il6"));
  auto const layout = factor_layout(body(), f);
  auto const generator = body_generator(graph_params(), body(), f, layout, Intensity{0});
  auto const flows = plasma_flows(graph_params(), body(), Intensity{0});
  for (auto const& [organ, share] : f.clearance_share) {
    if (body().bed(organ).interstitium) continue;  // there the stages exchange with more than their neighbors
    CAPTURE(f.name, organ);
    auto const expected = share.value() * f.clearance.value() / flows[bed_number(organ)].value();
    CHECK(extraction(generator, organ) == Approx(expected).epsilon(1e-9));
  }
}

TEST_CASE("a factor's sinks are the organs that clear it and the turnover in brain", "[law]") {
  auto const bdnf = factor_layout(body(), factor("bdnf"));
  CHECK(bdnf.sinks() == 3);
  REQUIRE(bdnf.find_sink("turnover"));
  CHECK(bdnf.kept_as(bdnf.place(*bdnf.find_sink("turnover"))) == Representation::counts);
  CHECK(bdnf.kept_as(bdnf.place(*bdnf.find_sink("liver"))) == Representation::packets);
  auto const il6 = factor_layout(body(), factor("il6"));
  CHECK(il6.sinks() == 3);
  CHECK_FALSE(il6.find_sink("turnover"));
}

TEST_CASE("interleukin-6 at rest has the level of its release over its clearance", "[law][baseline]") {
  // 4 pg/min over 0.8 ml/min = 5 pg/ml: exchange and lymph lose nothing.
  auto const il6 = factor("il6");
  auto const layout = factor_layout(body(), il6);
  auto const content = settled_graph(il6, layout,
                                     {{"fat.interstitium", 1.33 * kPicogramPerMinute},
                                      {"rest.interstitium", 2.27 * kPicogramPerMinute},
                                      {"muscle.working.interstitium", 0.2 * kPicogramPerMinute},
                                      {"muscle.resting.interstitium", 0.2 * kPicogramPerMinute}});
  CHECK(arterial(content) == Approx(5e-9).epsilon(0.01));
}

TEST_CASE("what is released at rest is cleared, by each organ its share", "[law][conservation]") {
  auto const il6 = factor("il6");
  auto const layout = factor_layout(body(), il6);
  auto const generator = body_generator(graph_params(), body(), il6, layout, Intensity{0});
  auto const content = settled_graph(il6, layout, {{"rest.interstitium", 1.0}});
  std::map<std::string, double> cleared;
  for (auto const& rate : generator.rates()) {
    if (rate.to < layout.cells()) continue;
    cleared[layout.name(id_at<SinkId>(rate.to - layout.cells()))] += rate.per_second * content[rate.from];
  }
  CHECK(cleared["liver"] + cleared["kidney"] + cleared["skin"] == Approx(1).epsilon(1e-9));
  CHECK(cleared["liver"] == Approx(0.5).epsilon(0.02));
  CHECK(cleared["kidney"] == Approx(0.4).epsilon(0.02));
  CHECK(cleared["skin"] == Approx(0.1).epsilon(0.02));
}

TEST_CASE("exercise speeds exchange in working muscle only", "[law]") {
  auto const f = factor("il6");
  auto const layout = factor_layout(body(), f);
  auto const rest = body_generator(graph_params(), body(), f, layout, Intensity{0});
  auto const run = body_generator(graph_params(), body(), f, layout, Intensity{1});
  auto const back = [&](Generator const& g, std::string const& name) {
    auto const& bed = body().bed(name);
    return rate_between(g, bed.interstitium->index(), bed.blood.first().index());
  };
  CHECK(back(run, "muscle.working") == Approx(2.5 * back(rest, "muscle.working")).epsilon(1e-12));
  CHECK(back(run, "muscle.resting") == back(rest, "muscle.resting"));
  CHECK(back(run, "skin") == back(rest, "skin"));
}

TEST_CASE("influx and efflux act along the capillaries that supply the tissue", "[law]") {
  auto const f = factor("il6");
  auto const layout = factor_layout(body(), f);
  auto const generator = body_generator(graph_params(), body(), f, layout, Intensity{0});
  for (auto const& tissue : body().tissues) {
    auto const& blood = body().beds[tissue.bed].blood;
    double in = 0;
    double out = 0;
    for (std::size_t i = 0; i < blood.size(); ++i) {
      auto const stage = blood.cells[i];
      in += rate_between(generator, stage.index(), tissue.cell.index()) * blood.plasma[i].value();
      out += rate_between(generator, tissue.cell.index(), stage.index());
    }
    CHECK(in == Approx(f.influx.value() * tissue.mass.value()).epsilon(1e-12));
    CHECK(out == Approx(f.efflux.value() * f.free_fraction.value()).epsilon(1e-12));
    CHECK(rate_between(generator, tissue.cell.index(), body().csf.index()) ==
          Approx(test::mouse().brain.bulk_flow.value() / test::mouse().brain.interstitium.value())
              .epsilon(1e-12));
  }
}

TEST_CASE("brain tissue of BDNF turns over with its half-life", "[law]") {
  auto const f = factor("bdnf");
  auto const layout = factor_layout(body(), f);
  auto const generator = body_generator(graph_params(), body(), f, layout, Intensity{0});
  auto const sink = layout.place(*layout.find_sink("turnover"));
  CHECK(rate_between(generator, body().tissues.front().cell.index(), sink) ==
        Approx(std::log(2.0) / (7 * 86400)).epsilon(1e-9));
}
