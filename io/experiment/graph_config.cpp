#include "io/experiment/graph_config.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <set>

#include "io/config/document.h"
#include "io/config/parse.h"
#include "io/config/section.h"
#include "io/config/sha256.h"

namespace myoaxis {
namespace {

/// Propagators are dense: this many cells take about a minute and 0.1 GB.
constexpr std::size_t kMostCells = 2000;
constexpr double kMostSteps = 1e8;

/// What a name of the file stands for: one cell, the cells of a tube from its inlet on, or a sink.
struct Named {
  std::vector<CellId> cells;
  std::optional<SinkId> sink;
};

/// Reads the file's tables in the order in which they may name each other.
class GraphReader {
 public:
  explicit GraphReader(GraphExperiment& graph) : graph_{graph} {}

  void read(Section& root) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    graph_.title = root.text_or("title", "", "the experiment in words");
    graph_.luck.seed =
        static_cast<std::uint64_t>(root.integer("seed", 0, most, "seed of all random numbers"));
    read_transport(root.optional_section("transport", "how the solute is carried"));
    auto section = root.section("graph", "cells, what goes between them, and what is put in");
    read_times(section);
    read_places(section);
    read_ways(section);
    read_inputs(section);
    section.finish();
    root.finish();
  }

 private:
  void read_transport(std::optional<Section> section);
  void read_times(Section& section);
  void read_places(Section& graph);
  void read_ways(Section& graph);
  void read_inputs(Section& graph);
  /// Number of the tube, unless there is something wrong with it.
  std::optional<std::size_t> read_tube(Section& section);
  void connect_tube(Section& section, GraphTube const& tube, Named const& outlet);
  void read_path(Section section);
  void read_exchange(Section section);
  void read_bolus(Section section);
  void read_infusion(Section section);

  Representation kept_as() const {
    return graph_.engine == Engine::particles ? Representation::packets : Representation::counts;
  }
  CellId add_cell(std::string const& name, CubicMeters volume) {
    graph_.volume.push_back(volume.value());
    return graph_.layout->add_cell(name, kept_as());
  }
  bool room_for(Section& section, std::size_t cells) {
    if (graph_.layout->cells() + cells <= kMostCells) return true;
    section.fail(
        fmt::format("makes {} cells in all, allowed are {}: propagators of more take too long; shorten "
                    "the tube, or slow it down",
                    graph_.layout->cells() + cells, kMostCells));
    return false;
  }
  std::string read_name(Section& section, std::string_view what);
  Named const* find(Section& section, std::string_view key, std::string const& name);
  Named const* read_named(Section& section, std::string_view key, std::string_view meaning);
  /// A name that must be that of a cell; that of a tube stands for its inlet.
  std::optional<CellId> read_cell(Section& section, std::string_view key, std::string_view meaning);
  std::int64_t in_steps(Section& section, std::string_view key, Seconds time);
  void add_rate(CellId from, Named const& to, double per_second) {
    auto const place = to.sink ? graph_.layout->place(*to.sink) : graph_.layout->place(to.cells.front());
    graph_.rates.push_back({graph_.layout->place(from), place, per_second});
  }
  double volume(CellId cell) const { return graph_.volume[cell.index()]; }

  GraphExperiment& graph_;
  std::map<std::string, Named, std::less<>> names_;
  std::set<std::string, std::less<>> broken_;
};

void GraphReader::read_transport(std::optional<Section> section) {
  graph_.packets = 100'000;
  if (!section) return;
  constexpr std::array<std::string_view, 3> engines{"particles", "counts", "mean"};
  auto const name =
      section->choice_or("engine", "particles", engines,
                         "how the solute is carried: as packets, as counts, as their expectation");
  auto const found = std::find(engines.begin(), engines.end(), name);
  graph_.engine = Engine{static_cast<std::uint8_t>(found - engines.begin())};
  graph_.packets = section->integer_or("packets", graph_.packets, 1, 100'000'000,
                                       "packets or counts that all that is put in is divided into");
  section->finish();
}

void GraphReader::read_times(Section& section) {
  auto const duration = section.quantity<Seconds>("duration", positive(), "length of the run");
  graph_.step = section.quantity<Seconds>("step", positive(), "length of a step, any");
  auto const every =
      section.quantity_or<Seconds>("every", graph_.step, "step", positive(), "time between rows");
  if (duration.value() / graph_.step.value() > kMostSteps) {
    section.fail("step", fmt::format("makes {:.3g} steps of the duration, allowed are {:.0e}",
                                     duration.value() / graph_.step.value(), kMostSteps));
    graph_.step = duration;
  }
  graph_.steps = in_steps(section, "duration", duration);
  graph_.every = std::max<std::int64_t>(1, in_steps(section, "every", every));
}

std::int64_t GraphReader::in_steps(Section& section, std::string_view key, Seconds time) {
  auto const steps = time.value() / graph_.step.value();
  if (!(std::abs(steps) < 2 * kMostSteps)) {
    section.fail(key, "lies outside of the run");
    return 0;
  }
  auto const whole = std::llround(steps);
  if (std::abs(steps - static_cast<double>(whole)) > 1e-6) {
    section.fail(key, fmt::format("must be a multiple of graph.step ({} s)", graph_.step.value()));
  }
  return whole;
}

std::string GraphReader::read_name(Section& section, std::string_view what) {
  auto name = section.text("name", what);
  auto const plain = !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-';
  });
  if (!plain) section.fail("name", "must be of letters, digits, - and _");
  if (names_.contains(name)) {
    section.fail("name", "is used twice: cells, sinks and tubes must differ");
    for (int i = 2; names_.contains(name); ++i) name = fmt::format("{} ({})", name, i);
  }
  return name;
}

Named const* GraphReader::find(Section& section, std::string_view key, std::string const& name) {
  auto const found = names_.find(name);
  if (found != names_.end()) return &found->second;
  if (broken_.contains(name)) return nullptr;  // what is wrong was said there
  std::vector<std::string> known;
  for (auto const& [other, named] : names_) known.push_back(other);
  section.fail(key, fmt::format("there is no cell, tube or sink '{}'; there are: {}{}", name,
                                fmt::join(known, ", "), did_you_mean(name, known)));
  return nullptr;
}

Named const* GraphReader::read_named(Section& section, std::string_view key, std::string_view meaning) {
  auto const has_key = section.has(key);
  auto const name = section.text(key, meaning);
  return has_key && !name.empty() ? find(section, key, name) : nullptr;
}

std::optional<CellId> GraphReader::read_cell(Section& section, std::string_view key,
                                             std::string_view meaning) {
  auto const* named = read_named(section, key, meaning);
  if (named == nullptr) return {};
  if (!named->sink) return named->cells.front();
  section.fail(key, "is a sink, must be a cell or a tube");
  return {};
}

void GraphReader::read_places(Section& graph) {
  for (auto& section : graph.sections("cell", "places in which the solute is mixed")) {
    auto const name = read_name(section, "name of the cell");
    auto const size = section.quantity<CubicMeters>("volume", positive(), "its volume");
    section.finish();
    if (room_for(section, 1)) {
      names_[name] = {{add_cell(name, size)}, {}};
    } else {
      broken_.insert(name);
    }
  }
  for (auto& section : graph.sections("sink", "places from which nothing returns")) {
    auto const name = read_name(section, "name of the sink");
    section.finish();
    names_[name] = {{}, graph_.layout->add_sink(name, kept_as())};
  }
}

void GraphReader::read_ways(Section& graph) {
  // All tubes get their names first, as one may lead into another.
  auto tubes = graph.sections("tube", "tubes in which the solute is carried, spread and lost");
  std::vector<std::optional<std::size_t>> made;
  for (auto& section : tubes) made.push_back(read_tube(section));
  for (std::size_t i = 0; i < tubes.size(); ++i) {
    auto const* outlet = read_named(tubes[i], "outlet", "cell, tube or sink it leads to");
    tubes[i].finish();
    if (made[i] && outlet != nullptr) connect_tube(tubes[i], graph_.tubes[*made[i]], *outlet);
  }
  for (auto& section : graph.sections("path", "one-way passage between places")) read_path(section);
  for (auto& section : graph.sections("exchange", "two-way passage through a wall")) read_exchange(section);
  if (graph_.layout->cells() == 0) graph.fail("cell", "there must be a cell, [[graph.cell]], or a tube");
}

std::optional<std::size_t> GraphReader::read_tube(Section& section) {
  auto const name = read_name(section, "name of the tube, and of its inlet");
  GraphTube tube{name, {}, {}};
  auto& params = tube.params;
  params.length = section.quantity<Meters>("length", positive(), "its length");
  params.radius = section.quantity<Meters>("radius", positive(), "its radius");
  params.velocity = section.quantity<MetersPerSecond>("velocity", positive(), "mean velocity of the fluid");
  params.diffusion =
      section.quantity<SquareMetersPerSecond>("diffusion", positive(), "coefficient of molecular diffusion");
  params.decay = section.quantity_or<PerSecond>("decay", PerSecond{0}, "0 s-1", non_negative(),
                                                "rate at which the solute is lost in it");
  auto const wanted = section.integer_or("cells", 0, 0, kMostCells, "number of its cells; 0: as few as do");
  broken_.insert(name);
  if (!(axial_peclet(params) < 1e9)) {
    section.fail("would need more than 1e9 cells: its velocity carries much further than it disperses");
    return {};
  }
  auto const fewest = cells_needed(params);
  auto const number = wanted == 0 ? fewest : static_cast<std::size_t>(wanted);
  if (number < fewest) {
    section.fail(
        "cells",
        fmt::format("must be at least {}, or 0: fewer would disperse more than the tube does", fewest));
  }
  if (number < fewest || !room_for(section, number)) return {};
  for (std::size_t i = 1; i <= number; ++i) {
    tube.cells.push_back(add_cell(fmt::format("{} {}", name, i), cell_volume(params, number)));
  }
  if (params.decay.value() > 0) {
    auto const sink = graph_.layout->add_sink(name + " decay", kept_as());
    for (auto const cell : tube.cells) add_rate(cell, {{}, sink}, params.decay.value());
  }
  names_[name] = {tube.cells, {}};
  graph_.tubes.push_back(std::move(tube));
  return graph_.tubes.size() - 1;
}

void GraphReader::connect_tube(Section& section, GraphTube const& tube, Named const& outlet) {
  auto const rates = tube_rates(tube.params, tube.cells.size());
  for (std::size_t i = 0; i + 1 < tube.cells.size(); ++i) {
    add_rate(tube.cells[i], {{tube.cells[i + 1]}, {}}, rates.forward.value());
    add_rate(tube.cells[i + 1], {{tube.cells[i]}, {}}, rates.backward.value());
  }
  if (!outlet.sink && outlet.cells.front() == tube.cells.front()) {
    section.fail("outlet", "is the tube itself");
    return;
  }
  add_rate(tube.cells.back(), outlet, rates.outflow.value());
}

void GraphReader::read_path(Section section) {
  auto const from = read_cell(section, "from", "cell it leaves");
  auto const* to = read_named(section, "to", "cell, tube or sink it leads to");
  auto const rate =
      section.optional_quantity<PerSecond>("rate", non_negative(), "share of the cell that leaves in a time");
  auto const flow =
      section.optional_quantity<CubicMetersPerSecond>("flow", non_negative(), "volume that leaves in a time");
  if (section.has("rate") == section.has("flow")) section.fail("must have either rate or flow");
  section.finish();
  if (!from || to == nullptr) return;
  auto const inside_tube = std::any_of(graph_.tubes.begin(), graph_.tubes.end(),
                                       [&](auto const& tube) { return tube.cells.front() == *from; });
  if (inside_tube) {
    section.fail("from", "is a tube, which is left by its outlet");
  } else if (!to->sink && to->cells.front() == *from) {
    section.fail("to", "is the cell that it leaves");
  } else {
    add_rate(*from, *to, rate ? rate->value() : flow ? flow->value() / volume(*from) : 0.0);
  }
}

void GraphReader::read_exchange(Section section) {
  auto const names = section.texts_or("between", "the two cells; a tube exchanges along its whole length");
  auto const permeability = section.quantity<CubicMetersPerSecond>(
      "permeability", non_negative(), "permeability times surface, of the whole wall");
  section.finish();
  if (names.size() != 2 || names[0] == names[1]) {
    section.fail("between", "must be two different cells, such as [\"plasma\", \"interstitium\"]");
    return;
  }
  auto const* one = find(section, "between", names[0]);
  auto const* other = find(section, "between", names[1]);
  if (one == nullptr || other == nullptr) return;
  if (one->sink || other->sink) {
    section.fail("between", "nothing returns from a sink: both must be cells or tubes");
    return;
  }
  auto const share = permeability.value() / static_cast<double>(one->cells.size() * other->cells.size());
  for (auto const a : one->cells) {
    for (auto const b : other->cells) {
      add_rate(a, {{b}, {}}, share / volume(a));
      add_rate(b, {{a}, {}}, share / volume(b));
    }
  }
}

void GraphReader::read_inputs(Section& graph) {
  for (auto& section : graph.sections("bolus", "amounts put in at once")) read_bolus(section);
  for (auto& section : graph.sections("infusion", "amounts put in at a constant rate"))
    read_infusion(section);
  if (!graph.has("bolus") && !graph.has("infusion")) {
    graph.fail("nothing is put in: give a [[graph.bolus]] or a [[graph.infusion]]");
  }
}

void GraphReader::read_bolus(Section section) {
  auto const cell = read_cell(section, "cell", "where it is put; a tube stands for its inlet");
  auto const amount = section.quantity<Moles>("amount", positive(), "how much");
  auto const at =
      in_steps(section, "at",
               section.quantity_or<Seconds>("at", Seconds{0}, "0 s", non_negative(), "when it is put in"));
  section.finish();
  if (at >= graph_.steps) section.fail("at", "must be before the end of the run");
  if (cell) graph_.boluses.push_back({*cell, amount, at});
}

void GraphReader::read_infusion(Section section) {
  auto const cell = read_cell(section, "cell", "where it is put; a tube stands for its inlet");
  auto const rate = section.quantity<MolesPerSecond>("rate", positive(), "how much in a time");
  auto const from =
      in_steps(section, "from",
               section.quantity_or<Seconds>("from", Seconds{0}, "0 s", non_negative(), "its beginning"));
  auto const end = Seconds{static_cast<double>(graph_.steps) * graph_.step.value()};
  auto const to =
      in_steps(section, "to", section.quantity_or<Seconds>("to", end, "duration", positive(), "its end"));
  section.finish();
  if (to <= from) section.fail("to", "must be after from");
  if (to > graph_.steps) section.fail("to", "must not be after the end of the run");
  if (cell) graph_.infusions.push_back({*cell, rate, from, to});
}

}  // namespace

Moles GraphExperiment::total() const {
  double total = 0;
  for (auto const& bolus : boluses) total += bolus.amount.value();
  for (auto const& infusion : infusions) {
    total += infusion.rate.value() * static_cast<double>(infusion.to - infusion.from) * step.value();
  }
  return Moles{total};
}

Moles GraphExperiment::quantum() const {
  if (engine == Engine::mean) return Moles{1};
  return Moles{total().value() / static_cast<double>(packets)};
}

Generator GraphExperiment::generator() const {
  Generator generator{*layout};
  auto const cells = layout->cells();
  for (auto const& rate : rates) {
    auto const from = id_at<CellId>(rate.from);
    auto const per_step = PerSecond{rate.per_second * step.value()};
    if (rate.to < cells) {
      generator.add(from, id_at<CellId>(rate.to), per_step);
    } else {
      generator.add(from, id_at<SinkId>(rate.to - cells), per_step);
    }
  }
  return generator;
}

bool is_graph_experiment(std::filesystem::path const& file) {
  Diagnostics ignored;
  auto const root = parse_file(file, ignored);
  return root && root->contains("graph") && !root->contains("organism");
}

LoadedGraph load_graph_experiment(std::filesystem::path const& file, std::vector<std::string> const& sets,
                                  SearchPath const& search) {
  auto const document = load_document(file, sets, search, {});
  Diagnostics diagnostics;
  ReadContext context{diagnostics};
  LoadedGraph loaded;
  loaded.file = document.file;
  Section root{document.root, context};
  root.flag_or("resolved", false, "the file stands alone: nothing is looked up");
  GraphReader{loaded.experiment}.read(root);
  diagnostics.throw_if_any();
  loaded.resolved_toml = resolved_text(document.root);
  loaded.sha256 = sha256_hex(loaded.resolved_toml);
  loaded.keys = std::move(context.keys);
  return loaded;
}

}  // namespace myoaxis
