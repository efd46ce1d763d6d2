#include "io/report/report.h"

#include <fmt/core.h>

#include <filesystem>
#include <fstream>
#include <system_error>

#include "io/report/numbers.h"
#include "io/report/sections.h"
#include "io/report/wording.h"
#include "io/whole_file.h"

namespace myoaxis::report {
namespace {

namespace fs = std::filesystem;

std::string title_of(StudyRecord const& study) {
  if (!study.title.empty()) return study.title;
  std::string names;
  for (auto const* arm : other_arms(study)) names += (names.empty() ? "" : ", ") + arm->name;
  auto const& reference = study.arms[study.reference].name;
  return study.arms.size() == 1 ? reference : fmt::format("{} against {}", names, reference);
}

std::size_t number_of_runs(StudyRecord const& study) {
  std::size_t n = 0;
  for (auto const& arm : study.arms) n += arm.runs.size();
  return n;
}

Markup facts(StudyRecord const& study) {
  Markup list;
  auto const add = [&](char const* name, std::string const& text) {
    if (!text.empty()) list += element("div", element("dt", name) + element("dd", text));
  };
  auto const& arm = study.arms[study.reference];
  auto const age = setting(arm, "organism.age");
  auto const organism = setting(arm, "organism.name");
  add("Organism", organism.empty() ? setting(arm, "organism.use") : organism);
  add("Sex, age", setting(arm, "organism.sex") + (age.empty() ? "" : ", " + age));
  add("Arms", std::to_string(study.arms.size()));
  add("Runs", std::to_string(number_of_runs(study)));
  if (study.begin < 0) add("Rest before", duration_text(-study.begin));
  add("Training", duration_text(std::max(0.0, study.end)));
  return element("dl", {{"class", "facts"}}, list);
}

Markup lead(StudyRecord const& study) {
  return element(
             "p", {{"class", "lead"}},
             "A simulated study of muscle and hippocampus: what was asked, what came out, how sure that is, "
             "and what it rests on.") +
         facts(study);
}

bool is_report(fs::path const& path) {
  std::ifstream file{path};
  std::string head(1024, '\0');
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  return head.find(kGenerator) != head.npos;
}

}  // namespace

std::string report_page(StudyRecord const& study) {
  return page(
      title_of(study), lead(study),
      {summary_section(study), question_section(study), hippocampus_section(study), brain_section(study),
       difference_section(study), training_section(study), blood_section(study), origin_section(study),
       receptor_section(study), evidence_section(study), provenance_section(study)});
}

void check_report_path(std::string const& path, OtherFiles others) {
  std::error_code error;
  if (fs::is_directory(path, error))
    throw OccupiedPath{path + ": is a folder (name a file for the page, such as report.html)"};
  if (others == OtherFiles::replaced || !fs::exists(path, error) || is_report(path)) return;
  throw OccupiedPath{path + ": is there and no report (name another file, or replace it with --overwrite)"};
}

void write_report(std::string const& page, std::string const& path) { write_whole(path, page); }

}  // namespace myoaxis::report
