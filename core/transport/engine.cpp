#include "core/transport/engine.h"

namespace myoaxis {

Layout layout_for(Engine engine, Layout layout) {
  if (engine == Engine::counts) layout.count_everywhere();
  return layout;
}

Load make_load(Freight const& freight, std::span<double const> expected, std::size_t sources, Tick now) {
  Load load;
  if (freight.engine == Engine::mean) {
    load.field = make_field(freight.layout, expected, sources);
  } else {
    load.cargo = make_cargo(freight.kind, freight.layout, expected, sources, now);
  }
  return load;
}

std::vector<double> content_of(Load const& load, Freight const& freight) {
  if (freight.engine == Engine::mean) return load.field.content;
  auto const totals = cell_totals(freight.layout, load.cargo.packets, load.cargo.counts);
  return {totals.begin(), totals.end()};
}

std::vector<double> average_content(Load const& load, Freight const& freight, StepTables const& tables,
                                    std::span<Release const> releases) {
  if (freight.engine == Engine::mean) {
    return average_content(load.field, freight.layout, tables.propagator, release_flows(releases));
  }
  return average_content(load.cargo, freight.layout, tables.propagator, releases);
}

void advance_load(Load& load, Freight const& freight, StepTables const& tables, Step const& step,
                  std::span<Release const> releases, TagWatch* watch) {
  if (freight.engine == Engine::mean) {
    if (watch) watch->tags.clear();
    advance_field(load.field, freight.kind.factor, freight.layout, tables.propagator, step,
                  release_flows(releases));
  } else {
    advance_cargo(load.cargo, freight.kind, freight.layout, tables, step, releases, watch);
  }
}

std::vector<FieldFlow> release_flows(std::span<Release const> releases) {
  std::vector<FieldFlow> flows;
  for (auto const& release : releases) flows.push_back({release.cell, release.rate, release.source});
  return flows;
}

}  // namespace myoaxis
