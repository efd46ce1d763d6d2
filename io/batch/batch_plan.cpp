#include "io/batch/batch_plan.h"

#include <fmt/core.h>

#include <numeric>
#include <optional>
#include <utility>

#include "io/batch/apply_settings.h"
#include "io/batch/shared_baseline.h"
#include "io/config/document.h"
#include "io/config/sha256.h"
#include "io/experiment/experiment_config.h"

namespace myoaxis {
namespace {

std::string name_of(std::string const& configuration) { return sha256_hex(configuration).substr(0, 16); }

/// An arm before subjects and points change it.
struct ArmTree {
  toml::table root;
  Experiment experiment;
};

toml::table parsed(std::string const& resolved) {
  toml::table root = toml::parse(std::string_view{resolved});
  root.erase(std::string_view{"resolved"});
  return root;
}

Experiment read_experiment(toml::table root, std::string const& file) {
  root.insert_or_assign("resolved", true);
  return load_experiment(std::move(root), file, {}, SearchPath{{}}).experiment;
}

/// All runs of one subject at one point: one an arm, or in a parallel design that of a single arm.
class SubjectPlanner {
 public:
  explicit SubjectPlanner(BatchParams const& params) : params_{params} {
    for (auto const& arm : params.arms) {
      auto root = parsed(arm.resolved_toml);
      auto experiment = read_experiment(root, params.file);
      arms_.push_back({std::move(root), std::move(experiment)});
    }
    for (auto& arm : arms_) {
      auto const mode = mode_of_layout(arm.experiment, arms_[training_arm()].experiment);
      arm.root["organism"].as_table()->insert_or_assign("default_mode", mode);
      if (params.highest_extraction)
        arm.root["organism"]["circulation"].as_table()->insert("highest_extraction",
                                                               *params.highest_extraction);
    }
  }

  void add(BatchPlan& plan, BatchCell const& cell) {
    baselines_.clear();
    std::vector<toml::table> trees;
    std::vector<PlannedRun> runs;
    std::map<std::string, int> sharing;
    for (auto const arm : cell.arms) {
      trees.push_back(tree_of(cell.subject, cell.point, arm));
      runs.push_back({{}, arm, cell.point, cell.subject, {}, baseline_name(trees.back(), arm)});
      ++sharing[runs.back().baseline];
    }
    for (std::size_t i = 0; i < runs.size(); ++i) {
      auto& run = runs[i];
      if (!run.baseline.empty() && sharing[run.baseline] >= 2)
        set_out_from_baseline(run, trees[i], plan);
      else
        run.baseline.clear();
      run.configuration = resolved_text(trees[i]);
      run.name = name_of(run.configuration);
      plan.runs.push_back(std::move(run));
    }
  }

 private:
  toml::table tree_of(std::uint64_t subject, std::size_t point, std::size_t arm) const {
    auto root = arms_[arm].root;
    auto parameters = params_.arms[arm].parameters;
    apply(params_.points[point], root, parameters);
    if (params_.variation)
      apply(sample_subject(*params_.variation, {params_.seed, subject}, parameters), root, parameters);
    root.insert_or_assign("subject", static_cast<std::int64_t>(subject));
    return root;
  }

  static void apply(std::vector<Setting> const& settings, toml::table& root,
                    std::vector<Parameter>& parameters) {
    apply_settings(root, settings);
    for (auto const& setting : settings) {
      for (auto& parameter : parameters) {
        if (parameter.key == setting.key) parameter.number = setting.number;
      }
    }
  }

  /// Of the baseline as if others shared it; empty when there is none.
  std::string baseline_name(toml::table const& root, std::size_t arm) {
    if (!params_.share_baseline) return {};
    auto const baseline = baseline_of(root, arms_[arm].experiment);
    if (!baseline) return {};
    auto text = resolved_text(*baseline);
    auto name = name_of(text);
    baselines_[name] = std::move(text);
    return name;
  }

  void set_out_from_baseline(PlannedRun const& run, toml::table& root, BatchPlan& plan) const {
    plan.baselines[run.baseline] = baselines_.at(run.baseline);
    root.insert("start", toml::table{{"from", fmt::format("../baselines/{}.h5", run.baseline)}});
  }

  /// An arm whose sessions decide which muscles are laid out in arms without any.
  std::size_t training_arm() const {
    for (std::size_t arm = 0; arm < arms_.size(); ++arm) {
      if (!arms_[arm].experiment.schedule.rules.empty()) return arm;
    }
    return 0;
  }

  BatchParams const& params_;
  std::vector<ArmTree> arms_;
  std::map<std::string, std::string> baselines_;
};

}  // namespace

BatchPlan plan_cells(BatchParams const& params, std::vector<BatchCell> const& cells) {
  SubjectPlanner planner{params};
  BatchPlan plan;
  for (auto const& cell : cells) planner.add(plan, cell);
  return plan;
}

BatchPlan plan_batch(BatchParams const& params, std::int64_t first, std::int64_t last) {
  std::vector<std::size_t> all(params.arms.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  auto const number_of = [&](std::int64_t i) { return static_cast<std::uint64_t>(params.first_subject + i); };
  auto const arms = static_cast<std::int64_t>(all.size());
  std::vector<BatchCell> cells;
  for (auto i = first; i < last; ++i) {
    for (std::size_t point = 0; point < params.points.size(); ++point) {
      if (params.design == Design::crossover) {
        cells.push_back({number_of(i), point, all});
        continue;
      }
      for (std::int64_t arm = 0; arm < arms; ++arm)
        cells.push_back({number_of(i * arms + arm), point, {static_cast<std::size_t>(arm)}});
    }
  }
  return plan_cells(params, cells);
}

BatchPlan plan_batch(BatchParams const& params) { return plan_batch(params, 0, params.subjects); }

}  // namespace myoaxis
