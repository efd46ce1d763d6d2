#include "tools/until.h"

#include <fmt/core.h>

#include "core/units.h"
#include "io/experiment/time_text.h"
#include "tools/common.h"

namespace myoaxis {

std::optional<Tick> until_option(std::string const& text, LoadedExperiment const& loaded,
                                 Model const& model) {
  if (text.empty()) return {};
  auto const begin = loaded.start ? loaded.start->time : model.begin();
  try {
    auto const until = parse_instant(text, model.end());
    if (until > model.end()) {
      throw UsageError{fmt::format(
          "--until: '{}' is after the end, {} (leave --until out, or make schedule.duration longer)", text,
          to_string(model.end()))};
    }
    if (until > begin) return until;
  } catch (UnitError const& error) {
    throw UsageError{fmt::format("--until: {}", error.what())};
  }
  throw UsageError{fmt::format("--until: '{}' is not after the beginning, {}{}", text, to_string(begin),
                               loaded.start ? ", of the state in " + loaded.start->from : "")};
}

}  // namespace myoaxis
