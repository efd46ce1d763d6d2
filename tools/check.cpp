#include <fmt/core.h>

#include <memory>

#include "io/experiment/experiment_config.h"
#include "tools/common.h"

namespace myoaxis {

VerbEntry add_check(CLI::App& program) {
  auto* command =
      program.add_subcommand("check", "Validate an experiment and print its resolved configuration");
  struct Options {
    std::string file;
    std::vector<std::string> sets;
  };
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "experiment (TOML)")->required();
  command->add_option("--set", options->sets, "KEY=VALUE, overrides the file; may be given again")
      ->type_name("KEY=VALUE");
  command->footer("Example: myoaxis check configs/experiments/endurance.toml > resolved.toml");
  return {command, [options] {
            auto const loaded = load_experiment(options->file, options->sets, config_search_path());
            fmt::print("{}", loaded.resolved_toml);
            return ExitCode::done;
          }};
}

}  // namespace myoaxis
