#include "io/batch/batch_folder.h"

#include <nlohmann/json.hpp>
#include <system_error>

#include "io/checkpoint/checkpoint.h"
#include "io/hdf5/error.h"
#include "io/hdf5/reader.h"
#include "io/run/build_info.h"
#include "io/whole_file.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

RunState without_results(RunFiles const& files) {
  std::error_code ignored;
  return fs::exists(files.failure(), ignored) ? RunState::failed : RunState::waiting;
}

}  // namespace

void BatchFolder::create() const {
  for (auto const* name : {"runs", "baselines"}) {
    std::error_code error;
    fs::create_directories(path_ / name, error);
    if (error) {
      throw FileError{(path_ / name).string(), "cannot be made: " + error.message(),
                      "name a folder that you may write to with -o"};
    }
  }
}

RunState state_of_run(RunFiles const& files) {
  std::error_code ignored;
  if (!fs::exists(files.output(), ignored)) return without_results(files);
  try {
    auto const file = H5Reader::open(files.output().string());
    if (file.text_attribute("/", "status") != "complete") return without_results(files);
    auto const ours = file.text_attribute("/", "git_sha1") == git_revision();
    return ours ? RunState::complete : RunState::outdated;
  } catch (FileError const&) {
    return without_results(files);  // the run itself says what is wrong with the file
  }
}

RunState state_of_baseline(RunFiles const& files) {
  std::error_code ignored;
  auto const checkpoint = RunPaths{files.output()}.checkpoint();
  // The results take their final name once the state at day 0 is saved.
  if (!fs::exists(files.output(), ignored) || inspect_checkpoint(checkpoint) != CheckpointState::whole)
    return without_results(files);
  try {
    auto const info = read_checkpoint_info(checkpoint);
    if (info.time != Tick{0}) return without_results(files);
    return info.git_sha1 == git_revision() ? RunState::complete : RunState::outdated;
  } catch (FileError const&) {
    return RunState::outdated;  // of another format
  }
}

std::string failure_of(RunFiles const& files) {
  auto const text = read_whole(files.failure());
  return text.substr(0, text.find('\n'));
}

void add_cost(RunFiles const& files, RunCost const& part) {
  auto const before = cost_of(files).value_or(RunCost{});
  nlohmann::ordered_json const json{{"wall_seconds", before.wall_seconds + part.wall_seconds},
                                    {"cpu_seconds", before.cpu_seconds + part.cpu_seconds}};
  write_whole(files.cost(), json.dump(2) + '\n');
}

std::optional<RunCost> cost_of(RunFiles const& files) {
  auto const json = nlohmann::json::parse(read_whole(files.cost()), nullptr, false);
  if (!json.is_object()) return {};
  return RunCost{json.value("wall_seconds", 0.0), json.value("cpu_seconds", 0.0)};
}

}  // namespace myoaxis
