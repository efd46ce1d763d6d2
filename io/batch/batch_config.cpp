#include "io/batch/batch_config.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "agents/assays/laboratory.h"
#include "agents/outcome_names.h"
#include "io/batch/variation_piece.h"
#include "io/batch/vary.h"
#include "io/config/key_pattern.h"
#include "io/config/merge.h"
#include "io/config/parse.h"
#include "io/config/section.h"
#include "io/config/toml_text.h"
#include "io/experiment/experiment_config.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMostSubjects = 1'000'000;
constexpr std::array<std::string_view, 2> kDesigns{"crossover", "parallel"};
/// What an arm says of itself; all other keys of its table are the experiment's.
constexpr std::array<std::string_view, 2> kOwnKeys{"name", "description"};

/// The batch file, and what of it are keys of experiments: their nodes keep their places.
struct Parts {
  toml::table root;
  toml::table common;
  std::vector<toml::table> overrides;  // one an arm
};

toml::table take_overrides(toml::table& arm) {
  toml::table overrides;
  for (auto&& [key, node] : arm) {
    if (std::ranges::find(kOwnKeys, key.str()) == kOwnKeys.end()) put(overrides, key, std::move(node));
  }
  for (auto const& [key, node] : overrides) arm.erase(key.str());
  return overrides;
}

Parts read_parts(fs::path const& file) {
  Diagnostics diagnostics;
  auto root = parse_file(file, diagnostics);
  diagnostics.throw_if_any();
  Parts parts{std::move(*root), {}, {}};
  if (auto* common = parts.root["common"].as_table()) {
    parts.common = std::move(*common);
    parts.root.erase(std::string_view{"common"});
  }
  if (auto* arms = parts.root["arm"].as_array()) {
    for (auto& arm : *arms) {
      if (auto* table = arm.as_table()) parts.overrides.push_back(take_overrides(*table));
    }
  }
  return parts;
}

std::optional<fs::path> find_base(std::string const& name, fs::path const& file, SearchPath const& search) {
  for (auto const& candidate : search.candidates("experiments", name, file.parent_path())) {
    if (is_readable_kind(candidate)) return candidate;
  }
  return {};
}

bool is_arm_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 && name.find_first_of("\n\r\t") == name.npos;
}

BatchArm read_arm(Section section, std::set<std::string>& names) {
  BatchArm arm;
  arm.name = section.text("name", "name of the arm in tables and files");
  arm.description = section.text_or("description", "", "the arm in words");
  section.finish();
  if (section.has("name") && !is_arm_name(arm.name))
    section.fail("name", "must have 1 to 64 characters, all on one line");
  if (!names.insert(arm.name).second) section.fail("name", "another arm has this name");
  return arm;
}

std::size_t read_reference(Section& root, std::vector<BatchArm> const& arms) {
  if (arms.empty()) return 0;
  std::vector<std::string_view> names;
  for (auto const& arm : arms) names.push_back(arm.name);
  auto const wanted =
      root.choice_or("reference", names.front(), names, "arm that the others are compared to");
  auto const found = std::ranges::find(names, wanted);
  return found == names.end() ? 0 : static_cast<std::size_t>(found - names.begin());
}

PrecisionParams read_precision(Section section, std::int64_t subjects) {
  PrecisionParams precision;
  precision.outcome = section.text("outcome", "outcome whose interval has to be narrow enough");
  precision.half_width =
      section.quantity<Number>("half_width", positive(), "half of the 95 % interval, in the outcome's unit")
          .value();
  precision.first = section.integer_or("first", std::min<std::int64_t>(8, subjects), 3, kMostSubjects,
                                       "subjects before the first look");
  precision.step = section.integer_or("step", 4, 1, kMostSubjects, "subjects between looks");
  section.finish();
  if (precision.first > subjects) section.fail("first", "must be at most `subjects`");
  return precision;
}

void read_design(Section& root, BatchParams& batch) {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  batch.title = root.text_or("title", "", "the batch in words");
  batch.design = root.choice_or("design", "crossover", kDesigns,
                                "crossover: every subject under every arm") == "parallel"
                     ? Design::parallel
                     : Design::crossover;
  batch.subjects = root.integer("subjects", 1, kMostSubjects, "subjects in each arm");
  batch.first_subject =
      root.integer_or("first_subject", 1, 0, most - kMostSubjects * 1000, "number of the first subject");
  batch.share_baseline =
      root.flag_or("share_baseline", true, "simulate the baseline that arms have in common once a subject");
}

void read_arms(Section& root, BatchParams& batch) {
  std::set<std::string> names;
  for (auto& section : root.sections("arm", "what is done to the subjects: name, and keys of the experiment"))
    batch.arms.push_back(read_arm(section, names));
  if (batch.arms.empty()) root.fail("arm", "a batch needs arms, such as [[arm]] with name = \"rest\"");
  batch.reference = read_reference(root, batch.arms);
}

/// The experiment of one arm. Files are read anew for each, since nodes with their places cannot be copied.
LoadedExperiment load_arm(std::size_t arm, fs::path const& base, fs::path const& file,
                          std::vector<std::string> const& sets, SearchPath const& search) {
  auto parts = read_parts(file);
  Diagnostics diagnostics;
  auto root = parse_file(base, diagnostics);
  diagnostics.throw_if_any();
  merge(*root, std::move(parts.common));
  merge(*root, std::move(parts.overrides[arm]));
  return load_experiment(std::move(*root), base, sets, search);
}

/// Of the outcomes of a run, and of the readings of its assays.
std::vector<std::string> all_names(Experiment const& experiment) {
  auto names = outcome_names(experiment);
  for (auto& name : reading_names(experiment)) names.push_back(std::move(name));
  return names;
}

/// Readings of one name must be of one thing in all arms, or their difference would be one of sites or
/// organs.
class ReadingsOfArms {
 public:
  /// Reports the readings of `arm` that another arm has under the same name, of something else.
  void check(std::string const& arm, Experiment const& experiment, fs::path const& file,
             Diagnostics& diagnostics) {
    for (auto const& assay : experiment.assays) {
      for (auto const& quantity : quantities_of(assay, experiment)) {
        auto const [known, is_new] =
            known_.try_emplace({assay.name, quantity.name}, Known{arm, quantity.meaning, quantity.unit});
        auto const& other = known->second;
        if (is_new || (other.meaning == quantity.meaning && other.unit == quantity.unit)) continue;
        diagnostics.add(
            {file.string()},
            fmt::format("assay '{}': its {} is '{}' [{}] in the arm '{}', but '{}' [{}] in the arm "
                        "'{}'; give assays that differ names that differ",
                        assay.name, quantity.name, quantity.meaning, quantity.unit, arm, other.meaning,
                        other.unit, other.arm));
        break;  // the other quantities differ in the same way
      }
    }
  }

 private:
  struct Known {
    std::string arm, meaning, unit;
  };
  std::map<std::pair<std::string, std::string>, Known> known_;  // by assay and quantity
};

void add_problems(ConfigError const& error, Diagnostics& diagnostics) {
  for (auto const& problem : error.problems()) diagnostics.add(problem.place, problem.message);
}

void load_arms(BatchParams& batch, fs::path const& base, fs::path const& file,
               std::vector<std::string> const& sets, SearchPath const& search) {
  Diagnostics diagnostics;
  ReadingsOfArms readings;
  for (std::size_t i = 0; i < batch.arms.size(); ++i) {
    try {
      auto loaded = load_arm(i, base, file, sets, search);
      if (loaded.start) {
        diagnostics.add({base.string()},
                        "[start] cannot be given in a batch, which sets out from baselines of "
                        "its own (share_baseline)");
      }
      readings.check(batch.arms[i].name, loaded.experiment, file, diagnostics);
      if (i == batch.reference) {
        batch.seed = loaded.experiment.luck.seed;
        batch.organism = loaded.experiment.organism.name;
      }
      batch.arms[i].resolved_toml = std::move(loaded.resolved_toml);
      batch.arms[i].parameters = std::move(loaded.parameters);
      batch.arms[i].outcomes = all_names(loaded.experiment);
    } catch (ConfigError const& error) {
      add_problems(error, diagnostics);
    }
  }
  diagnostics.throw_if_any();
}

std::optional<SubjectVariation> read_subject(Section section, std::vector<Parameter> const& parameters) {
  auto const variation = section.optional_section("variation", "traits by which subjects differ");
  section.finish();
  if (!variation) return {};
  return read_subject_variation(*variation, parameters);
}

VaryParams checked_vary(Section const& section, std::vector<Parameter> const& parameters,
                        Diagnostics const& diagnostics) {
  auto vary = read_vary(section, parameters);
  diagnostics.throw_if_any();
  return vary;
}

/// A scan sets its parameters in every arm: each must have them.
void check_arms_have(VaryParams const& vary, BatchParams const& batch, toml::table const& root,
                     Diagnostics& diagnostics) {
  auto const tables = root["vary"]["parameter"];
  for (std::size_t i = 0; i < vary.parameters.size(); ++i) {
    auto const& key = vary.parameters[i].parameter.key;
    auto const arm = arm_without(batch, key);
    if (!arm) continue;
    diagnostics.add(
        place_of(*tables[i]["key"].node()),
        fmt::format("vary.parameter[{}].key = \"{}\": the arm '{}' has no such parameter; allowed: "
                    "parameters that all arms have",
                    i, key, *arm));
  }
  for (auto const& share : vary.shares) {
    auto const arm = arm_without(batch, share.key);
    if (!arm) continue;
    diagnostics.add(
        place_of(*root["vary"].node()),
        fmt::format("vary: {} shares a whole with a parameter that is varied, but the arm '{}' has "
                    "no such parameter; leave the shares of this whole out",
                    share.key, *arm));
  }
}

/// The batch's own folder comes before the program's.
SearchPath with_folder_of(fs::path const& file, SearchPath const& search) {
  auto folders = search.folders();
  folders.insert(folders.begin(), file.has_parent_path() ? file.parent_path() : fs::path{"."});
  return SearchPath{std::move(folders)};
}

}  // namespace

BatchParams load_batch(fs::path const& file, std::vector<std::string> const& sets, SearchPath const& search) {
  auto parts = read_parts(file);
  auto const folders = with_folder_of(file, search);
  Diagnostics diagnostics;
  ReadContext context{diagnostics};
  Section root{parts.root, context};
  BatchParams batch;
  batch.file = file.string();
  read_design(root, batch);
  read_arms(root, batch);
  auto const name = root.text("base", "experiment that the arms change");
  auto const base = find_base(name, file, folders);
  if (!base && root.has("base"))
    root.fail("base", "there is no such experiment, beside this file or in experiments/");
  if (auto section = root.optional_section("precision", "stop adding subjects when an interval is narrow"))
    batch.precision = read_precision(*section, batch.subjects);
  auto const precision_outcome = parts.root["precision"]["outcome"];
  auto const vary = root.optional_section("vary", "points of a scan of parameters");
  auto subject = root.optional_section("subject", "how subjects differ");
  auto const sensitivity = root.optional_section("sensitivity", "what `myoaxis sensitivity` does");
  root.finish();
  if (batch.precision && vary)
    root.fail("precision", "cannot be told for a scan: leave out [precision] or [vary]");
  if (batch.precision && batch.arms.size() == 1)
    root.fail("precision",
              "is of the difference between arms, and there is one: add an [[arm]], or leave it out");
  if (sensitivity) batch.sensitivity = read_sensitivity(*sensitivity);
  diagnostics.throw_if_any();
  load_arms(batch, *base, file, sets, folders);
  if (batch.precision) {
    auto const problem = outcome_problem(batch, batch.precision->outcome, OutcomeText::name);
    if (problem)
      diagnostics.add(place_of(*precision_outcome.node()), fmt::format("precision.outcome: {}", *problem));
  }
  batch.points = {{}};
  auto const& parameters = batch.arms[batch.reference].parameters;
  if (vary) {
    auto const read = checked_vary(*vary, parameters, diagnostics);
    check_arms_have(read, batch, parts.root, diagnostics);
    diagnostics.throw_if_any();
    batch.points = points_of(read);
  }
  lay_variation_piece(parts.root, batch.organism, file, folders, diagnostics);
  if (subject) batch.variation = read_subject(*subject, parameters);
  diagnostics.throw_if_any();
  return batch;
}

std::optional<std::string> outcome_problem(BatchParams const& batch, std::string const& wanted,
                                           OutcomeText what) {
  for (auto const& arm : batch.arms) {
    auto const is_meant = [&](std::string const& name) {
      return what == OutcomeText::pattern ? matches(wanted, name) : name == wanted;
    };
    if (std::ranges::any_of(arm.outcomes, is_meant)) continue;
    auto const guess = did_you_mean(wanted, arm.outcomes);
    return fmt::format("'{}' is no outcome of the arm '{}'{} allowed: {}", wanted, arm.name,
                       guess.empty() ? ";" : guess, fmt::join(arm.outcomes, ", "));
  }
  return {};
}

std::optional<std::string> arm_without(BatchParams const& batch, std::string const& key) {
  for (auto const& arm : batch.arms) {
    if (std::ranges::find(arm.parameters, key, &Parameter::key) == arm.parameters.end()) return arm.name;
  }
  return {};
}

bool is_batch(fs::path const& file) {
  Diagnostics diagnostics;
  auto const root = parse_file(file, diagnostics);
  diagnostics.throw_if_any();
  return root->contains(std::string_view{"arm"});
}

BatchParams batch_of_experiment(fs::path const& file, std::vector<std::string> const& sets,
                                SearchPath const& search) {
  auto loaded = load_experiment(file, sets, search);
  BatchParams batch;
  batch.title = loaded.experiment.title;
  batch.file = file.string();
  batch.arms.push_back(
      {loaded.experiment.title, "", loaded.resolved_toml, loaded.parameters, all_names(loaded.experiment)});
  batch.seed = loaded.experiment.luck.seed;
  batch.subjects = 1;
  batch.first_subject = static_cast<std::int64_t>(loaded.experiment.luck.subject);
  batch.points = {{}};
  return batch;
}

}  // namespace myoaxis
