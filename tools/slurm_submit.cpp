#include "tools/slurm_submit.h"

#include <fmt/core.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <system_error>

#include "io/batch/batch_folder.h"
#include "io/hdf5/error.h"
#include "io/whole_file.h"
#include "tools/child_process.h"
#include "tools/common.h"
#include "tools/shell_command.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

bool is_in_path(char const* program) {
  auto const* path = std::getenv("PATH");
  std::istringstream folders{path == nullptr ? "" : path};
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (access((fs::path{folder} / program).c_str(), X_OK) == 0) return true;
  }
  return false;
}

struct Answer {
  std::string text;
  int status = 0;
};

/// What a command of the shell prints to stdout.
Answer answer_of(std::string const& command) {
  keep_ends_of_children();
  auto* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::system_error{errno, std::generic_category(), "cannot start a shell"};
  Answer answer;
  std::array<char, 256> part = {};
  while (std::fgets(part.data(), part.size(), pipe) != nullptr) answer.text += part.data();
  answer.status = pclose(pipe);
  return answer;
}

/// The number of the job: sbatch --parsable prints "NUMBER" or "NUMBER;CLUSTER".
std::string number_in(std::string const& text) { return text.substr(0, text.find_first_of(";\n")); }

}  // namespace

void require_sbatch() {
  if (is_in_path("sbatch")) return;
  throw UsageError{
      "--slurm: there is no sbatch in PATH (give the command where jobs are submitted; see with --dry-run "
      "what "
      "would be; for other schedulers there are recipes in configs/batches/README.md)"};
}

void write_scripts(SlurmJob const& job) {
  std::error_code error;
  fs::create_directories(job.scripts(), error);
  if (error) {
    throw FileError{job.scripts().string(), "cannot be made: " + error.message(),
                    "name a folder that you may write to with -o"};
  }
  write_whole(job.array(), array_script(job));
  write_whole(job.merge(), merge_script(job));
}

void submit(SlurmJob const& job, AfterSubmission after) {
  auto const array = answer_of("sbatch --parsable " + shell_word(job.array()));
  if (array.status != 0)
    throw SubmitError{fmt::format("sbatch refused {} (nothing was submitted)", job.array().string())};
  auto const number = number_in(array.text);
  spdlog::info("array {} submitted: {} tasks; cancel it by: scancel {}", number, job.tasks.size(), number);
  auto const wait = after == AfterSubmission::wait;
  if (wait) spdlog::info("waiting; ctrl-C ends the waiting, not the jobs");
  auto const merge = answer_of(fmt::format("sbatch --parsable --dependency=afterany:{} {}{}", number,
                                           wait ? "--wait " : "", shell_word(job.merge())));
  auto const index = number_in(merge.text);
  // With --wait the status is that of the job, once it has a number.
  if (index.empty()) {
    throw SubmitError{
        fmt::format("sbatch refused {1}; the array goes on (to write the index after it: sbatch "
                    "--dependency=afterany:{0} {1})",
                    number, job.merge().string())};
  }
  if (wait) return spdlog::info("index {} has ended", index);
  spdlog::info("index {} submitted, for when the array has ended", index);
  spdlog::info("look with: squeue --me; messages are in {}", job.scripts().string());
}

}  // namespace myoaxis
