/// What the verbs of the program share: exit codes, messages, where configurations are.
#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "io/config/search_path.h"

namespace myoaxis {

/// 0 done; 1 an invariant broke, or output cannot be read or written; 2 the command, the configuration or one
/// of its input files is wrong; 75 stopped before the end, to be run again to go on (EX_TEMPFAIL of
/// sysexits.h).
enum class ExitCode : int { done = 0, failed = 1, wrong_input = 2, stopped = 75 };

/// In the message of a run whose results could not be compressed, which a batch looks for.
inline constexpr char const* kNotCompressed = "the results are whole, but not compressed";

/// A verb: its options are added to the program, and what it does is run after parsing.
using Verb = std::function<ExitCode()>;
struct VerbEntry {
  CLI::App* command;
  Verb verb;
};

/// An error of the user's that has no place in a configuration file.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Folders with shipped configurations: MYOAXIS_CONFIGS (a list separated by colons), then those installed
/// with the program or, while it is being developed, of its source tree.
SearchPath config_search_path();

/// Throws UsageError when `file` is a batch where an experiment is wanted.
void expect_experiment(std::string const& file);

/// The value of an option that is a span of wall time, such as "23 h". Throws UsageError.
std::chrono::duration<double> duration_option(char const* option, std::string const& text);

VerbEntry add_run(CLI::App& program, std::vector<std::string> const& arguments);
VerbEntry add_batch(CLI::App& program);
VerbEntry add_check(CLI::App& program);
VerbEntry add_info(CLI::App& program);
VerbEntry add_compare(CLI::App& program);
VerbEntry add_sensitivity(CLI::App& program);
VerbEntry add_export(CLI::App& program);
VerbEntry add_params(CLI::App& program);
VerbEntry add_network(CLI::App& program, std::vector<std::string> const& arguments);
VerbEntry add_bench(CLI::App& program);
VerbEntry add_report(CLI::App& program, std::vector<std::string> const& arguments);
VerbEntry add_validate(CLI::App& program);
VerbEntry add_verify(CLI::App& program);

/// Text of `--version`.
std::string version_text();

}  // namespace myoaxis
