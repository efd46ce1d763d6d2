#include <fmt/core.h>

#include <memory>

#include "io/experiment/experiment_config.h"
#include "io/experiment/graph_config.h"
#include "tools/common.h"

namespace myoaxis {

namespace {

/// The keys that the experiment and its pieces may have, as a table of Markdown. In a key, [] stands for any
/// entry of an array and * for any name.
void print_keys(std::vector<KeyDescription> const& keys) {
  fmt::print("| key | kind | unit | default | meaning |\n|---|---|---|---|---|\n");
  for (auto const& key : keys) {
    auto const fallback = key.required ? "required" : key.fallback.empty() ? "-" : key.fallback;
    fmt::print("| `{}` | {}{} | {} | {} | {} |\n", key.path, key.kind,
               key.allowed.empty() ? "" : ": " + key.allowed, key.unit.empty() ? "-" : key.unit, fallback,
               key.meaning);
  }
}

template <class Loaded>
void print(Loaded const& loaded, bool keys) {
  if (keys) {
    print_keys(loaded.keys);
  } else {
    fmt::print("{}", loaded.resolved_toml);
  }
}

}  // namespace

VerbEntry add_check(CLI::App& program) {
  auto* command =
      program.add_subcommand("check", "Validate an experiment and print its resolved configuration");
  struct Options {
    std::string file;
    std::vector<std::string> sets;
    bool keys = false;
  };
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "experiment (TOML)")->required();
  command->add_option("--set", options->sets, "KEY=VALUE, overrides the file; may be given again")
      ->type_name("KEY=VALUE");
  command->add_flag("--keys", options->keys, "print instead every key that FILE and its pieces may have");
  command->footer("Example: myoaxis check configs/experiments/endurance.toml > resolved.toml");
  return {command, [options] {
            expect_experiment(options->file);
            if (is_graph_experiment(options->file)) {
              print(load_graph_experiment(options->file, options->sets, config_search_path()), options->keys);
            } else {
              print(load_experiment(options->file, options->sets, config_search_path()), options->keys);
            }
            return ExitCode::done;
          }};
}

}  // namespace myoaxis
