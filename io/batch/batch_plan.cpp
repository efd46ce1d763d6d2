#include "io/batch/batch_plan.h"

#include <fmt/core.h>

#include <optional>
#include <utility>

#include "io/batch/shared_baseline.h"
#include "io/config/document.h"
#include "io/config/key_path.h"
#include "io/config/sha256.h"
#include "io/experiment/experiment_config.h"

namespace myoaxis {
namespace {

std::string name_of(std::string const& configuration) { return sha256_hex(configuration).substr(0, 16); }

/// All runs of one subject at one point: one an arm, or in a parallel design that of a single arm.
class SubjectPlanner {
 public:
  SubjectPlanner(BatchParams const& params, std::vector<Experiment> const& experiments)
      : params_{params}, experiments_{experiments} {}

  void add(BatchPlan& plan, std::uint64_t subject, std::size_t point, std::vector<std::size_t> const& arms) {
    baselines_.clear();
    std::vector<PlannedRun> runs;
    for (auto const arm : arms) runs.push_back(planned(subject, point, arm));
    std::map<std::string, int> sharing;
    for (auto const& run : runs) ++sharing[run.baseline];
    for (auto& run : runs) {
      if (run.baseline.empty() || sharing[run.baseline] < 2)
        run.baseline.clear();
      else
        set_out_from_baseline(run, plan);
      run.name = name_of(run.configuration);
      plan.runs.push_back(std::move(run));
    }
  }

 private:
  /// The configuration of a run by itself, and the name of its baseline as if others shared it.
  PlannedRun planned(std::uint64_t subject, std::size_t point, std::size_t arm) {
    auto const loaded = load(tree_of(subject, point, arm), subject, point, arm);
    PlannedRun run{{}, arm, point, subject, loaded.resolved_toml, {}};
    if (!params_.share_baseline) return run;
    if (auto const baseline = baseline_of(toml::parse(loaded.resolved_toml), loaded.experiment)) {
      auto text = resolved_text(without_mark(*baseline));
      run.baseline = name_of(text);
      baselines_[run.baseline] = std::move(text);
    }
    return run;
  }

  static toml::table without_mark(toml::table root) {
    root.erase(std::string_view{"resolved"});
    return root;
  }

  toml::table tree_of(std::uint64_t subject, std::size_t point, std::size_t arm) const {
    auto const& from = params_.arms[arm];
    auto root = toml::parse(from.resolved_toml);
    auto parameters = from.parameters;
    for (auto const& setting : params_.points[point]) apply(setting, root, parameters);
    root.insert_or_assign("subject", static_cast<std::int64_t>(subject));
    auto const& layout = experiments_[arm];
    root["organism"].as_table()->insert_or_assign("default_mode",
                                                  mode_of_layout(layout, experiments_[training_arm()]));
    return root;
  }

  static void apply(Setting const& setting, toml::table& root, std::vector<Parameter>& parameters) {
    set_number(root, setting.key, setting.number, setting.unit);
    for (auto& parameter : parameters) {
      if (parameter.key == setting.key) parameter.number = setting.number;
    }
  }

  /// An arm whose sessions decide which muscles are laid out in arms without any.
  std::size_t training_arm() const {
    for (std::size_t arm = 0; arm < experiments_.size(); ++arm) {
      if (!experiments_[arm].schedule.rules.empty()) return arm;
    }
    return 0;
  }

  /// What is wrong now is so for this subject or point alone, since the arm itself could be read.
  LoadedExperiment load(toml::table&& root, std::uint64_t subject, std::size_t point, std::size_t arm) const {
    try {
      return load_experiment(std::move(root), params_.file, {}, SearchPath{{}});
    } catch (ConfigError const& error) {
      Diagnostics problems;
      auto const who = fmt::format("arm '{}', subject {}, point {}", params_.arms[arm].name, subject, point);
      for (auto const& problem : error.problems()) problems.add({params_.file}, who + ": " + problem.message);
      throw ConfigError{problems.problems()};
    }
  }

  void set_out_from_baseline(PlannedRun& run, BatchPlan& plan) const {
    plan.baselines[run.baseline] = baselines_.at(run.baseline);
    auto root = without_mark(toml::parse(run.configuration));
    root.insert("start", toml::table{{"from", fmt::format("../baselines/{}.h5", run.baseline)}});
    run.configuration = resolved_text(root);
  }

  BatchParams const& params_;
  std::vector<Experiment> const& experiments_;
  std::map<std::string, std::string> baselines_;
};

std::vector<Experiment> experiments_of(BatchParams const& params) {
  std::vector<Experiment> experiments;
  for (auto const& arm : params.arms)
    experiments.push_back(
        load_experiment(toml::parse(arm.resolved_toml), params.file, {}, SearchPath{{}}).experiment);
  return experiments;
}

}  // namespace

BatchPlan plan_batch(BatchParams const& params, std::int64_t first, std::int64_t last) {
  auto const experiments = experiments_of(params);
  SubjectPlanner planner{params, experiments};
  std::vector<std::size_t> all;
  for (std::size_t arm = 0; arm < params.arms.size(); ++arm) all.push_back(arm);
  BatchPlan plan;
  for (auto i = first; i < last; ++i) {
    for (std::size_t point = 0; point < params.points.size(); ++point) {
      auto const number = static_cast<std::uint64_t>(params.first_subject + i);
      if (params.design == Design::crossover) {
        planner.add(plan, number, point, all);
        continue;
      }
      auto const arms = static_cast<std::int64_t>(all.size());
      for (auto const arm : all) {
        auto const own = params.first_subject + i * arms + static_cast<std::int64_t>(arm);
        planner.add(plan, static_cast<std::uint64_t>(own), point, {arm});
      }
    }
  }
  return plan;
}

BatchPlan plan_batch(BatchParams const& params) { return plan_batch(params, 0, params.subjects); }

}  // namespace myoaxis
