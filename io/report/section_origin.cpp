#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <map>
#include <set>

#include "io/report/curve_chart.h"
#include "io/report/numbers.h"
#include "io/report/sections.h"
#include "io/report/share_chart.h"
#include "io/report/wording.h"

namespace myoaxis::report {
namespace {

using Amounts = std::map<std::string, double> Origin::*;

/// Sources that lie in the brain: what they release does not come by the blood.
std::vector<std::string> const kInBrain{"dentate", "hippocampus", "cortex"};

bool is_in_brain(std::string const& source) { return std::ranges::find(kInBrain, source) != kInBrain.end(); }

double total(std::map<std::string, double> const& amounts) {
  double sum = 0;
  for (auto const& [name, amount] : amounts) sum += amount;
  return sum;
}

/// Shares of a factor's amounts, mean of the runs of an arm; `into_body`: without sources in the brain.
std::map<std::string, double> mean_shares(ArmRecord const& arm, std::string const& factor, Amounts amounts,
                                          bool into_body) {
  std::map<std::string, double> shares;
  std::size_t n = 0;
  for (auto const& run : arm.runs) {
    for (auto const& origin : run.origins) {
      if (origin.factor != factor) continue;
      auto kept = origin.*amounts;
      if (into_body) std::erase_if(kept, [](auto const& entry) { return is_in_brain(entry.first); });
      auto const sum = total(kept);
      if (!(sum > 0)) continue;
      ++n;
      for (auto const& [name, amount] : kept) shares[name] += amount / sum;
    }
  }
  for (auto& [name, share] : shares) share /= static_cast<double>(n);
  return shares;
}

std::vector<std::string> factors_with_origins(StudyRecord const& study) {
  std::vector<std::string> factors;
  for (auto const& arm : study.arms) {
    for (auto const& run : arm.runs) {
      for (auto const& origin : run.origins) {
        if (std::ranges::find(factors, origin.factor) == factors.end()) factors.push_back(origin.factor);
      }
    }
  }
  return factors;
}

/// Amounts of which shares are drawn; `into_body`: without sources in the brain.
struct Drawn {
  Amounts amounts;
  bool into_body;
};
constexpr Drawn kReleased{&Origin::released, true}, kExposure{&Origin::exposure, false},
    kFiberTypes{&Origin::fiber_types, false};

/// Muscle first, then the others by their largest share in any arm and any of `drawn`. Their places give them
/// their colors, so figures that show the same names have one list.
std::vector<std::string> names_by_share(StudyRecord const& study, std::initializer_list<Drawn> drawn) {
  std::map<std::string, double> largest;
  for (auto const& arm : study.arms) {
    for (auto const& factor : factors_with_origins(study)) {
      for (auto const& [amounts, into_body] : drawn) {
        for (auto const& [name, share] : mean_shares(arm, factor, amounts, into_body))
          largest[name] = std::max(largest[name], share);
      }
    }
  }
  std::vector<std::string> names;
  for (auto const& [name, share] : largest) names.push_back(name);
  std::ranges::stable_sort(names, [&](auto const& a, auto const& b) {
    if ((a == "muscle") != (b == "muscle")) return a == "muscle";
    return largest[a] > largest[b];
  });
  return names;
}

/// `names` gives the colors.
Markup share_panels(StudyRecord const& study, Drawn drawn, std::vector<std::string> const& names,
                    std::string const& caption) {
  auto const [amounts, into_body] = drawn;
  std::vector<std::string> shown;
  for (auto const& name : names) shown.push_back(spaced(name));
  std::set<std::string> present;
  std::vector<Markup> charts;
  for (auto const& arm : study.arms) {
    std::vector<ShareBar> bars;
    for (auto const& factor : factors_with_origins(study)) {
      auto const shares = mean_shares(arm, factor, amounts, into_body);
      if (shares.empty()) continue;
      ShareBar bar{factor_text(factor), {}};
      for (auto const& name : names) {
        if (auto const found = shares.find(name); found != shares.end())
          bar.parts.push_back({spaced(name), found->second});
      }
      for (auto const& part : bar.parts) present.insert(part.name);
      bars.push_back(std::move(bar));
    }
    if (!bars.empty()) charts.push_back(share_chart(arm.name, bars, shown));
  }
  if (charts.empty()) return {};
  return share_legend(shown, present) + figure(charts, caption);
}

double share_of(std::map<std::string, double> const& shares, std::string const& name) {
  auto const found = shares.find(name);
  if (shares.empty()) return std::numeric_limits<double>::quiet_NaN();
  return found == shares.end() ? 0 : found->second;
}

/// Of what muscle released and the niches got, the share released while sessions were under way.
double share_in_sessions(ArmRecord const& arm, std::string const& factor) {
  double inside = 0, all = 0;
  for (auto const& run : arm.runs) {
    for (auto const& origin : run.origins) {
      if (origin.factor != factor) continue;
      for (auto const& [session, amount] : origin.sessions) {
        all += amount;
        inside += session == -1 ? 0 : amount;
      }
    }
  }
  return all > 0 ? inside / all : std::numeric_limits<double>::quiet_NaN();
}

Markup muscle_table(StudyRecord const& study) {
  std::vector<Column> columns{{"factor", ""}};
  for (auto const& arm : study.arms) {
    columns.push_back({arm.name + ": of release into the body", "n"});
    columns.push_back({arm.name + ": of exposure of the niches", "n"});
    columns.push_back({arm.name + ": of that, in sessions", "n"});
  }
  std::vector<std::vector<Markup>> rows;
  for (auto const& factor : factors_with_origins(study)) {
    std::vector<Markup> row{escaped(factor_text(factor))};
    for (auto const& arm : study.arms) {
      auto const cell = [&](double share) { row.push_back(escaped(percent_text(share))); };
      cell(share_of(mean_shares(arm, factor, &Origin::released, true), "muscle"));
      cell(share_of(mean_shares(arm, factor, &Origin::exposure, false), "muscle"));
      cell(share_in_sessions(arm, factor));
    }
    rows.push_back(std::move(row));
  }
  return table("What muscle contributes (working and resting muscle)", columns, rows);
}

/// "61 to 74 %" over the arms.
std::string range_of_shares(Extent const& extent) {
  auto const low = percent_text(extent.low), high = percent_text(extent.high);
  return std::round(100 * extent.low) == std::round(100 * extent.high) ? high
                                                                       : fmt::format("{} to {}", low, high);
}

/// What else gives most of a factor, in the arm where muscle gives least of it.
std::string main_source(StudyRecord const& study, std::string const& factor, Amounts amounts,
                        bool into_body) {
  std::map<std::string, double> largest;
  for (auto const& arm : study.arms) {
    for (auto const& [name, share] : mean_shares(arm, factor, amounts, into_body))
      if (name != "muscle") largest[name] = std::max(largest[name], share);
  }
  if (largest.empty()) return "";
  return spaced(std::ranges::max_element(largest, {}, [](auto const& entry) { return entry.second; })->first);
}

/// Factors by whether muscle gives most of them, each with its share: "IL6 61 to 74 %; BDNF 5 % (most:
/// brain)".
Markup muscle_share_in_words(StudyRecord const& study, char const* what, Amounts amounts, bool into_body) {
  std::string most, least;
  for (auto const& factor : factors_with_origins(study)) {
    Extent extent;
    for (auto const& arm : study.arms)
      extent.add(share_of(mean_shares(arm, factor, amounts, into_body), "muscle"));
    if (extent.empty) continue;
    auto const is_most = extent.low > 0.5;
    auto& list = is_most ? most : least;
    if (!list.empty()) list += "; ";
    auto const other = main_source(study, factor, amounts, into_body);
    list += fmt::format("{} ({}{})", factor_text(factor), range_of_shares(extent),
                        is_most || other.empty() ? "" : fmt::format(", most from: {}", other));
  }
  if (most.empty() && least.empty()) return {};
  auto text = element("b", fmt::format("{}: ", what));
  if (!most.empty()) text += escaped(fmt::format("more than half from muscle in every arm: {}. ", most));
  if (!least.empty()) text += escaped(fmt::format("Not more than half from muscle in every arm: {}.", least));
  return element("p", {{"class", "note"}}, text);
}

Markup plain_words(StudyRecord const& study) {
  return muscle_share_in_words(study, "Released into the body", &Origin::released, true) +
         muscle_share_in_words(study, "Reached the niches", &Origin::exposure, false);
}

Markup session_panels(StudyRecord const& study) {
  auto const styles = arm_styles(study);
  std::vector<Markup> charts;
  for (auto const& factor : factors_with_origins(study)) {
    CurveChart chart{factor_text(factor),
                     "% of exposure",
                     "Share of the exposure of the niches by session of release.",
                     "session",
                     Zero::included,
                     {},
                     {},
                     {},
                     {}};
    for (std::size_t i = 0; i < study.arms.size(); ++i) {
      std::map<std::int64_t, std::vector<double>> shares;
      for (auto const& run : study.arms[i].runs) {
        for (auto const& origin : run.origins) {
          auto const sum = total(origin.exposure);
          if (origin.factor != factor || !(sum > 0)) continue;
          for (auto const& [session, amount] : origin.sessions) {
            if (session >= 0) shares[session].push_back(100 * amount / sum);
          }
        }
      }
      ChartCurve curve{styles[i], study.arms[i].name, {}, {}};
      for (auto& [session, values] : shares) {
        curve.x.push_back(static_cast<double>(session) + 1);
        curve.points.push_back(spread_of(std::move(values)));
      }
      if (!curve.x.empty()) chart.curves.push_back(std::move(curve));
    }
    if (!chart.curves.empty()) charts.push_back(curve_chart(chart));
  }
  if (charts.empty()) return {};
  return element("h3", "By session") + arm_legend(study) +
         figure(charts,
                fmt::format(
                    "Exposure of the niches to molecules that muscle released during each session, of all "
                    "exposure to the factor in the run ({}; {}). What a session makes muscle transcribe and "
                    "release hours later counts as released outside "
                    "of sessions. The last sessions have had less time to act.",
                    n_text(study), band_text(study)));
}

}  // namespace

Section origin_section(StudyRecord const& study) {
  if (factors_with_origins(study).empty())
    return {"origin", "Where it comes from", paragraph("The runs have no attribution and no ledger.")};
  auto const sources = names_by_share(study, {kReleased, kExposure});
  auto const types = names_by_share(study, {kFiberTypes});
  auto body = plain_words(study);
  body +=
      element("h3", "Released into blood and tissues of the body") +
      share_panels(
          study, kReleased, sources,
          fmt::format(
              "By source, of all molecules released or converted since the beginning of the run, baseline "
              "included; without what the brain releases within itself. Means of subjects ({}).",
              n_text(study)));
  body += element("h3", "What the neurogenic niches were exposed to") +
          share_panels(
              study, kExposure, sources,
              "Molecules in the niches, integrated over time, by what released them. \u201CInitial\u201D "
              "were there at the "
              "beginning of the run; \u201Creturned\u201D had left the brain for the blood; dentate, "
              "hippocampus and "
              "cortex are the brain\u2019s own. Factors kept as concentrations, such as lactate, carry no "
              "provenance. Means of subjects.");
  auto const by_type = share_panels(
      study, kFiberTypes, types,
      "Of the exposure that muscle gave, by type of the fiber that released the molecules; "
      "\u201Cnone\u201D is resting muscle, whose fibers are not simulated one by one. Means of subjects.");
  if (!by_type.empty()) body += element("h3", "By fiber type") + by_type;
  body += session_panels(study) + muscle_table(study);
  return {"origin", "Where it comes from", body};
}

}  // namespace myoaxis::report
