#include "io/report/read_parts.h"

#include <algorithm>
#include <sstream>
#include <string_view>

#include "io/results/run_outcomes.h"

namespace myoaxis::report {
namespace {

std::vector<std::string> flag_meanings(H5Reader const& file, std::string const& path) {
  std::istringstream words{file.text_attribute(path, "flag_meanings").value_or("")};
  std::vector<std::string> meanings;
  for (std::string word; words >> word;) meanings.push_back(word);
  return meanings;
}

std::string meaning_of(std::vector<std::string> const& meanings, std::int64_t code) {
  return code >= 0 && code < static_cast<std::int64_t>(meanings.size())
             ? meanings[static_cast<std::size_t>(code)]
             : std::to_string(code);
}

Origin& origin_of(RunRecord& run, std::string const& factor) {
  auto const found = std::ranges::find(run.origins, factor, &Origin::factor);
  return found == run.origins.end() ? run.origins.emplace_back(Origin{factor, {}, {}, {}, {}}) : *found;
}

/// Names of sources are FACTOR:SOURCE. What is released is counted since the beginning of the run.
void read_releases(H5Reader const& file, std::string const& group, RunRecord& run) {
  if (!file.has(group) || file.size(group + "/time") == 0) return;
  auto const names = file.read_texts(group + "/source");
  auto const last = file.read_row(group + "/released_by_source", file.size(group + "/time") - 1);
  for (std::size_t i = 0; i < names.size() && i < last.size(); ++i) {
    auto const colon = names[i].find(':');
    if (colon == std::string::npos) continue;
    origin_of(run, names[i].substr(0, colon)).released[names[i].substr(colon + 1)] += last[i];
  }
}

void read_attribution(H5Reader const& file, RunRecord& run) {
  if (!file.has("attribution")) return;
  auto const factors = file.read_texts("attribution/factor"), sources = file.read_texts("attribution/source"),
             types = file.read_texts("attribution/fiber_type");
  auto const sessions = file.read_integers("attribution/session");
  auto const exposure = file.read_doubles("attribution/exposure");
  std::size_t i = 0;
  for (auto const& factor : factors) {
    auto& origin = origin_of(run, factor);
    for (auto const& source : sources) {
      for (auto const& type : types) {
        for (auto const session : sessions) {
          auto const value = exposure.at(i++);
          if (value == 0) continue;
          origin.exposure[source] += value;
          if (source != "muscle") continue;
          origin.fiber_types[type] += value;
          origin.sessions[session] += value;
        }
      }
    }
  }
}

/// Mean over the niches of one snapshot, weighted by their masses.
double weighted_mean(std::vector<double> const& values, std::vector<double> const& masses) {
  double sum = 0, mass = 0;
  for (std::size_t i = 0; i < values.size() && i < masses.size(); ++i) {
    sum += values[i] * masses[i];
    mass += masses[i];
  }
  return mass > 0 ? sum / mass : 0;
}

}  // namespace

bool sets_out_from_state(H5Reader const& file) {
  auto const configuration = file.text_attribute("/", "config_toml").value_or("");
  return configuration.starts_with("[start]\n") || configuration.find("\n[start]\n") != configuration.npos;
}

void read_identity(H5Reader const& file, RunRecord& run) {
  auto const text = [&](char const* name) { return file.text_attribute("/", name).value_or(""); };
  auto const number = [&](char const* name) {
    return static_cast<std::uint64_t>(file.integer_attribute("/", name).value_or(0));
  };
  run.title = text("title");
  run.command_line = text("command_line");
  run.revision = text("git_sha1");
  run.build = text("build");
  run.software_version = text("software_version");
  run.date = text("date_created");
  run.config_sha256 = text("config_sha256");
  run.state_hash = text("state_hash");
  run.processor = text("processor");
  run.luck = {number("seed"), number("subject")};
  run.begin = file.number_attribute("/", "begin").value_or(0);
  run.sets_out_from_state = sets_out_from_state(file);
  run.end = file.number_attribute("/", "end").value_or(0);
  for (auto const& outcome : read_outcomes(file)) run.outcomes[outcome.name] = outcome.value;
}

std::vector<SessionRecord> read_sessions(H5Reader const& file) {
  if (!file.has("sessions")) return {};
  auto const modes = flag_meanings(file, "sessions/mode");
  auto const numbers = file.read_integers("sessions/session"), codes = file.read_integers("sessions/mode"),
             done = file.read_integers("sessions/done");
  auto const column = [&](char const* name) { return file.read_doubles(std::string{"sessions/"} + name); };
  auto const start = column("start"), end = column("end"), planned_work = column("planned_work"),
             planned_intensity = column("planned_intensity"), work = column("work"),
             intensity = column("intensity"), effort = column("effort"),
             exertion = column("perceived_exertion"), mood = column("mood");
  std::vector<SessionRecord> sessions;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    sessions.push_back({numbers[i], meaning_of(modes, codes[i]), start[i], end[i], planned_work[i],
                        planned_intensity[i], done[i] == 1, work[i], intensity[i], effort[i], exertion[i],
                        mood[i]});
  }
  return sessions;
}

void read_origins(H5Reader const& file, RunRecord& run) {
  read_releases(file, "ledger", run);
  read_releases(file, "ledger_fields", run);
  read_attribution(file, run);
}

void read_occupancies(H5Reader const& file, RunRecord& run) {
  if (!file.has("niches") || file.size("niches/time") == 0) return;
  auto const times = file.read_doubles("niches/time");
  auto const masses = file.read_doubles("niches/mass");
  constexpr std::string_view ending = "_occupancy";
  for (auto const& data : file.datasets("niches")) {
    if (data.is_scale || !data.name.ends_with(ending)) continue;
    auto const row = [&](std::size_t i) {
      return weighted_mean(file.read_row("niches/" + data.name, i), masses);
    };
    run.occupancies.push_back(
        {data.name.substr(0, data.name.size() - ending.size()), row(0), row(times.size() - 1), times.back()});
  }
}

}  // namespace myoaxis::report
