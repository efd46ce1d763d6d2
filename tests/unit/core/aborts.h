/// Says whether a piece of code stops the program, by running it in a child process.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

namespace myoaxis {

/// True when `work` ends in an abort, as a broken contract does. The child's complaint is not shown.
template <class Work>
bool aborts(Work&& work) {
  std::fflush(nullptr);
  auto const child = fork();
  if (child == 0) {
    std::signal(SIGABRT, SIG_DFL);  // not the test program's handler
    if (std::freopen("/dev/null", "w", stderr) == nullptr) _exit(2);
    work();
    _exit(0);
  }
  int status = 0;
  return waitpid(child, &status, 0) == child && WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

}  // namespace myoaxis
