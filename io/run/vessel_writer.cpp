#include "io/run/vessel_writer.h"

#include <cmath>
#include <limits>
#include <numeric>

#include "agents/hippocampus/receptor_occupancy.h"
#include "core/units.h"

namespace myoaxis {
namespace {

std::vector<std::int64_t> numbers_from(std::int64_t first, std::size_t count) {
  std::vector<std::int64_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), first);
  return numbers;
}

/// The growing scale, behind the fixed ones, which a group needs first.
GrowingTable<std::int64_t> snapshot_table(H5Group& group) {
  return group.add_table<std::int64_t>({"snapshot", "1", "number of the snapshot"}, 1);
}

Series<double> time_of_snapshot(GrowingTable<std::int64_t>& table) {
  return table.add<double>({"time", "s", "time of the snapshot since day 0"});
}

GrowingTable<std::int64_t> vessel_table(H5Group& group, Model const& model, VesselMap const& map) {
  std::vector<std::string> names;
  for (auto const& each : map.cells) names.push_back(model.body.layout.name(each.cell));
  group.add_scale({"cell", "", "cell of the transport graph that blood passes"}, names);
  group.add_scale({"path", "1", "number of a way from one cell into another"},
                  numbers_from(0, map.paths.size()));
  return snapshot_table(group);
}

GrowingTable<std::int64_t> niche_table(H5Group& group, Model const& model) {
  group.add_scale({"niche", "1", "number of the niche, as in /neurons"}, numbers_from(0, model.body.niches));
  group.add_scale({"stage", "", "stage of the neurogenic lineage"},
                  std::vector<std::string>{kStageNames.begin(), kStageNames.end()});
  return snapshot_table(group);
}

/// What every cell holds of each factor, in quanta.
std::vector<double> content(Organism const& organism, FactorModel const& factor, std::size_t number) {
  return content_of(organism.factors[number].load, factor.freight());
}

}  // namespace

VesselWriter::VesselWriter(H5Group group, Model const& model)
    : model_{model},
      map_{vessel_map(model.body, model.experiment.organism.circulation)},
      table_{vessel_table(group, model, map_)},
      time_{time_of_snapshot(table_)},
      flow_{table_.add<float>({.name = "flow",
                               .unit = "ml/min",
                               .long_name = "blood flow through the cell at the moment of the snapshot",
                               .dims = {"cell"},
                               .description = "through all its copies together; of the blood's plasma, told "
                                              "as blood of systemic hematocrit"})} {
  for (auto const& factor : model.factors) {
    auto const& params = factor.params;
    factors_.push_back(table_.add<float>(
        {.name = params.name,
         .unit = params.blood_unit,
         .long_name = params.long_name + (params.space == BloodSpace::plasma ? " in plasma" : " in blood"),
         .dims = {"cell"},
         .description = "what the cell holds at that moment: whole packets, of a factor kept as packets"}));
  }
  describe(group);
  describe_courses(group);
}

void VesselWriter::describe(H5Group& group) {
  std::vector<std::uint8_t> kinds;
  std::vector<std::string> stretches;
  std::vector<double> plasma;
  for (auto const& each : map_.cells) {
    kinds.push_back(static_cast<std::uint8_t>(each.kind));
    stretches.push_back(each.stretch);
    plasma.push_back(each.plasma.value());
  }
  group.add_fixed<std::uint8_t>({.name = "kind",
                                 .unit = "",
                                 .long_name = "part of the circulation",
                                 .dims = {"cell"},
                                 .flags = {kVesselKindNames.begin(), kVesselKindNames.end()}},
                                kinds);
  group.add_fixed({"stretch", "", "name of its capillary bed, or of that part", {"cell"}}, stretches);
  group.add_fixed<double>({"plasma_volume", "m3", "volume of plasma in the cell, all copies", {"cell"}},
                          plasma);
  std::vector<std::int64_t> from, to;
  for (auto const& path : map_.paths) {
    from.push_back(static_cast<std::int64_t>(path.from));
    to.push_back(static_cast<std::int64_t>(path.to));
  }
  group.add_fixed<std::int64_t>({"path_from", "1", "row of the cell that blood leaves", {"path"}}, from);
  group.add_fixed<std::int64_t>({"path_to", "1", "row of the cell that it enters", {"path"}}, to);
}

void VesselWriter::describe_courses(H5Group& group) {
  auto const add = [&](std::string const& name, std::string const& unit, std::string const& meaning,
                       auto const& value_of) {
    std::vector<float> values;
    for (auto const& each : map_.cells) {
      values.push_back(each.course ? static_cast<float>(value_of(*each.course))
                                   : std::numeric_limits<float>::quiet_NaN());
    }
    group.add_fixed<float>({name, unit, meaning + "; NaN: a stage, no vessel in particular", {"cell"}},
                           values);
  };
  for (std::size_t axis = 0; axis < 3; ++axis) {
    std::string const letter{"xyz"[axis]};
    add(letter + "_from", "um", letter + " of its upstream end in the network of its bed",
        [axis](VesselCourse const& course) { return course.from[axis].value() * 1e6; });
    add(letter + "_to", "um", letter + " of its downstream end in that network",
        [axis](VesselCourse const& course) { return course.to[axis].value() * 1e6; });
  }
  add("diameter", "um", "inner diameter of the vessel",
      [](VesselCourse const& course) { return course.diameter.value() * 1e6; });
  add("copies", "1", "vessels of this kind that lie side by side in the organ",
      [](VesselCourse const& course) { return course.copies; });
}

void VesselWriter::write(Organism const& organism) {
  time_.append(static_cast<double>(organism.now.seconds()));
  auto const& ladder = model_.ladder;
  auto const state = ladder.nearest(Intensity{organism.flow_response});
  auto const ml_per_min = conversion_factor("m3 s-1", "ml/min");
  std::vector<float> row;
  for (auto const flow : blood_flows(model_.body_params(), model_.body, ladder.intensity(state))) {
    row.push_back(static_cast<float>(flow.value() * ml_per_min));
  }
  flow_.append(row);
  for (std::size_t i = 0; i < factors_.size(); ++i) {
    auto const& factor = model_.factors[i];
    auto const quanta = content(organism, factor, i);
    row.clear();
    for (auto const& each : map_.cells) {
      auto const held = factor.concentration(quanta[each.cell.index()], each.plasma);
      row.push_back(static_cast<float>(held.value() * factor.params.per_blood_unit));
    }
    factors_[i].append(row);
  }
  table_.append_row(static_cast<std::int64_t>(table_.rows()));
}

NicheWriter::NicheWriter(H5Group group, Model const& model)
    : model_{model},
      table_{niche_table(group, model)},
      time_{time_of_snapshot(table_)},
      cells_{table_.add<double>({.name = "cells",
                                 .unit = "1",
                                 .long_name = "cells of the niche, each of them an agent",
                                 .dims = {"niche", "stage"}})} {
  std::vector<double> mass;
  for (std::size_t i = 0; i < model.body.niches; ++i) mass.push_back(model.body.tissues[i].mass.value());
  group.add_fixed<double>({"mass", "kg", "mass of the niche's tissue", {"niche"}}, mass);
  for (auto const& factor : model.factors) {
    auto const& params = factor.params;
    content_.push_back(table_.add<float>({params.name + "_content",
                                          "ng/g",
                                          params.long_name + " in the niche, per mass of tissue",
                                          {"niche"}}));
    occupancy_.push_back(table_.add<float>({params.name + "_occupancy",
                                            "1",
                                            "share of " + params.long_name + " receptors occupied",
                                            {"niche"}}));
  }
}

void NicheWriter::write(Organism const& organism) {
  time_.append(static_cast<double>(organism.now.seconds()));
  auto const& body = model_.body;
  auto const& neurons = organism.neurons;
  std::vector<double> cells(body.niches * kStages, 0.0);
  for (std::size_t i = 0; i < neurons.size(); ++i) cells[neurons.niche[i] * kStages + neurons.stage[i]] += 1;
  cells_.append(cells);
  auto const ng_per_g = conversion_factor("kg kg-1", "ng/g");
  for (std::size_t i = 0; i < content_.size(); ++i) {
    auto const& factor = model_.factors[i];
    auto const quanta = content(organism, factor, i);
    std::vector<float> held, occupied;
    for (std::size_t niche = 0; niche < body.niches; ++niche) {
      auto const& tissue = body.tissues[niche];
      auto const here = quanta[tissue.cell.index()];
      auto const free = factor.free_in(here, tissue, model_.experiment.organism.brain);
      auto const bound = receptor_occupancy(free, factor.params.dissociation).value();
      auto const mass = here / factor.quanta_per_kilogram();
      held.push_back(static_cast<float>(mass / tissue.mass.value() * ng_per_g));
      occupied.push_back(static_cast<float>(bound * factor.unblocked(organism.now)));
    }
    content_[i].append(held);
    occupancy_[i].append(occupied);
  }
  table_.append_row(static_cast<std::int64_t>(table_.rows()));
}

}  // namespace myoaxis
