/// A number that a run of a batch gives to one key of its experiment.
#pragma once

#include <string>

namespace myoaxis {

struct Setting {
  std::string key;  // dotted path, such as factor.il6.organism.mouse.source[0].rate
  double number = 0;
  std::string unit;
};

}  // namespace myoaxis
