#include "io/run/graph_load.h"

#include <cmath>
#include <span>

#include "core/address.h"
#include "core/state_hash.h"

namespace myoaxis {
namespace {

constexpr char const* kSolute = "solute";

Propagator propagator_of(GraphExperiment const& experiment, PropagatorStore* store) {
  // One tick of the engines is one step of the experiment, and the rates are those of a step.
  std::int64_t const one = 1;
  return find_or_make(store, experiment.generator(), std::span{&one, 1}).at(one);
}

std::vector<double> scaled(std::vector<double> values, double factor) {
  for (auto& value : values) value *= factor;
  return values;
}

}  // namespace

GraphLoad::GraphLoad(GraphExperiment const& experiment, PropagatorStore* store)
    : experiment_{experiment},
      quantum_{experiment.quantum().value()},
      kind_{kSolute, name_key(kSolute), experiment.luck, 1},
      tables_{*experiment.layout, propagator_of(experiment, store)},
      load_{make_load(freight(), std::vector<double>(experiment.layout->cells(), 0.0),
                      experiment.boluses.size() + experiment.infusions.size(), Tick{0})} {}

void GraphLoad::inject_due() {
  for (std::size_t i = 0; i < experiment_.boluses.size(); ++i) {
    if (experiment_.boluses[i].at == steps_done()) inject(i);
  }
}

void GraphLoad::inject(std::size_t bolus) {
  auto const& [cell, amount, at] = experiment_.boluses[bolus];
  if (experiment_.engine == Engine::mean) {
    load_.field.content[cell.index()] += amount.value();
    load_.field.ledger.released[bolus] += amount.value();
    return;
  }
  auto const quanta = std::llround(amount.value() / quantum_);
  load_.cargo.ledger.released[bolus] += quanta;
  if (experiment_.engine == Engine::counts) {
    load_.cargo.counts.quanta[cell.index()] += quanta;
  } else {
    inject_packets(bolus, quanta);
  }
}

void GraphLoad::inject_packets(std::size_t bolus, std::int64_t number) {
  auto const cell = experiment_.boluses[bolus].cell;
  auto const key = child_key(kind_.key, name_key("bolus"), bolus);
  auto& packets = load_.cargo.packets;
  for (std::int64_t i = 0; i < number; ++i) {
    packets.key.push_back(child_key(key, static_cast<std::uint64_t>(i)));
    packets.weight.push_back(1);
    packets.origin.push_back(kNoOrigin);
    packets.birth.push_back(static_cast<std::int32_t>(steps_done()));
    packets.cell.push_back(static_cast<std::uint16_t>(cell.index()));
    packets.session.push_back(kNoSession);
    packets.source.push_back(kInitial);
    packets.group.push_back(kNoGroup);
  }
}

std::vector<Release> GraphLoad::releases() const {
  std::vector<Release> releases;
  auto const first = experiment_.boluses.size();
  for (std::size_t i = 0; i < experiment_.infusions.size(); ++i) {
    auto const& [cell, rate, from, to] = experiment_.infusions[i];
    if (steps_done() < from || steps_done() >= to) continue;
    auto const key = child_key(kind_.key, name_key("infusion"), i);
    releases.push_back({first + i, key, cell, rate.value() * experiment_.step.value() / quantum_, {}});
  }
  return releases;
}

void GraphLoad::advance() {
  advance_load(load_, freight(), tables_, {now_, 1}, releases());
  now_ = now_ + 1;
}

std::vector<double> GraphLoad::content() const { return scaled(content_of(load_, freight()), quantum_); }

std::vector<double> GraphLoad::cleared() const {
  if (experiment_.engine == Engine::mean) return load_.field.ledger.cleared;
  auto const& quanta = load_.cargo.ledger.cleared;
  return scaled({quanta.begin(), quanta.end()}, quantum_);
}

std::vector<double> GraphLoad::put_in() const {
  if (experiment_.engine == Engine::mean) return load_.field.ledger.released;
  auto const& quanta = load_.cargo.ledger.released;
  return scaled({quanta.begin(), quanta.end()}, quantum_);
}

std::string GraphLoad::digest() const {
  StateHash hash;
  hash.add(now_.seconds());
  hash.add_population(load_.cargo.packets);
  if (experiment_.engine == Engine::counts) hash.add_population(load_.cargo.counts);
  if (experiment_.engine == Engine::mean) hash.add_population(load_.field);
  auto const gone = cleared();
  hash.add(std::span{gone});
  return hash.digest();
}

}  // namespace myoaxis
