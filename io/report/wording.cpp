#include "io/report/wording.h"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>

namespace myoaxis::report {
namespace {

char upper(char letter) { return static_cast<char>(std::toupper(static_cast<unsigned char>(letter))); }

bool has_digit(std::string const& text) {
  return std::ranges::any_of(text, [](unsigned char letter) { return std::isdigit(letter) != 0; });
}

}  // namespace

std::string factor_text(std::string const& name) {
  if (name.size() > 4 && !has_digit(name)) return spaced(name);
  auto text = name;
  std::ranges::transform(text, text.begin(), upper);
  return text;
}

std::string spaced(std::string name) {
  std::ranges::replace(name, '_', ' ');
  return name;
}

std::string capitalized(std::string text) {
  if (!text.empty()) text.front() = upper(text.front());
  return text;
}

std::string subject_of(std::string const& meaning) {
  return capitalized(meaning.substr(0, meaning.find(" in ")));
}

std::vector<std::string> without_common_tail(std::vector<std::string> names) {
  if (names.size() < 2) return names;
  while (true) {
    auto const comma = names.front().rfind(", ");
    if (comma == std::string::npos || comma == 0) return names;
    auto const tail = names.front().substr(comma);
    auto const shared = [&](std::string const& name) {
      return name.size() > tail.size() && name.ends_with(tail);
    };
    if (!std::ranges::all_of(names, shared)) return names;
    for (auto& name : names) name.resize(name.size() - tail.size());
  }
}

std::string n_text(StudyRecord const& study) {
  auto least = study.arms.front().runs.size(), most = least;
  for (auto const& arm : study.arms) {
    least = std::min(least, arm.runs.size());
    most = std::max(most, arm.runs.size());
  }
  if (least != most) return fmt::format("n = {} to {} subjects an arm", least, most);
  return fmt::format("n = {} subject{} {}", most, most == 1 ? "" : "s",
                     study.arms.size() == 1 ? "in all" : "in each arm");
}

std::string setting(ArmRecord const& arm, std::string const& key) {
  auto const found = arm.settings.find(key);
  if (found == arm.settings.end()) {
    auto const varying = arm.varying.find(key);
    return varying == arm.varying.end() ? "" : varying->second;
  }
  auto const& text = found->second;
  auto const quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  return quoted ? text.substr(1, text.size() - 2) : text;
}

std::vector<ArmRecord const*> other_arms(StudyRecord const& study) {
  std::vector<ArmRecord const*> others;
  for (std::size_t i = 0; i < study.arms.size(); ++i) {
    if (i != study.reference) others.push_back(&study.arms[i]);
  }
  return others;
}

std::string contrast_name(StudyRecord const& study, ArmRecord const& arm) {
  if (arm.reference == study.reference) return arm.name;
  return fmt::format("{}, beside {}", arm.name, study.arms[arm.reference].name);
}

std::string scan_text(StudyRecord const& study) {
  auto const is_usual = [&](ArmRecord const& arm) { return arm.reference == study.reference; };
  if (std::ranges::all_of(study.arms, is_usual)) return "";
  return "In this scan an arm is compared with the reference at its own point, and the reference at other "
         "points with its first point.";
}

ComparedOutcome const* find_outcome(StudyRecord const& study, std::string const& name) {
  auto const found = std::ranges::find(study.outcomes, name, &ComparedOutcome::name);
  return found == study.outcomes.end() ? nullptr : &*found;
}

std::vector<KeyOutcome> key_outcomes() {
  return {{"neurons_matured", "New neurons that matured"},
          {"young_neurons_end", "Young neurons at the end"},
          {"cells_born", "Cells born a day"},
          {"spines", "Spines of an old granule cell"},
          {"potentiated_share", "Share of spines potentiated"},
          {"mood", "Mood in the last week"},
          {"inflammation", "Inflammation of the brain"},
          {"vo2max_fold", "Maximal oxygen uptake, fold"},
          {"fiber_area", "Fiber cross-section, fold"},
          {"sessions_done", "Sessions done"}};
}

std::string heading_of_outcome(std::string const& name, std::string const& meaning) {
  for (auto const& key : key_outcomes()) {
    if (key.name == name) return key.heading;
  }
  return meaning.empty() ? capitalized(spaced(name)) : capitalized(meaning);
}

}  // namespace myoaxis::report
