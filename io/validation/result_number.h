/// One number out of a results file, as a target names it.
#pragma once

#include <stdexcept>
#include <string>

#include "core/clock.h"
#include "io/hdf5/reader.h"
#include "io/validation/validation_file.h"

namespace myoaxis {

/// A number and its unit.
struct UnitNumber {
  double number = 0;
  std::string unit;
};

/// A target asks for a number that its run does not have. `what()` says which there are.
class NoSuchNumber : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The number at `address`; `end` is the time that "end" stands for. Throws NoSuchNumber.
///
/// Of an assay the reading `at` is that at this very time, of another data set the first row at or after it.
/// An entry of a dimension is a text of its scale, or a quantity: the first coordinate at or after it.
UnitNumber read_number(H5Reader const& file, NumberAddress const& address, Tick end);

}  // namespace myoaxis
