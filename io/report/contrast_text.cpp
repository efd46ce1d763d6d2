#include "io/report/contrast_text.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "io/report/numbers.h"

namespace myoaxis::report {

std::string contrast_text(Contrast const& contrast) {
  auto const& result = contrast.result;
  if (std::isnan(result.difference)) return "\u2013";
  auto const half = (result.high - result.low) / 2;
  if (std::isnan(half)) return signed_number_text(result.difference) + " (no interval)";
  auto const tiny = std::max(std::abs(result.difference), half) < 1e-4;
  if (half == 0 || tiny)
    return fmt::format("{} [{}, {}]", signed_number_text(result.difference), signed_number_text(result.low),
                       signed_number_text(result.high));
  auto const places = places_for(half, 2);
  return fmt::format("{} [{}, {}]", signed_fixed_text(result.difference, places),
                     signed_fixed_text(result.low, places), signed_fixed_text(result.high, places));
}

std::string relative_text(ComparedOutcome const& outcome, Contrast const& contrast) {
  auto const& result = contrast.result;
  auto const reference = result.reference_mean;
  // A share of something that may be zero or negative says nothing.
  auto const is_score = outcome.meaning.find("standard deviations") != std::string::npos;
  if (is_score || !(reference > 0) || !std::isfinite(result.difference)) return "";
  auto const percent = [&](double value) { return 100 * value / reference; };
  if (!std::isfinite(result.low)) return signed_fixed_text(percent(result.difference), 1) + " %";
  auto const half = percent(result.high - result.low) / 2;
  auto const places = half > 0 ? std::min(places_for(half, 2), 2) : 1;
  return fmt::format("{} % [{}, {}]", signed_fixed_text(percent(result.difference), places),
                     signed_fixed_text(percent(result.low), places),
                     signed_fixed_text(percent(result.high), places));
}

bool is_settled(Contrast const& contrast) { return contrast.result.low > 0 || contrast.result.high < 0; }

}  // namespace myoaxis::report
