/// What an assay gives: its quantities, and a reading of each at a time.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "agents/assays/assay.h"
#include "agents/model.h"

namespace myoaxis {

/// One number of an assay, or one curve: what the instrument shows, and the truth behind it.
struct Reading {
  std::size_t assay;     // in the experiment
  std::size_t quantity;  // in `quantities_of(assay)`
  Tick time;
  double measured = 0;
  double truth = 0;
  std::vector<double> curve{};  // measured and true, at the samples of the assay's record; of a curve only
  std::vector<double> true_curve{};
};

enum class QuantityForm { number, curve };

/// What an assay measures, one data set each.
struct AssayQuantity {
  std::string name;
  std::string unit;
  std::string meaning;
  QuantityForm form = QuantityForm::number;
};

/// What a reading is called among the outcomes of a run: "survival.total.day_42" of what the assay `survival`
/// counts in all, "draw.il6.day_41_08:00". No outcome of a whole run has a dot in its name.
std::string reading_name(std::string const& assay, std::string const& quantity, Tick time);

/// What an instrument shows of a true value. The draw is addressed by the assay's name, the quantity, the
/// sample of a record and the time.
double with_error(double truth, AssayParams const& assay, std::size_t quantity, std::size_t sample, Tick time,
                  Luck luck);

/// The reading of a number.
Reading measure(std::size_t number, AssayParams const& assay, std::size_t quantity, double truth, Tick time,
                Luck luck);

}  // namespace myoaxis
