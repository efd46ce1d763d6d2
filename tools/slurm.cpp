#include "tools/slurm.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <boost/tokenizer.hpp>
#include <charconv>
#include <cmath>
#include <string_view>

#include "tools/common.h"
#include "tools/shell_command.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

/// An option of sbatch that the scripts set themselves, and what to do instead.
struct OwnOption {
  std::string_view name;
  std::string_view instead;
};
constexpr std::array kOwnOptions{
    OwnOption{"--array", "the array is made from --runs-per-task"},
    OwnOption{"-a", "the array is made from --runs-per-task"},
    OwnOption{"--wait", "give --wait to myoaxis itself"},
    OwnOption{"-W", "give --wait to myoaxis itself"},
    OwnOption{"--wrap", "the scripts do the work"},
    OwnOption{"--signal", "tasks are told to stop before their time is up"},
    OwnOption{"--chdir", "jobs work in the folder where the command is given"},
    OwnOption{"-D", "jobs work in the folder where the command is given"},
    OwnOption{"--no-requeue", "tasks that were stopped go on by being requeued"},
};

std::vector<std::string> split_words(std::string const& text) {
  using Separator = boost::escaped_list_separator<char>;
  try {
    boost::tokenizer<Separator> const tokens{text, Separator{"\\", " \t", "\"'"}};
    std::vector<std::string> words;
    for (auto const& word : tokens) {
      if (!word.empty()) words.push_back(word);
    }
    return words;
  } catch (boost::escaped_list_error const&) {
    throw UsageError{fmt::format(
        "--slurm: '{}' has a backslash that escapes nothing (write options as for sbatch)", text)};
  }
}

/// The value of an option in the forms "--time=1", "--time 1", "-t 1" and "-t1"; the last one counts.
std::optional<std::string> value_of(std::vector<std::string> const& words, std::string const& name,
                                    std::string const& letter) {
  std::optional<std::string> value;
  for (std::size_t i = 0; i < words.size(); ++i) {
    auto const& word = words[i];
    if (word.starts_with(name + "="))
      value = word.substr(name.size() + 1);
    else if ((word == name || word == letter) && i + 1 < words.size())
      value = words[i + 1];
    else if (word.starts_with(letter) && word.size() > letter.size())
      value = word.substr(letter.size());
  }
  return value;
}

std::optional<int> natural_number(std::string_view text) {
  int number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 0) return {};
  return number;
}

/// Numbers between colons, at most three; none when one is no number.
std::vector<int> clock_numbers(std::string const& text) {
  std::vector<int> numbers;
  boost::tokenizer<boost::char_separator<char>> const parts{
      text, boost::char_separator<char>{":", "", boost::keep_empty_tokens}};
  for (auto const& part : parts) {
    auto const number = natural_number(part);
    if (!number || numbers.size() == 3) return {};
    numbers.push_back(*number);
  }
  return numbers;
}

/// Before the end of its time a task needs some for the state of its runs.
std::chrono::seconds walltime(std::chrono::seconds limit) {
  return limit - std::min(std::chrono::seconds{300}, limit / 5);
}

/// When Slurm warns a task: later than the task stops by itself, where it knows its limit.
std::chrono::seconds warning(SbatchOptions const& options) {
  constexpr std::chrono::seconds usual{120};
  return options.time_limit ? std::min(usual, *options.time_limit / 10) : usual;
}

/// "1-3,7" for 1, 2, 3, 7.
std::string ranges(std::vector<std::size_t> const& numbers) {
  std::string text;
  for (std::size_t i = 0; i < numbers.size();) {
    auto last = i;
    while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
    if (i > 0) text += ',';
    text += std::to_string(numbers[i]);
    if (last > i) text += fmt::format("-{}", numbers[last]);
    i = last + 1;
  }
  return text;
}

/// A path as a file name pattern of Slurm, in which % begins a number of the job.
std::string pattern(fs::path const& path) {
  std::string text;
  for (auto const letter : path.string()) text += letter == '%' ? "%%" : std::string(1, letter);
  return text;
}

/// "export MYOAXIS_CONFIGS=...", if it is set where the command is given.
std::string exports(SlurmJob const& job) {
  if (job.search_path.empty()) return {};
  return fmt::format("export MYOAXIS_CONFIGS={}\n", shell_word(job.search_path));
}

std::string settings_of(SlurmJob const& job) {
  std::string text;
  for (auto const& setting : job.settings) text += " --set " + shell_word(setting);
  return text;
}

std::string user_line(SlurmJob const& job) {
  return split_words(job.options.text).empty() ? "" : fmt::format("#SBATCH {}\n", job.options.text);
}

std::string limit_of(SlurmJob const& job) {
  if (!job.max_walltime.empty()) return " --max-walltime " + shell_word(job.max_walltime);
  if (!job.options.time_limit) return {};
  return fmt::format(" --max-walltime '{} s'", walltime(*job.options.time_limit).count());
}

std::string batch_command(SlurmJob const& job) {
  return fmt::format("{} batch {} \\\n  -o {}{}", shell_word(job.program), shell_word(job.file),
                     shell_word(job.folder), settings_of(job));
}

void check_names(SlurmJob const& job) {
  auto texts = job.settings;
  texts.insert(texts.end(), {job.program, job.file, job.folder, job.working_folder, job.search_path});
  for (auto const& text : texts) {
    if (text.find_first_of("\n\r\\") == text.npos) continue;
    throw UsageError{
        fmt::format("--slurm: '{}' has a line break or a backslash, which Slurm's scripts cannot name "
                    "(rename it)",
                    text)};
  }
}

}  // namespace

std::optional<std::chrono::seconds> parse_sbatch_time(std::string const& text) {
  auto const dash = text.find('-');
  auto const days = dash == text.npos ? std::optional{0} : natural_number(text.substr(0, dash));
  auto clock = clock_numbers(dash == text.npos ? text : text.substr(dash + 1));
  if (!days || clock.empty()) return {};
  // Without days the numbers end in seconds, or are minutes alone; with days they begin with hours.
  if (dash == text.npos && clock.size() == 1) clock.push_back(0);
  if (dash == text.npos && clock.size() == 2) clock.insert(clock.begin(), 0);
  clock.resize(3);
  std::chrono::seconds const time = std::chrono::hours{24LL * *days + clock[0]} +
                                    std::chrono::minutes{clock[1]} + std::chrono::seconds{clock[2]};
  if (time.count() == 0) return {};  // sbatch: no limit
  return time;
}

SbatchOptions parse_sbatch_options(std::string const& text) {
  if (text.find_first_of("\n\r#") != text.npos)
    throw UsageError{"--slurm: has a line break or '#' (write all options for sbatch on one line)"};
  auto const words = split_words(text);
  for (auto const& word : words) {
    auto const name = word.substr(0, word.find('='));
    for (auto const& own : kOwnOptions) {
      if (name == own.name)
        throw UsageError{fmt::format("--slurm: {} cannot be given ({})", own.name, own.instead)};
    }
  }
  if (!words.empty() && !words.front().starts_with('-')) {
    throw UsageError{
        fmt::format("--slurm: '{}' is no option of sbatch (write them in quotes, such as --slurm "
                    "\"--time=24:00:00 -c 8\")",
                    words.front())};
  }
  SbatchOptions options{text, {}, 1};
  if (auto const time = value_of(words, "--time", "-t")) options.time_limit = parse_sbatch_time(*time);
  auto const cpus = natural_number(value_of(words, "--cpus-per-task", "-c").value_or(""));
  if (cpus && *cpus > 0) options.cpus = static_cast<std::size_t>(*cpus);
  return options;
}

std::size_t sensible_runs_per_task(TaskSizing const& sizing, SbatchOptions const& options) {
  // Long enough that a scheduler is not asked too often, short enough that a cluster has gaps for it.
  double wanted = std::chrono::duration<double>{std::chrono::hours{4}}.count();
  if (options.time_limit)
    wanted = std::min(wanted, std::chrono::duration<double>{walltime(*options.time_limit)}.count());
  auto const cpus = static_cast<double>(options.cpus);
  auto const fitting = cpus * std::floor(wanted / std::max(sizing.seconds_per_run, 1e-3));
  auto const whole = std::min(fitting, static_cast<double>(sizing.runs));
  auto runs = std::max({static_cast<std::size_t>(whole), options.cpus,
                        (sizing.runs + kMostTasks - 1) / kMostTasks, std::size_t{1}});
  auto const block = sizing.runs_per_block;
  runs = (runs + block - 1) / block * block;
  return std::min(runs, std::max<std::size_t>(sizing.runs, 1));
}

std::string array_script(SlurmJob const& job) {
  check_names(job);
  constexpr auto* text = R"(#!/bin/bash
# Does the runs of a batch of myoaxis as a job array of Slurm: task K does part K of {parts}.
# Written by 'myoaxis batch --slurm'. To submit it by hand, and then the index:
#     sbatch {array}
#     sbatch --dependency=afterany:NUMBER_OF_THE_ARRAY {merge}
# It may be submitted again at any time, even while it runs: what is complete is not done again, a run that was
# stopped goes on where it was, and one that another task sees to is left to that task.
#
# First what can be changed by your own options for sbatch, then those, then what has to be so.
#SBATCH --job-name={name}
#SBATCH --output={log}
#SBATCH --cpus-per-task=1
{options}#SBATCH --array={tasks}
#SBATCH --chdir={working_folder}
#SBATCH --requeue
#SBATCH --open-mode=append
# Before the end of its time the shell of a task gets USR1, {warning} s early or up to a minute earlier.
#SBATCH --signal=B:USR1@{warning}

{exports}# As many runs at a time as the task has CPUs (SLURM_CPUS_PER_TASK).
{command}{overwrite} \
  --shard "$SLURM_ARRAY_TASK_ID/{parts}"{limit} --progress never &
program=$!

# USR1: time is nearly up. TERM: someone, such as scancel, wants the task to end, or Slurm itself requeues it.
# Either way the program saves the state of its runs and ends with 75.
canceled=no
trap 'kill -USR1 "$program" 2> /dev/null' USR1
trap 'canceled=yes; kill -TERM "$program" 2> /dev/null' TERM
while kill -0 "$program" 2> /dev/null; do wait "$program"; done  # a signal ends a wait early
wait "$program"
code=$?

# 75: stopped by time, to go on in the same task. Nothing else is requeued: a failed run would fail again. A task
# that was stopped 100 times has a time limit too short to get anywhere.
if [ "$code" = 75 ] && [ "$canceled" = no ] && [ "${{SLURM_RESTART_COUNT:-0}}" -lt 100 ]; then
  echo "task $SLURM_ARRAY_TASK_ID was stopped; it is queued again and goes on later"
  scontrol requeue "$SLURM_JOB_ID" && exit 0
fi
exit "$code"
)";
  using fmt::arg;
  return fmt::format(text, arg("parts", job.parts), arg("array", shell_word(job.array())),
                     arg("merge", shell_word(job.merge())),
                     arg("name", shell_word("myoaxis-" + job.folder.filename().string())),
                     arg("log", shell_word(pattern(job.scripts()) + "/array_%A_%a.log")),
                     arg("options", user_line(job)), arg("tasks", ranges(job.tasks)),
                     arg("working_folder", shell_word(job.working_folder)),
                     arg("warning", warning(job.options).count()), arg("exports", exports(job)),
                     arg("command", batch_command(job)),
                     arg("overwrite", job.overwrite ? " --overwrite" : ""), arg("limit", limit_of(job)));
}

std::string merge_script(SlurmJob const& job) {
  check_names(job);
  constexpr auto* text = R"(#!/bin/bash
# Writes the index of a batch of myoaxis, once all tasks of its job array have ended, and compares the arms.
# Written by 'myoaxis batch --slurm'. To submit it by hand, after the array or any time later:
#     sbatch --dependency=afterany:NUMBER_OF_THE_ARRAY {merge}
# Slurm takes a task that was requeued for one that has not ended. Doing this twice does no harm.
#
# Your own options for sbatch, then what a job this small needs in place of them.
{options}#SBATCH --job-name={name}
#SBATCH --output={log}
#SBATCH --open-mode=append
#SBATCH --cpus-per-task=1
#SBATCH --chdir={working_folder}
{time}
{exports}{command} --index || exit
# The table, where there are complete runs of at least two arms; without it the index is there all the same.
{program} compare {folder} || true
)";
  constexpr std::chrono::seconds enough{3600};
  auto const& limit = job.options.time_limit;
  auto const time = limit && *limit > enough ? "#SBATCH --time=1:00:00\n" : "";
  using fmt::arg;
  return fmt::format(text, arg("merge", shell_word(job.merge())), arg("options", user_line(job)),
                     arg("name", shell_word("myoaxis-" + job.folder.filename().string() + "-index")),
                     arg("log", shell_word(pattern(job.scripts()) + "/merge_%j.log")),
                     arg("working_folder", shell_word(job.working_folder)), arg("time", time),
                     arg("exports", exports(job)), arg("command", batch_command(job)),
                     arg("program", shell_word(job.program)), arg("folder", shell_word(job.folder)));
}

}  // namespace myoaxis
