/// A number of the configuration that a batch sets: a parameter of a subject, or of a point of a scan.
#pragma once

#include <string>

#include "io/config/read_context.h"

namespace myoaxis {

struct Setting {
  std::string key;  // dotted, as `Parameter::key`: "factor.bdnf.source[0].specific_rate"
  double number = 0;
  std::string unit;    // of the number, as `Parameter::unit`: "1" for none
  bool whole = false;  // a count, as `Parameter::whole`
};

/// Gives the parameter another number, in its unit.
inline Setting setting_of(Parameter const& parameter, double number) {
  return {parameter.key, number, parameter.unit, parameter.whole};
}

}  // namespace myoaxis
