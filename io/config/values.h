/// Single values of a configuration: numbers with units and provenance, whole numbers.
#pragma once

#include <toml++/toml.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "io/config/limits.h"
#include "io/config/read_context.h"

namespace myoaxis {

/// A value and the dotted path by which messages call it.
struct NamedNode {
  toml::node const& node;
  std::string const& path;
};

/// Adds the problem "PATH = VALUE: message" at the value's place.
void report_problem(NamedNode value, std::string_view message, Diagnostics& diagnostics);

/// The number in `unit`: from a text such as "25 g", from a bare number when `unit` is "1", or from a
/// parameter table. What was read joins the parameters. Nothing when there is a problem, which was then
/// added.
std::optional<double> read_number(NamedNode value, std::string_view unit, Limits const& limits,
                                  ReadContext& context);

/// The same for a whole number.
std::optional<std::int64_t> read_integer(NamedNode value, std::int64_t low, std::int64_t high,
                                         ReadContext& context);

/// The number in `unit` of a value that is no parameter, such as an element of an array; what was read is
/// not recorded.
std::optional<double> read_plain_number(NamedNode value, std::string_view unit, Limits const& limits,
                                        Diagnostics& diagnostics);

/// "must be between 1 and 100", "must be at least 1"; empty when anything goes.
std::string integer_limits_text(std::int64_t low, std::int64_t high);

}  // namespace myoaxis
