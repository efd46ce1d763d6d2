#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "io/report/calendar_chart.h"
#include "io/report/numbers.h"
#include "io/report/sections.h"
#include "io/report/shared_settings.h"
#include "io/report/wording.h"

namespace myoaxis::report {
namespace {

constexpr long kWeeksOfPanel = 27;  // what fits on a page of paper

std::string seeds_text(ArmRecord const& arm) {
  std::string text;
  for (auto const& run : arm.runs) {
    if (text.size() > 60) return text + ", \u2026";
    text += fmt::format("{}{}", text.empty() ? "" : ", ", run.luck.seed);
    if (run.luck.subject != 0) text += fmt::format(":{}", run.luck.subject);
  }
  return text;
}

Markup arms_table(StudyRecord const& study) {
  std::vector<std::vector<Markup>> rows;
  for (std::size_t i = 0; i < study.arms.size(); ++i) {
    auto const& arm = study.arms[i];
    std::set<std::string> titles;
    for (auto const& run : arm.runs) titles.insert(run.title);
    auto name = element("b", arm.name);
    if (i == study.reference && study.arms.size() > 1)
      name += element("span", {{"class", "sub"}}, "reference");
    if (titles.size() > 1 || !titles.contains(arm.name))
      name += element("span", {{"class", "sub"}}, "title: " + *titles.begin());
    rows.push_back({name, escaped(std::to_string(arm.runs.size())), escaped(seeds_text(arm)),
                    escaped(setting(arm, "schedule.description"))});
  }
  return table("Arms", {{"arm", ""}, {"subjects", "n"}, {"seeds (seed:subject)", ""}, {"regime", "w"}}, rows);
}

/// The name of the piece that a section was taken from, or the file it sets out from. Elements of arrays have
/// a `from`, too: the instant at which an intervention or an injection begins.
bool is_name_of_piece(std::string const& key) {
  return key.ends_with(".from") && key.find('[') == std::string::npos;
}

/// What a title, a description or a name says by itself is no difference of the experiment.
bool is_prose(std::string const& key) {
  return key == "title" || key.ends_with(".description") || key == "description" || is_name_of_piece(key);
}

/// Without what differs between the subjects of an arm, which does not set the arms apart.
std::vector<std::string> keys_of_experiment(StudyRecord const& study, ArmRecord const& arm,
                                            ArmRecord const& reference) {
  auto keys = keys_that_differ(arm.settings, reference.settings);
  std::erase_if(keys, [&](std::string const& key) { return is_prose(key) || varies(study, key); });
  return keys;
}

Markup settings_tables(StudyRecord const& study) {
  Markup tables;
  for (auto const* arm : other_arms(study)) {
    auto const& reference = study.arms[arm->reference];
    std::vector<std::vector<Markup>> rows;
    for (auto const& key : keys_of_experiment(study, *arm, reference)) {
      auto const shown = [&](ArmRecord const& of) {
        auto const found = of.settings.find(key);
        return found == of.settings.end() ? element("span", {{"class", "open"}}, "not set")
                                          : element("code", found->second);
      };
      rows.push_back({element("code", key), shown(*arm), shown(reference)});
    }
    if (rows.empty()) continue;
    auto const caption =
        fmt::format("{}: {} from {}", arm->name,
                    rows.size() == 1 ? "1 setting differs" : fmt::format("{} settings differ", rows.size()),
                    arm->reference == study.reference ? "the reference" : reference.name);
    tables +=
        folded(caption, table(caption, {{"setting", "k"}, {arm->name, "w"}, {reference.name, "w"}}, rows));
  }
  return tables;
}

/// What the subjects of the study differ in, so that nobody takes the values of one for those of an arm.
Markup subjects_text(StudyRecord const& study) {
  std::set<std::string> keys;
  for (auto const& arm : study.arms) {
    for (auto const& [key, range] : arm.varying) {
      if (!is_prose(key) && !key.starts_with("start.")) keys.insert(key);
    }
  }
  if (keys.empty()) return {};
  auto const text = [&](std::string const& key) {
    auto const found =
        std::ranges::find_if(study.arms, [&](ArmRecord const& arm) { return arm.varying.contains(key); });
    return found->varying.at(key);
  };
  std::vector<std::vector<Markup>> rows;
  for (auto const& key : keys) rows.push_back({element("code", key), escaped(text(key))});
  auto const caption = fmt::format("Subjects differ in {}, which are no differences of the arms",
                                   counted(keys.size(), "setting", "settings"));
  return folded(caption, table(caption, {{"setting", "k"}, {"in the first arm that has it", "w"}}, rows));
}

struct Calendars {
  std::vector<std::vector<CalendarEntry>> arms;
  std::vector<std::string> modes;
  double longest = 0;
};

Calendars calendars_of(StudyRecord const& study) {
  Calendars calendars;
  std::set<std::string> modes;
  for (auto const& arm : study.arms) {
    calendars.arms.push_back(calendar_of(arm));
    for (auto const& entry : calendars.arms.back()) {
      modes.insert(entry.mode);
      calendars.longest = std::max(calendars.longest, entry.planned_work);
    }
  }
  calendars.modes = {modes.begin(), modes.end()};
  return calendars;
}

Markup calendar_figure(StudyRecord const& study) {
  auto const calendars = calendars_of(study);
  if (calendars.modes.empty()) return paragraph("No arm has sessions: there is no calendar to draw.");
  auto const first = static_cast<long>(std::floor(study.begin / kWeek));
  auto const last = std::max(first, static_cast<long>(std::ceil(study.end / kWeek)) - 1);
  std::vector<Markup> panels;
  for (std::size_t i = 0; i < study.arms.size(); ++i) {
    for (auto from = first; from <= last; from += kWeeksOfPanel) {
      auto const to = std::min(last, from + kWeeksOfPanel - 1);
      auto const parts = last - first + 1 > kWeeksOfPanel;
      auto const title = parts ? fmt::format("{}, weeks {} to {}", study.arms[i].name, from + 1, to + 1)
                               : study.arms[i].name;
      panels.push_back(
          calendar_chart(title, calendars.arms[i], calendars.modes, calendars.longest, from, to));
    }
  }
  return calendar_legend(calendars.modes) +
         figure(
             panels,
             fmt::format(
                 "Regimes as calendars; training begins at day 0, a Monday, and weeks before it are rest. "
                 "A mark is a session: its form is the mode, its shade the planned intensity, its area the "
                 "planned time under load (largest: {}). Below a mark stands how many of the subjects did "
                 "it, unless all did ({}).",
                 duration_text(calendars.longest), n_text(study)));
}

}  // namespace

Section question_section(StudyRecord const& study) {
  auto body = arms_table(study) + calendar_figure(study);
  auto const settings = settings_tables(study);
  if (!settings.empty()) body += element("h3", "What sets the arms apart") + settings;
  body += subjects_text(study);
  return {"asked", "What was asked", body};
}

}  // namespace myoaxis::report
