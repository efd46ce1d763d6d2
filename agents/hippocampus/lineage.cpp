#include "agents/hippocampus/lineage.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>

#include "agents/hippocampus/label.h"
#include "core/distributions.h"
#include "core/parallel.h"

namespace myoaxis {
namespace {

constexpr auto kNever = std::numeric_limits<double>::infinity();

/// Draws of one occurrence are told apart by their event: four numbers an occurrence.
enum class Choice : std::int64_t { progress = 0, death = 1, fate = 2 };

/// One cell, taken out of its columns while it lives through a step.
struct Cell {
  std::uint64_t key;
  Stage stage;
  std::uint16_t niche;
  std::uint16_t divisions;
  std::uint32_t occurrence;
  double born;
  double progress;
  double progress_needed;
  double hazard;
  double hazard_survived;
  std::uint8_t label;
  double time;        // up to which it has lived
  bool alive = true;  // false: dead, or an astrocyte
};

Cell load(Neurons const& n, std::size_t i, double time) {
  return {n.key[i],      Stage{n.stage[i]},    n.niche[i],  n.divisions[i],       n.occurrence[i], n.born[i],
          n.progress[i], n.progress_needed[i], n.hazard[i], n.hazard_survived[i], n.label[i],      time};
}

void store(Neurons& n, std::size_t i, Cell const& cell) {
  n.key[i] = cell.key;
  n.stage[i] = static_cast<std::uint8_t>(cell.stage);
  n.niche[i] = cell.niche;
  n.divisions[i] = cell.divisions;
  n.occurrence[i] = cell.occurrence;
  n.born[i] = cell.born;
  n.progress[i] = cell.progress;
  n.progress_needed[i] = cell.progress_needed;
  n.hazard[i] = cell.hazard;
  n.hazard_survived[i] = cell.hazard_survived;
  n.label[i] = cell.label;
}

/// What a chunk of cells leaves behind besides its columns.
struct LineageOutcome {
  std::vector<Cell> newborn;
  LineageEvents events;
};

/// Lets cells live: the laws of the lineage, with what they need at hand.
class Life {
 public:
  Life(LineageParams const& params, std::vector<NicheModulation> const& modulation, Luck luck)
      : params_{params},
        modulation_{modulation},
        thresholds_{luck, Purpose::lineage_threshold},
        fates_{luck, Purpose::lineage_branch},
        activation_{activation_rate(params).value()} {}

  /// Lives `cell` until `end`, or its death.
  void live(Cell& cell, double end, LineageOutcome& outcome) const {
    while (cell.alive && cell.stage != Stage::mature) {
      auto const rate = progress_rate(cell);
      auto const to_transition = std::max(0.0, cell.progress_needed - cell.progress) / rate;
      auto const to_death = time_to_death(cell);
      if (std::min(to_transition, to_death) > end - cell.time) {
        cell.progress += rate * (end - cell.time);
        cell.hazard += hazard_between(cell, cell.time, end);
        break;
      }
      if (to_death < to_transition) {
        cell.time += to_death;
        die(cell, EventKind::death, outcome);
      } else {
        cell.time += to_transition;
        change(cell, outcome);
      }
    }
    cell.time = end;
  }

  /// Puts the cell into a stage and draws its luck there.
  void enter(Cell& cell, Stage stage) const {
    cell.stage = stage;
    ++cell.occurrence;
    cell.progress = 0;
    cell.hazard = 0;
    Draws progress{thresholds_, cell.key, event(cell, Choice::progress)};
    Draws death{thresholds_, cell.key, event(cell, Choice::death)};
    cell.progress_needed = threshold(progress, stage);
    cell.hazard_survived = sample_exponential(death);
  }

 private:
  static std::int64_t event(Cell const& cell, Choice choice) {
    return std::int64_t{cell.occurrence} * 4 + static_cast<std::int64_t>(choice);
  }

  double threshold(Draws& draws, Stage stage) const {
    switch (stage) {
      case Stage::quiescent_stem:
        return sample_exponential(draws);
      case Stage::active_stem:
      case Stage::progenitor:
        return sample_unit_gamma(draws, params_.cycle_shape.value());
      case Stage::neuroblast:
        return sample_unit_gamma(draws, params_.neuroblast_shape.value());
      case Stage::immature:
        return sample_unit_gamma(draws, params_.immature_shape.value());
      case Stage::mature:
        break;
    }
    return kNever;
  }

  double progress_rate(Cell const& cell) const {
    auto const& m = modulation_[cell.niche];
    switch (cell.stage) {
      case Stage::quiescent_stem:
        return activation_ * m.activation;
      case Stage::active_stem:
        return m.proliferation / params_.stem_cycle.value();
      case Stage::progenitor:
        return m.proliferation / params_.progenitor_cycle.value();
      case Stage::neuroblast:
        return m.maturation / params_.neuroblast_duration.value();
      case Stage::immature:
        return m.maturation / params_.immature_duration.value();
      case Stage::mature:
        break;
    }
    return 0;
  }

  /// Hazard of death (s^-1) and the window of time in which it acts.
  struct Window {
    double hazard = 0;
    double from = -kNever;
    double to = kNever;
  };

  Window death_window(Cell const& cell) const {
    auto const survival = modulation_[cell.niche].survival;
    if (cell.stage == Stage::neuroblast) return {params_.neuroblast_death.value() / survival};
    if (cell.stage == Stage::immature) {
      return {params_.immature_death.value() / survival, cell.born + params_.immature_death_from.value(),
              cell.born + params_.immature_death_to.value()};
    }
    return {};
  }

  double hazard_between(Cell const& cell, double begin, double end) const {
    auto const window = death_window(cell);
    return window.hazard * std::max(0.0, std::min(end, window.to) - std::max(begin, window.from));
  }

  double time_to_death(Cell const& cell) const {
    auto const window = death_window(cell);
    if (window.hazard <= 0) return kNever;
    auto const start = std::max(cell.time, window.from);
    auto const death = start + std::max(0.0, cell.hazard_survived - cell.hazard) / window.hazard;
    return death <= window.to ? death - cell.time : kNever;
  }

  void change(Cell& cell, LineageOutcome& outcome) const {
    switch (cell.stage) {
      case Stage::quiescent_stem:
        cell.divisions = 0;
        move_on(cell, Stage::active_stem, outcome);
        break;
      case Stage::active_stem:
        divide_stem_cell(cell, outcome);
        break;
      case Stage::progenitor:
        divide_progenitor(cell, outcome);
        break;
      case Stage::neuroblast:
        move_on(cell, Stage::immature, outcome);
        break;
      case Stage::immature:
        move_on(cell, Stage::mature, outcome);
        break;
      case Stage::mature:
        break;
    }
  }

  /// Asymmetric: one daughter stays a stem cell, the other begins an amplifying clone.
  void divide_stem_cell(Cell& cell, LineageOutcome& outcome) const {
    ++cell.divisions;
    cell.label = diluted(cell.label);
    bear(cell, Stage::progenitor, 0, outcome);
    if (cell.divisions < params_.active_divisions) {
      enter(cell, Stage::active_stem);
    } else if (fate(cell) < params_.return_probability.value()) {
      move_on(cell, Stage::quiescent_stem, outcome);
    } else {
      die(cell, EventKind::gliogenesis, outcome);
    }
  }

  /// Symmetric: the cell goes on as one daughter, the other is new.
  void divide_progenitor(Cell& cell, LineageOutcome& outcome) const {
    auto const round = static_cast<std::uint16_t>(cell.divisions + 1);
    cell.label = diluted(cell.label);
    auto& sister = bear(cell, Stage::progenitor, round, outcome);
    if (!divides_again(sister)) move_on(sister, Stage::neuroblast, outcome);
    cell.divisions = round;
    cell.born = cell.time;
    enter(cell, Stage::progenitor);
    if (!divides_again(cell)) move_on(cell, Stage::neuroblast, outcome);
  }

  bool divides_again(Cell const& cell) const {
    if (cell.divisions < params_.progenitor_divisions) return true;
    return cell.divisions == params_.progenitor_divisions &&
           fate(cell) < params_.extra_division_probability.value();
  }

  double fate(Cell const& cell) const {
    Draws draws{fates_, cell.key, event(cell, Choice::fate)};
    return unit_interval(draws);
  }

  /// The key of a newborn comes from its parent's and the number of the parent's transition.
  Cell& bear(Cell const& parent, Stage stage, std::uint16_t divisions, LineageOutcome& outcome) const {
    outcome.newborn.push_back({child_key(parent.key, parent.occurrence), stage, parent.niche, divisions, 0,
                               parent.time, 0, 0, 0, 0, parent.label, parent.time});
    auto& child = outcome.newborn.back();
    enter(child, stage);
    note(child, EventKind::birth, outcome);
    return child;
  }

  void move_on(Cell& cell, Stage stage, LineageOutcome& outcome) const {
    enter(cell, stage);
    note(cell, EventKind::transition, outcome);
  }

  static void die(Cell& cell, EventKind kind, LineageOutcome& outcome) {
    cell.alive = false;
    note(cell, kind, outcome);
  }

  static void note(Cell const& cell, EventKind kind, LineageOutcome& outcome) {
    auto& events = outcome.events;
    events.time.push_back(cell.time);
    events.cell.push_back(cell.key);
    events.kind.push_back(static_cast<std::uint8_t>(kind));
    events.stage.push_back(static_cast<std::uint8_t>(cell.stage));
    events.niche.push_back(cell.niche);
    events.born.push_back(cell.born);
  }

  LineageParams const& params_;
  std::vector<NicheModulation> const& modulation_;
  DrawKey thresholds_;
  DrawKey fates_;
  double activation_;
};

/// Lets the newborn of a step live through the rest of it, with their own newborn, and adds those that
/// survive.
void raise_newborn(std::vector<Cell> newborn, Life const& life, double end, Neurons& neurons,
                   LineageEvents& events) {
  while (!newborn.empty()) {
    LineageOutcome next;
    for (auto& cell : newborn) {
      life.live(cell, end, next);
      if (!cell.alive) continue;
      resize(neurons, neurons.size() + 1);
      store(neurons, neurons.size() - 1, cell);
    }
    append(events, next.events);
    newborn = std::move(next.newborn);
  }
}

}  // namespace

namespace {

/// Decay of the stem cell pool over one activation: l and l D of the laws below.
struct PoolDecay {
  explicit PoolDecay(LineageParams const& p)
      : rate{std::numbers::ln2 / p.stem_half_life.value()},
        active{p.active_divisions * p.stem_cycle.value()} {}
  double rate;    // s^-1
  double active;  // s
};

}  // namespace

PerSecond activation_rate(LineageParams const& params) {
  PoolDecay const decay{params};
  return PerSecond{decay.rate /
                   (1 - params.return_probability.value() * std::exp(decay.rate * decay.active))};
}

double settled_share(LineageParams const& params) {
  PoolDecay const decay{params};
  auto const a = activation_rate(params).value();
  auto const growth = std::exp(decay.rate * decay.active);
  return (1 + a * (growth - 1) / decay.rate) /
         (1 + params.return_probability.value() * a * decay.active * growth);
}

Seconds settling_time(LineageParams const& params) {
  auto const clone = (params.progenitor_divisions + 1) * params.progenitor_cycle.value();
  auto const way = params.active_divisions * params.stem_cycle.value() + clone +
                   params.neuroblast_duration.value() + params.immature_duration.value();
  return Seconds{3 * way};
}

double stem_cells_at(LineageParams const& params, Seconds age) {
  return params.stem_cells *
         std::exp2(-(age.value() - params.reference_age.value()) / params.stem_half_life.value());
}

Neurons make_stem_cells(LineageParams const& params, std::size_t number, std::size_t niches, Luck luck,
                        Tick now) {
  std::vector<NicheModulation> const rest(niches);
  Life const life{params, rest, luck};
  auto const first_key = name_key("stem cell");
  auto const born = static_cast<double>(now.seconds());
  Neurons neurons;
  resize(neurons, number);
  for (std::size_t i = 0; i < number; ++i) {
    auto const niche = static_cast<std::uint16_t>(i % niches);
    Cell cell{
        child_key(first_key, i), Stage::quiescent_stem, niche, 0, 0, born, 0, 0, 0, 0, kUnlabeled, born};
    life.enter(cell, Stage::quiescent_stem);
    store(neurons, i, cell);
  }
  return neurons;
}

void advance_lineage(Neurons& neurons, LineageEvents& events, LineageParams const& params,
                     std::vector<NicheModulation> const& modulation, Luck luck, Tick begin, Tick end) {
  Life const life{params, modulation, luck};
  auto const from = static_cast<double>(begin.seconds());
  auto const to = static_cast<double>(end.seconds());
  auto const size = neurons.size();
  std::vector<std::uint8_t> alive(size, 1);
  std::vector<LineageOutcome> outcomes((size + kChunk - 1) / kChunk);
  for_each_chunk(outcomes.size(), [&](std::size_t chunk) {
    for (auto i = chunk * kChunk; i < std::min(size, (chunk + 1) * kChunk); ++i) {
      if (neurons.stage[i] == static_cast<std::uint8_t>(Stage::mature)) continue;
      auto cell = load(neurons, i, from);
      life.live(cell, to, outcomes[chunk]);
      store(neurons, i, cell);
      alive[i] = cell.alive;
    }
  });
  std::vector<Cell> newborn;
  for (auto& outcome : outcomes) {
    append(events, outcome.events);
    newborn.insert(newborn.end(), outcome.newborn.begin(), outcome.newborn.end());
  }
  keep_rows(neurons, [&](std::size_t i) { return alive[i] != 0; });
  raise_newborn(std::move(newborn), life, to, neurons, events);
}

std::array<std::int64_t, kStages> count_stages(Neurons const& neurons) {
  std::array<std::int64_t, kStages> counts{};
  for (auto const stage : neurons.stage) ++counts[stage];
  return counts;
}

}  // namespace myoaxis
