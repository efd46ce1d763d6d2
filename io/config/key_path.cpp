#include "io/config/key_path.h"

#include <fmt/core.h>

#include <cmath>

#include "io/config/toml_text.h"

namespace myoaxis {

std::string quantity_text(double number, std::string_view unit) {
  return unit == "1" ? fmt::format("{}", number) : fmt::format("{} {}", number, unit);
}

bool set_number(toml::table& root, std::string_view key, double number, std::string_view unit) {
  auto view = toml::at_path(root, key);
  if (view && is_parameter_table(*view.node())) view = view.as_table()->at_path("value");
  if (auto* whole = view.as_integer()) {
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
