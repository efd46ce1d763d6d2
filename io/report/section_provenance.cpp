#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "io/report/numbers.h"
#include "io/report/sections.h"
#include "io/report/wording.h"

namespace myoaxis::report {
namespace {

std::string file_name(std::string const& path) { return path.substr(path.rfind('/') + 1); }

Markup runs_table(StudyRecord const& study) {
  std::vector<std::vector<Markup>> rows;
  for (auto const& arm : study.arms) {
    for (auto const& run : arm.runs) {
      rows.push_back({element("code", file_name(run.path)), escaped(arm.name),
                      escaped(fmt::format("{} : {}", run.luck.seed, run.luck.subject)), escaped(run.date),
                      element("code", run.config_sha256), element("code", run.state_hash)});
    }
  }
  return table("Runs",
               {{"file", ""},
                {"arm", ""},
                {"seed : subject", "n"},
                {"begun", ""},
                {"SHA-256 of the configuration", "k"},
                {"fingerprint of the final state", "k"}},
               rows);
}

std::string all_of(StudyRecord const& study, std::string RunRecord::*member) {
  std::set<std::string> texts;
  for (auto const& arm : study.arms) {
    for (auto const& run : arm.runs) texts.insert(run.*member);
  }
  std::string all;
  for (auto const& text : texts) all += (all.empty() ? "" : "; ") + text;
  return all;
}

Markup program_table(StudyRecord const& study) {
  std::vector<std::vector<Markup>> rows;
  auto const add = [&](char const* name, std::string const& text) {
    rows.push_back({escaped(name), element("code", text)});
  };
  add("version", all_of(study, &RunRecord::software_version));
  add("revision", all_of(study, &RunRecord::revision));
  add("build", all_of(study, &RunRecord::build));
  add("processor", all_of(study, &RunRecord::processor));
  return table("Program", {{"", ""}, {"", ""}}, rows);
}

Markup commands(StudyRecord const& study) {
  std::string text;
  for (auto const& arm : study.arms) {
    text += "# " + arm.name + "\n";
    for (auto const& run : arm.runs) text += run.command_line + "\n";
  }
  if (!study.command_line.empty()) text += "# this page\n" + study.command_line + "\n";
  return element("pre", {{"tabindex", "0"}}, text);
}

/// Runs of a batch without results; those with the same reason stand together.
Markup unfinished_table(StudyRecord const& study) {
  struct Group {
    UnfinishedRun const* first;
    std::string subjects;
  };
  std::vector<Group> groups;
  for (auto const& run : study.unfinished) {
    auto const same = std::ranges::find_if(groups, [&](Group const& group) {
      return group.first->arm == run.arm && group.first->state == run.state &&
             group.first->reason == run.reason;
    });
    if (same == groups.end())
      groups.push_back({&run, std::to_string(run.subject)});
    else
      same->subjects += fmt::format(", {}", run.subject);
  }
  if (groups.empty()) return {};
  std::vector<std::vector<Markup>> rows;
  for (auto const& [run, subjects] : groups)
    rows.push_back({escaped(run->arm), escaped(subjects), escaped(run->state), escaped(run->reason)});
  return table("Runs of the batch without results",
               {{"arm", ""}, {"subjects", ""}, {"state", ""}, {"reason", "w"}}, rows);
}

Markup missing(StudyRecord const& study) {
  if (study.warnings.empty() && study.unfinished.empty())
    return paragraph("All files that were named are in this report.");
  Markup items;
  for (auto const& warning : study.warnings) items += element("li", warning);
  auto const list = items.empty() ? items : element("ul", items);
  return list + unfinished_table(study);
}

}  // namespace

Section provenance_section(StudyRecord const& study) {
  auto body = element("h3", "Failed, incomplete or left out") + missing(study);
  body += element("h3", "How to run it again") +
          paragraph(
              "The same command with the same revision gives the same bits on any number of threads; the "
              "fingerprint "
              "of the final state shows it. Each file also holds its resolved configuration (attribute "
              "config_toml): "
              "saved as a file, it runs without anything else.") +
          commands(study) + program_table(study) + runs_table(study);
  return {"again", "What was run, and how to run it again", body};
}

}  // namespace myoaxis::report
