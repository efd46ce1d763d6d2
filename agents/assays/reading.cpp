#include "agents/assays/reading.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>

#include "core/distributions.h"

namespace myoaxis {

std::string reading_name(std::string const& assay, std::string const& quantity, Tick time) {
  constexpr std::string_view midnight = " 00:00";
  auto instant = to_string(time);
  if (instant.ends_with(midnight)) instant.resize(instant.size() - midnight.size());
  std::ranges::replace(instant, ' ', '_');
  return fmt::format("{}.{}.{}", assay, quantity, instant);
}

double with_error(double truth, AssayParams const& assay, std::size_t quantity, std::size_t sample, Tick time,
                  Luck luck) {
  if (!(assay.variation.value() > 0)) return truth;
  auto const series = child_key(name_key(assay.name), quantity);
  Draws draws{luck, Purpose::measurement, sample == 0 ? series : child_key(series, sample), time.seconds()};
  return truth * sample_unit_lognormal(draws, assay.variation.value());
}

Reading measure(std::size_t number, AssayParams const& assay, std::size_t quantity, double truth, Tick time,
                Luck luck) {
  return {number, quantity, time, with_error(truth, assay, quantity, 0, time, luck), truth};
}

}  // namespace myoaxis
