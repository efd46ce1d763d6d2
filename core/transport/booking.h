/// Sums of many small amounts in which no rounding is lost: what an entry cannot hold yet is kept beside it.
#pragma once

namespace myoaxis {

struct RoundedSum {
  double sum;
  double error;  // sum + error is exact
};

/// Knuth's exact sum of two numbers.
inline RoundedSum exact_sum(double a, double b) {
  auto const sum = a + b;
  auto const b_part = sum - a;
  return {sum, (a - (sum - b_part)) + (b - b_part)};
}

/// Adds an amount to an entry, together with the `rest` that rounding has withheld from it before.
inline void book(double& entry, double& rest, double amount) {
  auto const [sum, error] = exact_sum(entry, amount + rest);
  entry = sum;
  rest = error;
}

}  // namespace myoaxis
