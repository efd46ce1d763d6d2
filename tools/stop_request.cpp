#include "tools/stop_request.h"

#include <csignal>

#include "tools/seconds_since.h"

namespace myoaxis {
namespace {

auto const kProgramStart = std::chrono::steady_clock::now();

volatile std::sig_atomic_t received = 0;

extern "C" void remember(int signal) {
  if (signal == SIGINT && received == SIGINT) {
    std::signal(SIGINT, SIG_DFL);
    static_cast<void>(std::raise(SIGINT));
    return;
  }
  received = signal;
}

std::string signal_name(int signal) {
  if (signal == SIGINT) return "SIGINT";
  return signal == SIGTERM ? "SIGTERM" : "SIGUSR1";
}

}  // namespace

void remember_signals() {
  struct sigaction action = {};
  action.sa_handler = remember;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (auto const signal : {SIGINT, SIGTERM, SIGUSR1}) sigaction(signal, &action, nullptr);
}

std::optional<std::string> stop_reason(std::optional<std::chrono::duration<double>> limit) {
  if (received != 0) return signal_name(received);
  if (limit && seconds_since(kProgramStart) >= limit->count()) return "--max-walltime";
  return {};
}

}  // namespace myoaxis
