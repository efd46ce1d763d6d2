#include "io/checkpoint/checkpoint.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <system_error>

#include "agents/organism_state.h"
#include "io/checkpoint/archive.h"
#include "io/checkpoint/durable.h"
#include "io/checkpoint/sealed_file.h"
#include "io/run/run_paths.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

constexpr auto kKind = "myoaxis checkpoint";
constexpr auto kVersion = "1.1";
constexpr auto kInfusion = "infusion ";

void write_info(H5File& file, CheckpointInfo const& info) {
  auto root = file.root();
  root.set_attribute("format", kKind);
  root.set_attribute("format_version", kVersion);
  root.set_attribute("config_sha256", info.config_sha256);
  root.set_attribute("config_toml", info.config_toml);
  root.set_attribute("git_sha1", info.git_sha1);
  root.set_attribute("processor", info.processor);
  root.set_attribute("time", info.time.seconds());
  root.set_attribute("steps", info.steps);
  root.set_attribute("working_share", info.working_share);
  root.set_attribute("state_hash", to_string(info.state));
  std::vector<std::string> names;
  std::vector<std::uint64_t> lengths;
  for (auto const& [name, rows] : info.rows) {
    names.push_back(name);
    lengths.push_back(rows);
  }
  auto group = file.group("rows");
  group.add_scale({"table", "", "table of the results file, by its growing scale"}, names);
  group.add_fixed<std::uint64_t>({"length", "1", "rows that it had", {"table"}}, lengths);
  file.group("sources").add_scale({"source", "", "factor and source, in the order of their numbers"},
                                  info.sources);
  std::vector<std::int64_t> ends;
  std::vector<std::uint64_t> contents;
  for (auto const& session : info.sessions) {
    ends.push_back(session.end.seconds());
    contents.push_back(session.content);
  }
  auto sessions = file.group("sessions");
  sessions.add_array<std::int64_t>({"end", "s", "ends of sessions that had begun"}, ends);
  sessions.add_array<std::uint64_t>({"content", "1", "fingerprints of all that makes them"}, contents);
}

std::string time_text(std::optional<Tick> const& time) {
  return time ? fmt::format("{} s", time->seconds()) : "any time";
}

std::string site_name(SourceSite const& source) {
  if (!source.infusion) return source.name;
  auto const& infusion = *source.infusion;
  return fmt::format("{}into {}, {} kg/s, from {} to {}", kInfusion, infusion.site, infusion.rate.value(),
                     time_text(infusion.from), time_text(infusion.to));
}

std::string text_of(H5Reader const& file, std::string const& path, char const* name) {
  auto const text = file.text_attribute("/", name);
  if (!text) throw FileError{path, std::string{"has no attribute '"} + name + "'", ""};
  return *text;
}

Fingerprint parse_fingerprint(std::string const& text) {
  if (text.size() != 32) return {};
  return {std::stoull(text.substr(0, 16), nullptr, 16), std::stoull(text.substr(16), nullptr, 16)};
}

/// Gives the sources of a restored factor the numbers that they have in the model.
void adopt_sources(fs::path const& path, FactorModel const& factor, std::vector<std::string> const& saved,
                   FactorState& state) {
  auto const prefix = factor.params.name + ":";
  std::vector<bool> taken(factor.sources.size(), false);
  std::vector<std::size_t> to;
  for (auto const& name : saved) {
    if (!name.starts_with(prefix)) continue;
    std::size_t i = 0;
    while (i < taken.size() && (taken[i] || prefix + site_name(factor.sources[i]) != name)) ++i;
    if (i < taken.size()) {
      taken[i] = true;
    } else if (!name.starts_with(prefix + kInfusion)) {
      throw FileError{path.string(), "has a source '" + name + "' that the experiment does not have",
                      "give both the same sources"};
    }
    to.push_back(i < taken.size() ? i : kInitial);
  }
  renumber_sources(state, to, factor.sources.size());
}

}  // namespace

std::vector<std::string> source_names(Model const& model) {
  std::vector<std::string> names;
  for (auto const& factor : model.factors) {
    for (auto const& source : factor.sources) names.push_back(factor.params.name + ":" + site_name(source));
  }
  return names;
}

void save_checkpoint(fs::path const& path, fs::path const& previous, CheckpointInfo const& info,
                     Organism const& organism, Recorder const& recorder) {
  auto const fresh = RunPaths::fresh(path);
  try {
    auto file = H5File::create_behind(kSealBytes, fresh.string());
    write_info(file, info);
    visit_state(ArchiveWriter{file, "organism"}, organism);
    visit_state(ArchiveWriter{file, "recorder"}, recorder);
    file.close();
    seal(fresh, kKind);
    replace_keeping_previous(fresh, path, previous);
  } catch (FileError const&) {
    std::error_code ignored;
    fs::remove(fresh, ignored);
    throw;
  }
}

CheckpointState inspect_checkpoint(fs::path const& path) {
  if (!is_file(path)) return CheckpointState::none;
  switch (inspect_seal(path, kKind)) {
    case Seal::whole:
      return CheckpointState::whole;
    case Seal::damaged:
      return CheckpointState::damaged;
    case Seal::missing:
      break;
  }
  return CheckpointState::foreign;
}

CheckpointInfo read_checkpoint_info(fs::path const& path) {
  auto const name = path.string();
  auto const file = H5Reader::open(name);
  auto const version = text_of(file, name, "format_version");
  if (version != kVersion) {
    throw OtherFormat{name, "is a checkpoint of format " + version + ", this program reads " + kVersion,
                      "go on with the program that wrote it, or start anew with --overwrite"};
  }
  CheckpointInfo info;
  info.config_sha256 = text_of(file, name, "config_sha256");
  info.config_toml = text_of(file, name, "config_toml");
  info.git_sha1 = text_of(file, name, "git_sha1");
  info.processor = text_of(file, name, "processor");
  info.time = Tick{file.integer_attribute("/", "time").value_or(0)};
  info.steps = file.integer_attribute("/", "steps").value_or(0);
  info.working_share = file.number_attribute("/", "working_share").value_or(0);
  info.state = parse_fingerprint(text_of(file, name, "state_hash"));
  auto const names = file.read_texts("rows/table");
  auto const lengths = file.read<std::uint64_t>("rows/length");
  for (std::size_t i = 0; i < names.size(); ++i) info.rows[names[i]] = lengths[i];
  info.sources = file.read_texts("sources/source");
  auto const ends = file.read<std::int64_t>("sessions/end");
  auto const contents = file.read<std::uint64_t>("sessions/content");
  for (std::size_t i = 0; i < std::min(ends.size(), contents.size()); ++i)
    info.sessions.push_back({Tick{ends[i]}, contents[i]});
  return info;
}

void restore_checkpoint(fs::path const& path, Model const& model, Organism& organism, Recorder& recorder) {
  auto const file = H5Reader::open(path.string());
  organism = blank_organism(model);
  visit_state(ArchiveReader{file, "organism"}, organism);
  visit_state(ArchiveReader{file, "recorder"}, recorder);
  auto const info = read_checkpoint_info(path);
  if (fingerprint_of(organism) != info.state) {
    throw WrongState{path.string(), "the state in it is not the one that was saved",
                     "it cannot be used; start anew with --overwrite"};
  }
  for (std::size_t i = 0; i < model.factors.size(); ++i)
    adopt_sources(path, model.factors[i], info.sources, organism.factors[i]);
}

}  // namespace myoaxis
