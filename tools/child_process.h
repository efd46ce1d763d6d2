/// This program once more, as a process of its own.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace myoaxis {

struct ChildEnd {
  int code = 0;                    // exit code; 128 + number of the signal that ended it
  std::optional<int> signal = {};  // that ended it
  double wall_seconds = 0;
  double cpu_seconds = 0;  // of all its threads
};

/// Lets the ends of processes that this one starts be waited for, also when who started it ignores those of
/// its own (SIGCHLD), which is inherited: then nothing would be left to wait for.
void keep_ends_of_children();

/// A process that runs `myoaxis ARGUMENTS...`. It is told to stop (SIGTERM) when the one that started it
/// dies, and has a process group of its own, so that ctrl-C reaches it through its parent alone.
class ChildProcess {
 public:
  /// What it prints goes to the file `messages`. Throws std::system_error when it cannot be started.
  ChildProcess(std::vector<std::string> const& arguments, std::filesystem::path const& messages);
  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&& other) = delete;
  /// Ends one that still goes on, and waits for it.
  ~ChildProcess();

  /// How it ended; nothing while it goes on. Once.
  std::optional<ChildEnd> poll();
  /// Since it was started.
  double seconds() const;
  /// Asks it to stop where it can go on later.
  void stop();

 private:
  pid_t id_ = -1;
  std::chrono::steady_clock::time_point start_;
};

}  // namespace myoaxis
