#include "io/run/group_writers.h"

#include <algorithm>
#include <numeric>

#include "core/units.h"

namespace myoaxis {
namespace {

constexpr double kAvogadro = 6.02214076e23;  // 1/mol, exact (SI 2019)

double seconds_of(Tick tick) { return static_cast<double>(tick.seconds()); }

GrowingTable<double> time_table(H5Group& group) {
  return group.add_table<double>(
      {.name = "time", .unit = "s", .long_name = "end of the interval, since day 0, 00:00"});
}

std::vector<std::pair<std::string, std::string>> mean_over_time() { return {{"cell_methods", "time: mean"}}; }

std::vector<std::string> factor_names(Model const& model) {
  std::vector<std::string> names;
  for (auto const& factor : model.factors) names.push_back(factor.params.name);
  return names;
}

std::vector<std::string> source_names(Model const& model) {
  std::vector<std::string> names;
  for (auto const& factor : model.factors) {
    for (auto const& source : factor.params.sources) names.push_back(factor.params.name + ":" + source.name);
  }
  return names;
}

std::vector<std::string> sink_names(Model const& model) {
  std::vector<std::string> names;
  for (auto const& factor : model.factors) {
    for (std::size_t i = 0; i < factor.layout.sinks(); ++i) {
      names.push_back(factor.params.name + ":" + factor.layout.name(id_at<SinkId>(i)));
    }
  }
  return names;
}

/// Data set of the working muscle, mean over the interval.
Series<float> muscle_mean(GrowingTable<double>& table, std::string name, std::string unit,
                          std::string meaning) {
  return table.add<float>({.name = std::move(name),
                           .unit = std::move(unit),
                           .long_name = std::move(meaning),
                           .dims = {"muscle"},
                           .attributes = mean_over_time()});
}

}  // namespace

BloodWriter::BloodWriter(H5Group group, Model const& model)
    : table_{
          (group.add_scale({"site", "", "where blood is drawn"}, std::vector<std::string>{"artery", "vein"}),
           time_table(group))} {
  for (auto const& factor : model.factors) {
    auto const& params = factor.params;
    scale_.push_back(conversion_factor("kg m-3", params.blood_unit));
    factors_.push_back(table_.add<float>({.name = params.name,
                                          .unit = params.blood_unit,
                                          .long_name = params.long_name + " in plasma",
                                          .dims = {"site"},
                                          .attributes = mean_over_time()}));
  }
}

void BloodWriter::write(Observation const& seen) {
  for (std::size_t i = 0; i < factors_.size(); ++i) {
    std::vector<float> const row{static_cast<float>(seen.factors[i].artery * scale_[i]),
                                 static_cast<float>(seen.factors[i].vein * scale_[i])};
    factors_[i].append(row);
  }
  table_.append_row(seconds_of(seen.time));
}

LedgerWriter::LedgerWriter(H5Group group, Model const& model)
    : table_{(group.add_scale({"factor", "", "factor"}, factor_names(model)),
              group.add_scale({"source", "", "factor and source"}, source_names(model)),
              group.add_scale({"sink", "", "factor and what cleared it"}, sink_names(model)),
              time_table(group))},
      initial_{table_.add<std::int64_t>({"initial", "1", "quanta at the beginning of the run", {"factor"}})},
      released_{table_.add<std::int64_t>({"released", "1", "quanta released since then", {"factor"}})},
      cleared_{table_.add<std::int64_t>({"cleared", "1", "quanta cleared since then", {"factor"}})},
      carried_{table_.add<std::int64_t>(
          {"carried", "1", "quanta in body and brain: initial + released - cleared", {"factor"}})},
      by_source_{
          table_.add<std::int64_t>({"released_by_source", "1", "quanta released, by source", {"source"}})},
      by_sink_{table_.add<std::int64_t>(
          {"cleared_by_sink", "1", "quanta cleared, by organ or turnover", {"sink"}})} {
  std::vector<double> quantum, weight;
  for (auto const& factor : model.factors) {
    quantum.push_back(factor.quantum);
    weight.push_back(static_cast<double>(factor.kind.packet_weight));
  }
  group.add_fixed<double>({"quantum", "1", "molecules in a quantum", {"factor"}}, quantum);
  group.add_fixed<double>({"packet_weight", "1", "quanta in a new packet", {"factor"}}, weight);
}

void LedgerWriter::write(Organism const& organism) {
  std::vector<std::int64_t> initial, released, cleared, carried, by_source, by_sink;
  for (auto const& factor : organism.factors) {
    auto const& cargo = factor.cargo;
    initial.push_back(cargo.ledger.initial);
    released.push_back(cargo.ledger.total_released());
    cleared.push_back(cargo.ledger.total_cleared());
    carried.push_back(
        std::accumulate(cargo.packets.weight.begin(), cargo.packets.weight.end(), std::int64_t{0}) +
        std::accumulate(cargo.counts.quanta.begin(), cargo.counts.quanta.end(), std::int64_t{0}));
    by_source.insert(by_source.end(), cargo.ledger.released.begin(), cargo.ledger.released.end());
    by_sink.insert(by_sink.end(), cargo.ledger.cleared.begin(), cargo.ledger.cleared.end());
  }
  initial_.append(initial);
  released_.append(released);
  cleared_.append(cleared);
  carried_.append(carried);
  by_source_.append(by_source);
  by_sink_.append(by_sink);
  table_.append_row(seconds_of(organism.now));
}

MuscleWriter::MuscleWriter(H5Group group, Model const& model)
    : table_{(group.add_scale({"muscle", "", "muscle"}, std::vector<std::string>{"working"}),
              time_table(group))},
      intensity_{muscle_mean(table_, "intensity", "1", "intensity of the task, fraction of VO2max")},
      force_{muscle_mean(table_, "force", "1",
                         "force while contracting, relative to the rested maximum, 0 at rest")},
      excitation_{
          muscle_mean(table_, "excitation", "1", "drive to the motor-unit pool, relative to maximal")},
      capacity_{
          table_.add<float>({"capacity", "1", "force the muscle can give, relative to rested", {"muscle"}})},
      flow_{muscle_mean(table_, "blood_flow", "ml/min", "blood flow of the working muscle")},
      cardiac_output_{muscle_mean(table_, "cardiac_output", "ml/min", "cardiac output")} {
  for (auto const& factor : model.factors) {
    secretion_.push_back(muscle_mean(table_, "secretion_" + factor.params.name, "pg/min",
                                     "secretion of " + factor.params.long_name + " by the fibers"));
  }
}

void MuscleWriter::write(Observation const& seen) {
  auto const ml_per_min = conversion_factor("m3 s-1", "ml/min");
  intensity_.append(static_cast<float>(seen.intensity));
  force_.append(static_cast<float>(seen.force));
  excitation_.append(static_cast<float>(seen.excitation));
  capacity_.append(static_cast<float>(seen.capacity));
  flow_.append(static_cast<float>(seen.working_muscle_flow * ml_per_min));
  cardiac_output_.append(static_cast<float>(seen.cardiac_output * ml_per_min));
  auto const pg_per_min = conversion_factor("kg s-1", "pg/min");
  for (std::size_t i = 0; i < secretion_.size(); ++i) {
    secretion_[i].append(static_cast<float>(seen.factors[i].muscle_release * pg_per_min));
  }
  table_.append_row(seconds_of(seen.time));
}

HippocampusWriter::HippocampusWriter(H5Group group, Model const& model)
    : table_{(group.add_scale({"stage", "", "stage of the neurogenic lineage"},
                              std::vector<std::string>{kStageNames.begin(), kStageNames.end()}),
              time_table(group))},
      cells_{table_.add<double>(
          {"cells", "1", "cells of both dentate gyri at the end of the interval", {"stage"}})},
      births_{
          table_.add<double>({"births", "1", "births in the interval, by the stage they enter", {"stage"}})},
      deaths_{table_.add<double>({"deaths", "1", "deaths in the interval, by stage", {"stage"}})},
      per_simulated_{1 / model.dentate_fraction()},
      niche_mass_{0} {
  for (std::size_t i = 0; i < model.body.niches; ++i) niche_mass_ += model.body.tissues[i].mass.value();
  for (auto const& factor : model.factors) {
    auto const& params = factor.params;
    molar_mass_.push_back(params.molar_mass.value());
    content_.push_back(
        table_.add<float>({.name = params.name + "_content",
                           .unit = "ng/g",
                           .long_name = params.long_name + " in the niches, per mass of tissue",
                           .attributes = mean_over_time()}));
    fold_.push_back(
        table_.add<float>({.name = params.name + "_occupancy_fold",
                           .unit = "1",
                           .long_name = params.long_name + " receptors occupied, relative to rest",
                           .attributes = mean_over_time()}));
  }
}

void HippocampusWriter::write(Observation const& seen) {
  auto const scaled = [&](std::array<std::int64_t, kStages> const& counts) {
    std::vector<double> cells(counts.begin(), counts.end());
    for (auto& number : cells) number *= per_simulated_;
    return cells;
  };
  cells_.append(scaled(seen.cells));
  births_.append(scaled(seen.births));
  deaths_.append(scaled(seen.deaths));
  auto const ng_per_g = conversion_factor("kg kg-1", "ng/g");
  for (std::size_t i = 0; i < content_.size(); ++i) {
    auto const mass = seen.factors[i].niche_content / kAvogadro * molar_mass_[i];
    content_[i].append(static_cast<float>(mass / niche_mass_ * ng_per_g));
    fold_[i].append(static_cast<float>(seen.factors[i].occupancy_fold));
  }
  table_.append_row(seconds_of(seen.time));
}

}  // namespace myoaxis
