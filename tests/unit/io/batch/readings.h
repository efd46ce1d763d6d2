/// Sections of a batch file in memory, and parameters of an experiment to vary.
#pragma once

#include <toml++/toml.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/config/section.h"

namespace myoaxis::test {

using namespace std::string_view_literals;

/// A document in memory with its reader and its problems.
struct BatchReading {
  explicit BatchReading(std::string_view text) : tree{toml::parse(text, "b.toml"sv)} {}
  Section section(std::string_view key) { return Section{tree, context}.section(key, ""); }
  /// All problems as text, one a line.
  std::string problems() const {
    return diagnostics.empty() ? std::string{} : ConfigError{diagnostics.problems()}.what();
  }
  toml::table tree;
  Diagnostics diagnostics{};
  ReadContext context{.diagnostics = diagnostics};
};

inline Parameter parameter(std::string key, double number, std::string unit,
                           std::optional<std::array<std::string, 2>> range, std::string status = "assumed") {
  Parameter one;
  one.key = std::move(key);
  one.number = number;
  one.unit = std::move(unit);
  one.value = std::to_string(number);
  one.range = std::move(range);
  one.status = std::move(status);
  return one;
}

/// A few parameters as an experiment has them.
inline std::vector<Parameter> some_parameters() {
  std::vector<Parameter> all{
      parameter("factor.bdnf.clearance", 1e-8, "m3 s-1",
                std::array<std::string, 2>{"0.3 ml/min", "2 ml/min"}),
      parameter("factor.bdnf.reflection", 0.8, "1", std::array<std::string, 2>{"0.01", "0.9"}, "derived"),
      parameter("factor.bdnf.source[0].hill", 2, "1", {}),
      parameter("brain.niches", 40, "1", std::array<std::string, 2>{"20", "60"}, "recalled"),
      parameter("factor.bdnf.clearance_share.liver", 0.6, "1", std::array<std::string, 2>{"0.4", "1"}),
      parameter("factor.bdnf.clearance_share.kidney", 0.3, "1", std::array<std::string, 2>{"0", "0.5"}),
      parameter("factor.bdnf.clearance_share.rest", 0.1, "1", {})};
  all[0].limits = positive();
  all[1].limits = fraction();
  all[3].limits = at_least(1);
  all[3].whole = true;
  return all;
}

}  // namespace myoaxis::test
