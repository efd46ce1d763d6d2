#include "io/run/group_writers.h"

#include <algorithm>
#include <numeric>

#include "core/units.h"

namespace myoaxis {
namespace {

GrowingTable<double> time_table(H5Group& group) {
  return group.add_table<double>(
      {.name = "time", .unit = "s", .long_name = "end of the interval, since day 0, 00:00"});
}

std::vector<std::pair<std::string, std::string>> mean_over_time() { return {{"cell_methods", "time: mean"}}; }

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
    scale_.push_back(params.per_blood_unit);
    factors_.push_back(table_.add<float>(
        {.name = params.name,
         .unit = params.blood_unit,
         .long_name = params.long_name + (params.space == BloodSpace::plasma ? " in plasma" : " in blood"),
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
  table_.append_row(static_cast<double>(seen.time.seconds()));
}

MuscleWriter::MuscleWriter(H5Group group, Model const& model)
    : table_{(group.add_scale({"muscle", "", "muscle"}, std::vector<std::string>{"working"}),
              time_table(group))},
      intensity_{muscle_mean(table_, "intensity", "1", "intensity of the task, fraction of VO2max")},
      force_{muscle_mean(table_, "force", "1",
                         "force while contracting, relative to the rested maximum, 0 at rest")},
      capacity_{
          table_.add<float>({"capacity", "1", "force the muscle can give, relative to rested", {"muscle"}})},
      oxidative_{table_.add<float>({"oxidative_capacity",
                                    "1",
                                    "oxidative capacity of the fibers, relative to untrained",
                                    {"muscle"}})},
      secretory_{table_.add<float>(
          {"secretory_adaptation", "1", "share of the full secretory adaptation of the fibers", {"muscle"}})},
      area_{
          table_.add<float>({"area", "1", "cross-section of the fibers, relative to untrained", {"muscle"}})},
      flow_{muscle_mean(table_, "blood_flow", "ml/min", "blood flow of the working muscle")},
      cardiac_output_{muscle_mean(table_, "cardiac_output", "ml/min", "cardiac output")} {
  for (auto const& factor : model.factors) {
    secretion_.push_back(muscle_mean(table_, "secretion_" + factor.params.name, "ng/min",
                                     "secretion of " + factor.params.long_name + " by the fibers"));
  }
}

void MuscleWriter::write(Observation const& seen) {
  auto const ml_per_min = conversion_factor("m3 s-1", "ml/min");
  intensity_.append(static_cast<float>(seen.intensity));
  force_.append(static_cast<float>(seen.force));
  capacity_.append(static_cast<float>(seen.capacity));
  oxidative_.append(static_cast<float>(seen.oxidative));
  secretory_.append(static_cast<float>(seen.secretory));
  area_.append(static_cast<float>(seen.area));
  flow_.append(static_cast<float>(seen.working_muscle_flow * ml_per_min));
  cardiac_output_.append(static_cast<float>(seen.cardiac_output * ml_per_min));
  auto const ng_per_min = conversion_factor("kg s-1", "ng/min");
  for (std::size_t i = 0; i < secretion_.size(); ++i) {
    secretion_[i].append(static_cast<float>(seen.factors[i].muscle_release * ng_per_min));
  }
  table_.append_row(static_cast<double>(seen.time.seconds()));
}

HippocampusWriter::HippocampusWriter(H5Group group, Model const& model)
    : table_{(group.add_scale({"stage", "", "stage of the neurogenic lineage"},
                              std::vector<std::string>{kStageNames.begin(), kStageNames.end()}),
              group.add_scale({"spine_state", "", "state of a spine site"},
                              std::vector<std::string>{kSpineStateNames.begin(), kSpineStateNames.end()}),
              group.add_scale({"granule_cell", "", "kind of granule cell"},
                              std::vector<std::string>{"old", "young"}),
              time_table(group))},
      cells_{table_.add<double>(
          {"cells", "1", "cells of both dentate gyri at the end of the interval", {"stage"}})},
      births_{
          table_.add<double>({"births", "1", "births in the interval, by the stage they enter", {"stage"}})},
      deaths_{table_.add<double>({"deaths", "1", "deaths in the interval, by stage", {"stage"}})},
      spines_{table_.add<float>({"spines",
                                 "1",
                                 "spine sites of a mean cell at the end of the interval, by state; young: "
                                 "immature, or matured in the run",
                                 {"granule_cell", "spine_state"}})},
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
  std::vector<float> spines{seen.old_spines.begin(), seen.old_spines.end()};
  spines.insert(spines.end(), seen.young_spines.begin(), seen.young_spines.end());
  spines_.append(spines);
  auto const ng_per_g = conversion_factor("kg kg-1", "ng/g");
  for (std::size_t i = 0; i < content_.size(); ++i) {
    auto const mass = seen.factors[i].niche_content / kAvogadro * molar_mass_[i];
    content_[i].append(static_cast<float>(mass / niche_mass_ * ng_per_g));
    fold_[i].append(static_cast<float>(seen.factors[i].occupancy_fold));
  }
  table_.append_row(static_cast<double>(seen.time.seconds()));
}

}  // namespace myoaxis
