/// Numbers of a configuration tree by the dotted key under which `Parameter` lists them.
#pragma once

#include <toml++/toml.h>

#include <string>
#include <string_view>

namespace myoaxis {

/// real: also where the file has a whole number, such as hill = 2. whole: a count, which is read as one only.
enum class NumberKind { real, whole };

/// Puts `number`, in `unit`, in place of the value at `key` ("factor.bdnf.source[0].specific_rate") of a
/// resolved tree; of a parameter table only its value is replaced, what it says of range and source stays.
/// A count is rounded to the nearest whole number. False when there is no such number.
bool set_number(toml::table& root, std::string_view key, double number, std::string_view unit,
                NumberKind kind);

/// The text of a quantity: "26.3 g", or the number alone where the unit is "1". It reads back as the same
/// number.
std::string quantity_text(double number, std::string_view unit);

}  // namespace myoaxis
