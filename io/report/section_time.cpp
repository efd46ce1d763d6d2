#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "io/report/curve_chart.h"
#include "io/report/level_chart.h"
#include "io/report/numbers.h"
#include "io/report/sections.h"
#include "io/report/wording.h"

namespace myoaxis::report {
namespace {

Markup training_charts(StudyRecord const& study) {
  struct Panel {
    char const *name, *title;
    Zero zero;
  };
  auto const per = study.bins.width < kWeek ? "Training a day" : "Training a week";
  std::array const panels{Panel{"hours", per, Zero::included},
                          Panel{"intensity", "Intensity done", Zero::when_near},
                          Panel{"exertion", "Perceived exertion", Zero::ignored},
                          Panel{"done", "Planned sessions that were done", Zero::included}};
  std::vector<Markup> charts;
  for (auto const& panel : panels) {
    if (example_series(study, &RunRecord::training, panel.name) == nullptr) continue;
    auto chart = chart_along_run(study, &RunRecord::training, panel.name, panel.title);
    chart.zero = panel.zero;
    charts.push_back(curve_chart(chart));
  }
  return charts.empty()
             ? paragraph("No arm has sessions.")
             : figure(charts,
                      fmt::format("Training that was done ({}); {}. Arms without sessions have no curve.",
                                  n_text(study), band_text(study)));
}

Markup muscle_charts(StudyRecord const& study) {
  static constexpr std::array kAdaptations{"oxidative_capacity", "area", "secretory_adaptation"};
  std::vector<Markup> charts;
  for (auto const& name : series_names(study, &RunRecord::muscle)) {
    if (std::ranges::find(kAdaptations, name) == kAdaptations.end()) continue;
    auto chart = chart_along_run(study, &RunRecord::muscle, name, capitalized(spaced(name)));
    if (name != "secretory_adaptation") {
      chart.zero = Zero::ignored;
      chart.level = 1;
      chart.unit = "fold of untrained";
    } else {
      chart.unit = "share of full adaptation";
    }
    charts.push_back(curve_chart(chart));
  }
  if (charts.empty()) return {};
  return element("h3", "How the muscle adapts") +
         figure(charts, "Working muscle. Dashed: untrained. " + along_caption(study));
}

std::vector<Markup> blood_along_run(StudyRecord const& study) {
  std::vector<Markup> charts;
  for (auto const& name : series_names(study, &RunRecord::blood)) {
    auto const* series = example_series(study, &RunRecord::blood, name);
    charts.push_back(
        curve_chart(chart_along_run(study, &RunRecord::blood, name, capitalized(series->meaning))));
  }
  return charts;
}

double session_length(StudyRecord const& study) {
  double sum = 0, n = 0;
  for (auto const& arm : study.arms) {
    for (auto const& run : arm.runs) {
      for (auto const& session : run.sessions) {
        sum += session.done ? session.end - session.start : 0;
        n += session.done;
      }
    }
  }
  return n > 0 ? sum / n : 0;
}

Markup blood_around_sessions(StudyRecord const& study) {
  std::vector<Markup> charts;
  auto const styles = arm_styles(study);
  for (auto const& name : series_names(study, &RunRecord::around_session)) {
    auto const* series = example_series(study, &RunRecord::around_session, name);
    CurveChart chart{capitalized(series->meaning),
                     unit_text(series->unit),
                     series->meaning + ".",
                     "hours since the session began",
                     Zero::when_near,
                     {},
                     0,
                     session_length(study) / 3600,
                     {}};
    for (std::size_t i = 0; i < study.arms.size(); ++i) {
      ChartCurve drawn{styles[i],
                       study.arms[i].name,
                       {},
                       curve_of(study.arms[i], &RunRecord::around_session, name).points};
      for (std::size_t bin = 0; bin < drawn.points.size(); ++bin)
        drawn.x.push_back(study.around_bins.middle(bin) / 3600);
      if (!drawn.points.empty()) chart.curves.push_back(std::move(drawn));
    }
    charts.push_back(curve_chart(chart));
  }
  if (charts.empty()) return {};
  return element("h3", "Around a session") +
         figure(charts,
                fmt::format(
                    "Arterial blood around the start of a session: means of {} bins over all sessions "
                    "that a subject did, then over subjects ({}); {}. Shaded: the mean length of a session.",
                    duration_text(study.around_bins.width), n_text(study), band_text(study)));
}

Markup blood_levels(StudyRecord const& study) {
  struct Moment {
    char const *ending, *label;
  };
  static constexpr std::array kMoments{
      Moment{"_blood_baseline", "before, day 0"}, Moment{"_blood_in_session", "in, session"},
      Moment{"_blood_after_session", "10 min, after"}, Moment{"_blood_resting", "rest, \u2265 10 h after"}};
  auto const styles = arm_styles(study);
  std::vector<Markup> charts;
  for (auto const& factor : series_names(study, &RunRecord::blood)) {
    auto const* series = example_series(study, &RunRecord::blood, factor);
    LevelChart chart{subject_of(series->meaning),
                     unit_text(series->unit),
                     series->meaning + ", arterial, at four moments.",
                     {},
                     {}};
    for (auto const& moment : kMoments) chart.moments.push_back(moment.label);
    auto any = false;
    for (std::size_t i = 0; i < study.arms.size(); ++i) {
      LevelChart::Arm arm{styles[i], study.arms[i].name, {}};
      for (auto const& moment : kMoments) {
        arm.levels.push_back(spread_of(outcome_values(study.arms[i], factor + moment.ending)));
        any = any || arm.levels.back().n > 0;
      }
      chart.arms.push_back(std::move(arm));
    }
    if (any) charts.push_back(level_chart(chart));
  }
  if (charts.empty()) return {};
  return element("h3", "At rest, in sessions and after") +
         figure(charts,
                fmt::format(
                    "Arterial levels, means over the run: before day 0; while sessions are under way; in the "
                    "ten "
                    "minutes after them; and from day 0 on, at least 10 h after a session. Marks are means "
                    "of subjects ({}); bars: {}. An arm without sessions has no mark in and after them.",
                    n_text(study), band_text(study)));
}

}  // namespace

Section training_section(StudyRecord const& study) {
  return {"training", "Training and muscle",
          arm_legend(study) + training_charts(study) + muscle_charts(study)};
}

Section blood_section(StudyRecord const& study) {
  auto const along = blood_along_run(study);
  if (along.empty()) return {"blood", "Blood", paragraph("The runs have no rows of blood.")};
  auto body = arm_legend(study) +
              figure(along, "Arterial blood along the run, sessions included. " + along_caption(study)) +
              blood_levels(study) + blood_around_sessions(study);
  if (study.around_bins.count == 0)
    body += paragraph(
        "Rows of the files are too far apart to resolve a session; with [output] every = \"5 min\" (or 1 "
        "min) "
        "this page shows the course around it.",
        "sub");
  return {"blood", "Blood", body};
}

Section brain_section(StudyRecord const& study) {
  struct Panel {
    char const *name, *title, *unit;
    std::optional<double> level;
  };
  static std::array const kPanels{
      Panel{"mood", "Mood", "SD of the resting score", 0.0},
      Panel{"affect", "Affect", "SD of the resting score", 0.0},
      Panel{"fatigue", "General fatigue", "0 at rest", 0.0},
      Panel{"inflammation", "Inflammation of the brain", "fold of rest", 1.0},
      Panel{"drive", "Central drive, mean", "of maximal", {}},
      Panel{"perceived_exertion", "Highest perceived exertion", "Borg 6 to 20", 6.0}};
  std::vector<Markup> charts;
  for (auto const& panel : kPanels) {
    if (example_series(study, &RunRecord::brain, panel.name) == nullptr) continue;
    auto chart = chart_along_run(study, &RunRecord::brain, panel.name, panel.title);
    chart.unit = panel.unit;
    chart.level = panel.level;
    if (panel.level) chart.zero = Zero::ignored;
    charts.push_back(curve_chart(chart));
  }
  if (charts.empty()) return {"brain", "Mood and drive", paragraph("The runs have no rows of the brain.")};
  return {
      "brain", "Mood and drive",
      arm_legend(study) +
          figure(
              charts,
              "Dashed: rest. Drive is averaged over all hours, rest included; exertion is the highest of the "
              "stretch. " +
                  along_caption(study))};
}

}  // namespace myoaxis::report
