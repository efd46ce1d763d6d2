/// The wish to stop: a signal, or the end of the time that the program was given.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace myoaxis {

/// From here on SIGINT, SIGTERM and SIGUSR1 are remembered instead of ending the program; a second SIGINT
/// ends it at once. A signal that came stays: schedulers send another one to wake a stopped program.
void remember_signals();

/// Why to stop: "SIGTERM", or "--max-walltime" when the program has run for `limit`; nothing to go on.
std::optional<std::string> stop_reason(std::optional<std::chrono::duration<double>> limit);

}  // namespace myoaxis
