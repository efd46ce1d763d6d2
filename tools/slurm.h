/// The scripts that do a batch on a cluster run by Slurm: a job array of parts of the batch, and a job after
/// it that writes the index. Texts only; nothing is written or submitted here.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace myoaxis {

/// What the scripts must know of the options that the user gives for sbatch.
struct SbatchOptions {
  std::string text;                                // as the user wrote them
  std::optional<std::chrono::seconds> time_limit;  // of a job, where one is given
  std::size_t cpus = 1;                            // of a job
};

/// Reads --time and --cpus-per-task. Throws UsageError for options that the scripts set themselves, and for a
/// text that cannot stand on one line of a script.
SbatchOptions parse_sbatch_options(std::string const& text);

/// Time as sbatch writes it, "90", "1:30", "1:00:00", "2-12", "2-12:30" or "2-12:30:00", which are minutes
/// unless more is given. Nothing for "UNLIMITED", and for what is no time.
std::optional<std::chrono::seconds> parse_sbatch_time(std::string const& text);

/// How many runs a task does when the user does not say: as many as fill its CPUs for about four hours, whole
/// blocks of runs that share a baseline, and so many that an array has at most 1000 tasks.
struct TaskSizing {
  std::size_t runs = 0;            // of the batch
  std::size_t runs_per_block = 1;  // that share a baseline; of the largest block
  double seconds_per_run = 0;      // of one CPU
};
std::size_t sensible_runs_per_task(TaskSizing const& sizing, SbatchOptions const& options);

/// The most tasks of one array: a cluster refuses more unless its administrators allowed them.
inline constexpr std::size_t kMostTasks = 1000;

/// A batch as its jobs do it. All paths are absolute.
struct SlurmJob {
  std::filesystem::path program;
  std::filesystem::path file;
  std::filesystem::path folder;
  std::filesystem::path working_folder;  // in which the command was given
  std::string search_path;               // MYOAXIS_CONFIGS; empty when it is not set
  std::vector<std::string> settings;     // --set KEY=VALUE, for all jobs
  std::string max_walltime;              // of a task, as the user gave it; empty for by the time limit
  bool overwrite = false;
  SbatchOptions options;
  std::vector<std::size_t> tasks;  // numbers of the parts that have something to do, from 1, ascending
  std::size_t parts = 1;           // of the batch

  std::filesystem::path scripts() const { return folder / "slurm"; }
  std::filesystem::path array() const { return scripts() / "array.sh"; }
  std::filesystem::path merge() const { return scripts() / "merge.sh"; }
};

/// Throws UsageError when a path has a character that no script can name.
std::string array_script(SlurmJob const& job);
std::string merge_script(SlurmJob const& job);

}  // namespace myoaxis
