#include "io/config/key_path.h"

#include <fmt/core.h>

#include <cmath>

#include "io/config/toml_text.h"

namespace myoaxis {

std::string quantity_text(double number, std::string_view unit) {
  return unit == "1" ? fmt::format("{}", number) : fmt::format("{} {}", number, unit);
}

namespace {

/// Puts a real number where a whole one stands. That is a node of another type, which the table that holds it
/// must be given. False where an array holds it: parameters have names.
bool replace_by_real(toml::table& root, std::string_view path, double number) {
  auto const dot = path.rfind('.');
  auto* table = dot == path.npos ? &root : toml::at_path(root, path.substr(0, dot)).as_table();
  auto const name = path.substr(dot == path.npos ? 0 : dot + 1);
  if (table == nullptr || !table->contains(name)) return false;
  table->insert_or_assign(name, number);
  return true;
}

}  // namespace

bool set_number(toml::table& root, std::string_view key, double number, std::string_view unit,
                NumberKind kind) {
  auto path = std::string{key};
  auto view = toml::at_path(root, path);
  if (view && is_parameter_table(*view.node())) {
    path += ".value";
    view = toml::at_path(root, path);
  }
  if (auto* whole = view.as_integer()) {
    if (kind == NumberKind::real) return replace_by_real(root, path, number);
    *whole = std::llround(number);
  } else if (auto* real = view.as_floating_point()) {
    *real = number;
  } else if (auto* text = view.as_string()) {
    *text = quantity_text(number, unit);
  } else {
    return false;
  }
  return true;
}

}  // namespace myoaxis
