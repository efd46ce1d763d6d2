#include "tools/child_process.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

#include "tools/seconds_since.h"

namespace myoaxis {
namespace {

constexpr char const* kThisProgram = "/proc/self/exe";

double seconds_of(timeval time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

/// What happens in the child. Only calls that are safe after fork in a program with threads.
[[noreturn]] void become(char* const* arguments, char const* messages, pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(128 + SIGTERM);  // it died before this was set
  setpgid(0, 0);
  auto const output = open(messages, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  auto const nothing = open("/dev/null", O_RDWR);
  dup2(nothing, STDIN_FILENO);
  dup2(nothing, STDOUT_FILENO);
  if (output >= 0) dup2(output, STDERR_FILENO);
  execv(kThisProgram, arguments);
  _exit(127);
}

}  // namespace

void keep_ends_of_children() { std::signal(SIGCHLD, SIG_DFL); }

ChildProcess::ChildProcess(std::vector<std::string> const& arguments, std::filesystem::path const& messages)
    : start_{std::chrono::steady_clock::now()} {
  std::string program = "myoaxis";
  auto texts = arguments;
  std::vector<char*> pointers{program.data()};
  for (auto& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  auto const file = messages.string();
  auto const parent = getpid();
  keep_ends_of_children();
  id_ = fork();
  if (id_ < 0) throw std::system_error{errno, std::generic_category(), "cannot start a process"};
  if (id_ == 0) become(pointers.data(), file.c_str(), parent);
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : id_{std::exchange(other.id_, -1)}, start_{other.start_} {}

ChildProcess::~ChildProcess() {
  if (id_ < 0) return;
  stop();
  waitpid(id_, nullptr, 0);
}

std::optional<ChildEnd> ChildProcess::poll() {
  int status = 0;
  rusage used = {};
  if (id_ < 0 || wait4(id_, &status, WNOHANG, &used) != id_) return {};
  id_ = -1;
  ChildEnd end;
  end.wall_seconds = seconds();
  end.cpu_seconds = seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
  if (WIFSIGNALED(status)) end.signal = WTERMSIG(status);
  end.code = end.signal ? 128 + *end.signal : WEXITSTATUS(status);
  return end;
}

double ChildProcess::seconds() const { return seconds_since(start_); }

void ChildProcess::stop() {
  if (id_ >= 0) kill(id_, SIGTERM);
}

}  // namespace myoaxis
