#include "io/experiment/experiment_config.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <limits>

#include "core/units.h"
#include "io/config/section.h"
#include "io/config/sha256.h"
#include "io/experiment/circulation_config.h"
#include "io/experiment/factor_config.h"
#include "io/experiment/laboratory_config.h"
#include "io/experiment/organism_config.h"
#include "io/experiment/schedule_config.h"
#include "io/experiment/start_check.h"
#include "io/experiment/time_text.h"

namespace myoaxis {
namespace {

UseRules use_rules() {
  return {{{"organism", "use", "organisms", "sex"},
           {"schedule", "use", "regimes"},
           {"scale", "preset", "scales"}},
          {{"factors", "factor", "factors", "organism"}},
          {{"circulation", "muscle_network", "networks"}, {"circulation", "hippocampus_network", "networks"}},
          ConditionRule{}};
}

ScaleParams read_scale(Section section, std::size_t motor_units) {
  ScaleParams scale;
  section.text_or("from", "", "preset this scale was taken from");
  section.allow("preset");
  scale.fibers = static_cast<std::size_t>(
      section.integer("fibers", 1, 100'000'000, "simulated fibers of working muscle"));
  scale.packets =
      static_cast<std::size_t>(section.integer("packets", 1, 1'000'000'000, "packets in flight, aimed at"));
  scale.brain.niches =
      static_cast<std::size_t>(section.integer("niches", 1, 1000, "niches of the dentate gyri"));
  scale.brain.dentate_fraction =
      section.quantity<Fraction>("dentate_fraction", {.low = 0, .high = 1, .low_open = true},
                                 "share of the dentate gyri simulated cell by cell");
  scale.granule_cells = static_cast<std::size_t>(
      section.integer("granule_cells", 1, 10'000'000, "old granule cells whose spines are simulated"));
  scale.spine_sites = static_cast<std::size_t>(
      section.integer("spine_sites", 1, 100'000, "simulated spine sites of each granule cell"));
  if (scale.fibers < motor_units) {
    section.fail("fibers", fmt::format("must be at least the number of motor units ({})", motor_units));
  }
  section.finish();
  return scale;
}

NumericsParams read_numerics(std::optional<Section> section) {
  NumericsParams numerics{8, 32, 2 * kHour, kHour, kHour, 6 * kHour};
  if (!section) return numerics;
  auto const hour = between(1, static_cast<double>(kHour));
  numerics.step_exercise =
      read_whole_seconds_or(*section, "step_exercise", 8, "8 s", hour, "longest step in a session");
  numerics.step_recovery =
      read_whole_seconds_or(*section, "step_recovery", 32, "32 s", hour, "longest step after one");
  numerics.recovery = read_whole_seconds_or(*section, "recovery", 2 * kHour, "2 h", non_negative(),
                                            "how long after a session step_recovery holds");
  numerics.step_rest =
      read_whole_seconds_or(*section, "step_rest", kHour, "1 h", hour, "longest step at rest");
  numerics.step_lineage =
      read_whole_seconds_or(*section, "step_lineage", kHour, "1 h", hour, "grid of the lineage");
  if (kHour % numerics.step_lineage != 0) section->fail("step_lineage", "must divide an hour");
  numerics.step_synapses =
      read_whole_seconds_or(*section, "step_synapses", 6 * kHour, "6 h",
                            between(1, static_cast<double>(kDay)), "grid of the synapses");
  if (kDay % numerics.step_synapses != 0 || numerics.step_synapses % numerics.step_lineage != 0) {
    section->fail("step_synapses", "must divide a day and be a multiple of step_lineage");
  }
  section->finish();
  return numerics;
}

TransportParams read_transport(std::optional<Section> section) {
  TransportParams transport;
  if (!section) return transport;
  constexpr std::array<std::string_view, 3> engines{"particles", "counts", "mean"};
  auto const name =
      section->choice_or("engine", "particles", engines,
                         "how proteins are carried: as packets, as counts, as their expectation");
  auto const found = std::find(engines.begin(), engines.end(), name);
  if (found != engines.end()) transport.engine = Engine{static_cast<std::uint8_t>(found - engines.begin())};
  transport.propagator_gigabytes = section->quantity_or<Number>(
      "propagator_gigabytes", Number{1}, "1", positive(), "most memory for propagators, GB");
  section->finish();
  return transport;
}

LoopParams read_loop(std::optional<Section> section) {
  LoopParams loop;
  if (!section) return loop;
  loop.niche_signals =
      section->flag_or("niche_signals", true, "false: lineage and synapses see the signals of rest");
  loop.inflammation = section->flag_or("inflammation", true, "false: inflammation stays at rest");
  loop.mood = section->flag_or("mood", true, "false: every session is done as prescribed");
  loop.central_drive = section->flag_or("central_drive", true, "false: fatigue does not lower the drive");
  loop.adaptation = section->flag_or("adaptation", true, "false: fibers stay untrained");
  section->finish();
  return loop;
}

OutputParams read_output(std::optional<Section> section, Tick begin, Tick end) {
  OutputParams output{6 * kHour, {}, true, 1'000'000};
  if (!section) return output;
  output.every = read_whole_seconds_or(*section, "every", 6 * kHour, "6 h", at_least(1), "time between rows");
  output.events = section->flag_or("events", true, "write births, deaths and transitions");
  output.events_limit = section->integer_or("events_limit", 1'000'000, 0,
                                            std::numeric_limits<std::int64_t>::max(), "most events written");
  for (auto const& text :
       section->texts_or("snapshots", "times at which all fibers and neurons are written")) {
    try {
      auto const instant = parse_instant(text, end);
      if (instant < begin || instant > end) {
        section->fail("snapshots", fmt::format("'{}' lies outside of the run, which goes from {} to {}", text,
                                               to_string(begin), to_string(end)));
      }
      output.snapshots.push_back(instant);
    } catch (UnitError const& error) {
      section->fail("snapshots", error.what());
    }
  }
  std::sort(output.snapshots.begin(), output.snapshots.end());
  output.snapshots.erase(std::unique(output.snapshots.begin(), output.snapshots.end()),
                         output.snapshots.end());
  section->finish();
  return output;
}

/// Where the length of the run is wrong, no instant can be said to lie outside of it.
void forget_wrong_lengths(Section& root, ScheduleParams& schedule) {
  constexpr auto any = 1000 * 366 * kDay;
  if (!root.has("schedule")) return;
  auto const section = root.section("schedule", "");
  if (section.has_problem("duration")) schedule.duration = any;
  if (section.has_problem("baseline")) schedule.baseline = any;
}

/// Without an organism nothing can be said of what is done to it.
void skip_laboratory(Section& root) {
  root.sections("intervention", "what the laboratory does to the subject");
  root.sections("assay", "what the laboratory measures");
}

void read_root(Section& root, toml::table const& tree, LoadedExperiment& loaded) {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  auto& experiment = loaded.experiment;
  root.allow("factors");
  root.flag_or("resolved", false, "the file stands alone: nothing is looked up");
  root.texts_or("conditions",
                "names of conditions, such as \"aged\", laid over the organism; later ones win");
  root.texts_or("applied_conditions", "those of a resolved experiment, whose numbers hold them already");
  experiment.title = root.text_or("title", "", "the experiment in words");
  experiment.luck.seed =
      static_cast<std::uint64_t>(root.integer("seed", 0, most, "seed of all random numbers"));
  experiment.luck.subject =
      static_cast<std::uint64_t>(root.integer_or("subject", 0, 0, most, "number of the subject"));
  experiment.organism = read_organism(root.section("organism", "the animal or person"));
  auto const has_organism = root.has("organism");
  auto factors = root.named_sections("factor", "factors by name");
  if (factors.empty()) root.fail("factor", "there must be a factor, such as factors = [\"bdnf\"]");
  if (!has_organism) factors.clear();  // their values are those of a species
  for (auto& [name, section] : factors)
    experiment.factors.push_back(read_factor(name, section, experiment.organism));
  experiment.scale =
      read_scale(root.section("scale", "how much is simulated"), experiment.organism.motor_units.count);
  experiment.schedule =
      read_schedule(root.section("schedule", "when the subject trains"), experiment.organism.modes);
  forget_wrong_lengths(root, experiment.schedule);
  experiment.numerics = read_numerics(root.optional_section("numerics", "lengths of steps"));
  experiment.transport = read_transport(root.optional_section("transport", "how factors are carried"));
  experiment.circulation =
      read_circulation_design(root.optional_section("circulation", "how vessels are simulated"));
  experiment.loop = read_loop(root.optional_section("loop", "return paths that can be opened"));
  if (has_organism) {
    experiment.interventions = read_interventions(root, experiment);
    experiment.assays = read_assays(root, experiment);
  } else {
    skip_laboratory(root);
  }
  check_conversions(root, experiment.factors);
  loaded.output = read_output(root.optional_section("output", "what is written"),
                              Tick{-experiment.schedule.baseline}, Tick{experiment.schedule.duration});
  if (auto section = root.optional_section("start", "a saved state to set out from")) {
    loaded.start = read_start(*section, tree, loaded.file);
  }
  root.finish();
}

/// The state belongs to the experiment, wherever its file lies.
toml::table with_state(toml::table root, std::optional<StartParams> const& start) {
  if (start) root["start"].as_table()->insert_or_assign("state", start->state);
  return root;
}

LoadedExperiment read_experiment(Document const& document) {
  Diagnostics diagnostics;
  ReadContext context{diagnostics};
  LoadedExperiment loaded;
  loaded.file = document.file;
  Section root{document.root, context};
  read_root(root, document.root, loaded);
  // Values that stand in for wrong ones would only raise follow-on errors here.
  if (diagnostics.empty()) {
    auto organism = root.section("organism", "");
    check_organism(organism, loaded.experiment.organism);
    auto schedule = root.section("schedule", "");
    check_schedule(schedule, loaded.experiment.schedule, loaded.experiment.organism.age);
  }
  if (diagnostics.empty() && loaded.start) {
    auto start = root.section("start", "");
    check_start(start, *loaded.start, loaded.experiment);
  }
  diagnostics.throw_if_any();
  loaded.resolved_toml = resolved_text(with_state(document.root, loaded.start));
  loaded.sha256 = sha256_hex(loaded.resolved_toml);
  loaded.parameters = std::move(context.parameters);
  loaded.keys = std::move(context.keys);
  return loaded;
}

}  // namespace

LoadedExperiment load_experiment(std::filesystem::path const& file, std::vector<std::string> const& sets,
                                 SearchPath const& search) {
  return read_experiment(load_document(file, sets, search, use_rules()));
}

LoadedExperiment load_experiment(toml::table&& root, std::filesystem::path const& file,
                                 std::vector<std::string> const& sets, SearchPath const& search) {
  return read_experiment(load_document(std::move(root), file, sets, search, use_rules()));
}

}  // namespace myoaxis
