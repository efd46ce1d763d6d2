/// The program `myoaxis`: one verb a file.
#include <fmt/core.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include "agents/model.h"
#include "core/transport/ledger.h"
#include "io/config/diagnostics.h"
#include "io/hdf5/error.h"
#include "tools/common.h"

namespace {

using namespace myoaxis;

/// Messages go to stderr, data to stdout.
void set_up_messages() {
  auto const color =
      std::getenv("NO_COLOR") == nullptr ? spdlog::color_mode::automatic : spdlog::color_mode::never;
  auto logger = spdlog::stderr_color_mt("myoaxis", color);
  logger->set_pattern("myoaxis: %^%v%$");
  spdlog::set_default_logger(std::move(logger));
}

ExitCode carry_out(Verb const& verb) {
  try {
    return verb();
  } catch (ConfigError const& error) {
    fmt::print(stderr, "{}\n", error.what());
    return ExitCode::wrong_input;
  } catch (BudgetError const& error) {
    spdlog::error("{}", error.what());
    return ExitCode::wrong_input;
  } catch (UsageError const& error) {
    spdlog::error("{}", error.what());
    return ExitCode::wrong_input;
  } catch (FileError const& error) {
    spdlog::error("{}", error.what());
  } catch (InvariantError const& error) {
    spdlog::critical("{} (this is a defect of the program; please report it with the configuration)",
                     error.what());
  } catch (std::exception const& error) {
    spdlog::critical("{}", error.what());
  }
  return ExitCode::failed;
}

/// What the command line has that nobody knows, and what was probably meant.
std::string unknown_argument(CLI::App& program) {
  auto const used = program.get_subcommands();
  auto const unknown = program.remaining(true).front();
  std::vector<std::string> known;
  if (used.empty()) {
    for (auto const* verb : program.get_subcommands({})) known.push_back(verb->get_name());
  } else {
    for (auto const* option : used.front()->get_options()) known.push_back(option->get_name());
  }
  auto const kind = !used.empty() ? "argument" : unknown.starts_with("-") ? "option" : "verb";
  return fmt::format("unknown {} '{}'{}", kind, unknown, did_you_mean(unknown, known));
}

int report_wrong_command(CLI::App& program, CLI::ParseError const& error) {
  auto const unknown = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError);
  fmt::print(stderr, "myoaxis: {}\n", unknown ? unknown_argument(program) : error.what());
  auto const used = program.get_subcommands();
  fmt::print(stderr, "Try: myoaxis {}--help\n", used.empty() ? "" : used.front()->get_name() + " ");
  return static_cast<int>(ExitCode::wrong_input);
}

int run_program(int argc, char** argv) {
  CLI::App program{"Agent-based stochastic simulator of muscle-brain crosstalk", "myoaxis"};
  program.set_version_flag("--version", version_text());
  program.failure_message(CLI::FailureMessage::help);
  program.get_formatter()->column_width(34);
  std::vector<std::string> const arguments{argv, argv + argc};
  std::vector<VerbEntry> const verbs{add_run(program, arguments),
                                     add_batch(program),
                                     add_check(program),
                                     add_info(program),
                                     add_compare(program),
                                     add_sensitivity(program),
                                     add_params(program),
                                     add_network(program, arguments),
                                     add_bench(program),
                                     add_validate(program),
                                     add_verify(program),
                                     add_export(program),
                                     add_report(program, arguments)};
  try {
    program.parse(argc, argv);
  } catch (CLI::ParseError const& error) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return program.exit(error);
    return report_wrong_command(program, error);
  }
  for (auto const& [command, verb] : verbs) {
    if (command->parsed()) return static_cast<int>(carry_out(verb));
  }
  fmt::print(stderr, "{}", program.help());
  return static_cast<int>(ExitCode::wrong_input);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    set_up_messages();
    return run_program(argc, argv);
  } catch (std::exception const& error) {
    std::fprintf(stderr, "myoaxis: %s\n", error.what());
    return static_cast<int>(ExitCode::failed);
  }
}
