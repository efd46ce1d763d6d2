#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "io/report/numbers.h"
#include "io/report/parameters.h"
#include "io/report/plot.h"
#include "io/report/sections.h"
#include "io/report/wording.h"

namespace myoaxis::report {
namespace {

constexpr std::size_t kMostBars = 20;

Markup status_tag(std::string const& status) {
  return element("span", {{"class", "tag " + status}}, status.empty() ? "not given" : status);
}

std::string range_text(ParameterRecord const& parameter) {
  return parameter.low.empty() ? "\u2013" : parameter.low + " to " + parameter.high;
}

Markup status_counts(StudyRecord const& study) {
  std::map<std::string, std::size_t> counts;
  for (auto const& parameter : study.parameters) ++counts[parameter.status];
  struct Kind {
    char const *status, *meaning;
  };
  static constexpr std::array kKinds{
      Kind{"verified", "read in its source"}, Kind{"derived", "computed from what was read"},
      Kind{"recalled", "known from memory, source not read again"},
      Kind{"fitted", "chosen so that the model meets a finding"}, Kind{"assumed", "nobody has measured it"}};
  std::vector<std::vector<Markup>> rows;
  for (auto const& kind : kKinds) {
    rows.push_back(
        {status_tag(kind.status), escaped(std::to_string(counts[kind.status])),
         escaped(percent_text(study.parameters.empty() ? 0
                                                       : static_cast<double>(counts[kind.status]) /
                                                             static_cast<double>(study.parameters.size()))),
         escaped(kind.meaning)});
  }
  return table(fmt::format("{} sourced parameters of the reference\u2019s configuration, by status",
                           study.parameters.size()),
               {{"status", ""}, {"number", "n"}, {"share", "n"}, {"meaning", ""}}, rows);
}

/// What a process of the model shows up as.
std::string conclusion_of(std::string const& process) {
  static std::map<std::string, std::string> const kConclusions{
      {"activation", "new neurons: stem cells that enter the cycle"},
      {"proliferation", "new neurons: cells born"},
      {"differentiation", "new neurons: cells that become neurons"},
      {"maturation", "new neurons: how fast they mature"},
      {"survival", "new neurons: how many survive"},
      {"plasticity", "spines and their potentiation"},
      {"inflammation", "inflammation, and by it survival and mood"},
      {"mood", "mood, and by it adherence and effort"}};
  auto const found = kConclusions.find(process);
  return found == kConclusions.end() ? process : found->second;
}

/// Gains of factors on each process: keys factor.NAME.effect[i].dependence.
Markup conclusions(StudyRecord const& study) {
  auto const& reference = study.arms[study.reference];
  std::map<std::string, std::vector<Markup>> gains;
  std::map<std::string, std::size_t> weak;
  for (auto const& parameter : study.parameters) {
    if (!is_gain(parameter)) continue;
    auto const effect = parameter.key.find(".effect[");
    auto const stem = parameter.key.substr(0, parameter.key.rfind('.'));
    auto const process = setting(reference, stem + ".process");
    auto const factor = parameter.key.substr(7, effect - 7);
    gains[process].push_back(element("li", escaped(fmt::format("{} {} ({}) ", factor_text(factor),
                                                               parameter.value, range_text(parameter))) +
                                               status_tag(parameter.status)));
    weak[process] += is_weak(parameter);
  }
  if (gains.empty()) return {};
  std::vector<std::vector<Markup>> rows;
  for (auto const& [process, list] : gains) {
    rows.push_back({escaped(capitalized(conclusion_of(process))),
                    escaped(fmt::format("{} of {}", weak[process], list.size())),
                    element("ul", {{"class", "legend"}}, joined(list))});
  }
  return table(
             "Which conclusions rest on assumed gains: the effect of a factor\u2019s occupancy fold on each "
             "process",
             {{"conclusion", ""}, {"gains of weak evidence", ""}, {"gain (range) and status", ""}}, rows) +
         paragraph(
             "A gain of 0.5 lets a doubled occupancy act about half as strongly as its fold; where it is "
             "assumed, "
             "the size of the conclusion is as assumed as the gain, even where its sign is not.",
             "sub");
}

Markup parameter_tables(StudyRecord const& study) {
  std::map<std::string, std::vector<ParameterRecord const*>> groups;
  for (auto const& parameter : study.parameters) {
    if (is_weak(parameter)) groups[acts_on(parameter.key)].push_back(&parameter);
  }
  std::vector<std::pair<std::string, std::vector<ParameterRecord const*>>> ordered{groups.begin(),
                                                                                   groups.end()};
  std::ranges::stable_sort(ordered, std::greater{}, [](auto const& group) {
    return std::pair{group.first == "effects of factors on cells", group.second.size()};
  });
  Markup tables;
  for (auto const& [heading, list] : ordered) {
    std::vector<std::vector<Markup>> rows;
    for (auto const* parameter : list) {
      rows.push_back({element("code", parameter->key), escaped(parameter->value),
                      escaped(range_text(*parameter)), status_tag(parameter->status),
                      escaped(parameter->source)});
    }
    auto const title = fmt::format("{}: {}", capitalized(heading), list.size());
    tables += folded(
        title,
        table(title, {{"parameter", "k"}, {"value", ""}, {"range", ""}, {"status", ""}, {"why", "w"}}, rows));
  }
  return tables;
}

std::string kind_text(std::string const& kind) {
  return kind == "total" ? "total Sobol index" : "mean absolute elementary effect (Morris\u2019 \u03BC*)";
}

/// The strongest parameters of one outcome as bars; hatched dashes around those of weak evidence.
Markup sensitivity_chart(std::string const& outcome, std::vector<SensitivityIndex const*> list) {
  std::ranges::stable_sort(list, std::greater{}, [](auto const* index) { return std::abs(index->value); });
  if (list.size() > kMostBars) list.resize(kMostBars);
  constexpr double top = 24, row = 32, left = 4, right = kPanelWidth - 10;
  auto const bottom = top + row * static_cast<double>(list.size());
  Extent extent;
  std::string words;
  for (auto const* index : list) {
    extent.add(index->value);
    if (index->low) extent.add(*index->low);
    if (index->high) extent.add(*index->high);
    words += fmt::format(" {}: {} ({}).", index->parameter, number_text(index->value), index->status);
  }
  auto drawing = panel(outcome, kind_text(list.front()->kind) + "." + words, bottom + 38);
  auto const rounded = axis_extent(extent, Zero::included, 4);
  Scale const x{rounded.low, rounded.high, left, right};
  for (std::size_t i = 0; i < list.size(); ++i) {
    auto const& index = *list[i];
    auto const y = top + row * static_cast<double>(i);
    drawing.text({left, y + 10}, fitted(index.parameter, right - left - 60, 10.5), "tk");
    drawing.text({right, y + 10}, index.status, "tk", Anchor::end);
    drawing.rect(x(0), y + 14, std::max(0.5, x(index.value) - x(0)), 11, is_weak(index.status) ? "s6" : "s7",
                 index.parameter + " " + number_text(index.value));
    if (index.low && index.high) drawing.line({x(*index.low), y + 19.5}, {x(*index.high), y + 19.5}, "bw");
  }
  draw_x_axis(drawing, {left, top, right, bottom}, x, kind_text(list.front()->kind), 4);
  return drawing.svg();
}

Markup sensitivity(StudyRecord const& study) {
  if (study.sensitivity.empty()) return {};
  auto const heading_of = [](SensitivityIndex const& index) {
    auto const heading = heading_of_outcome(index.outcome, index.outcome);
    return index.arm.empty() ? heading : fmt::format("{}: {}", heading, index.arm);
  };
  std::vector<std::string> headings;
  for (auto const& index : study.sensitivity) {
    if (std::ranges::find(headings, heading_of(index)) == headings.end())
      headings.push_back(heading_of(index));
  }
  std::vector<Markup> charts;
  for (auto const& heading : headings) {
    std::vector<SensitivityIndex const*> list;
    for (auto const& index : study.sensitivity) {
      if (heading_of(index) == heading) list.push_back(&index);
    }
    charts.push_back(sensitivity_chart(heading, std::move(list)));
  }
  return element("h3", "The parameters that drive the result") +
         figure(
             charts,
             fmt::format(
                 "From {}: how much each outcome moves over the range of each parameter, strongest first (at "
                 "most {}); lines are the interval of the index. Red (dark) bars: evidence is assumed or "
                 "recalled; gray: "
                 "better.",
                 study.sensitivity_file, kMostBars));
}

}  // namespace

Section evidence_section(StudyRecord const& study) {
  if (study.parameters.empty())
    return {"evidence", "What it rests on",
            paragraph("The configuration in the files has no sourced parameters.")};
  auto body = status_counts(study) + sensitivity(study) + conclusions(study) +
              element("h3", "Parameters of weak evidence, by what they act on");
  if (study.sensitivity.empty())
    body += paragraph(
        "No sensitivity analysis was given (--sensitivity), so they stand by what they act on, not by how "
        "much they "
        "move the result.",
        "sub");
  return {"evidence", "What it rests on", body + parameter_tables(study)};
}

}  // namespace myoaxis::report
