/// What a data set says about itself, so that its reader needs no manual.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace myoaxis {

struct Description {
  std::string name;
  /// UDUNITS symbol ("s", "ng/ml", "1"); empty for a code, whose values `flags` names, and for texts.
  std::string unit;
  std::string long_name;
  /// Names of fixed scales of the same group, slowest varying first. In a table the growing scale goes before
  /// them by itself.
  std::vector<std::string> dims = {};
  std::string description = {};
  /// Meaning of the codes 0, 1, ... of a data set of uint8.
  std::vector<std::string> flags = {};
  /// Further attributes, as names and texts.
  std::vector<std::pair<std::string, std::string>> attributes = {};
};

}  // namespace myoaxis
