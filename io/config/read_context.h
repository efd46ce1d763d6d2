/// What reading a configuration leaves behind: its problems, its parameters with their sources, its keys.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/config/diagnostics.h"
#include "io/config/limits.h"

namespace myoaxis {

/// What may be said of how well the value of a parameter is known.
inline constexpr std::array<std::string_view, 5> kParameterStatuses{"verified", "derived", "recalled",
                                                                    "fitted", "assumed"};

/// One number of the configuration as it was written, and where it comes from. The texts `organism`, `status`
/// and `source` are empty for a plain value, which has no provenance.
struct Parameter {
  std::string key;
  std::string value;
  std::string unit;
  double number = 0;  // in `unit`
  std::optional<std::array<std::string, 2>> range;
  std::string organism;
  std::string status;
  std::string source;
  Place place;
  Limits limits{};     // of `number`
  bool whole = false;  // a count, or whole seconds: only whole numbers, in `unit`, are read
};

/// What a key means, for the documentation and the editor's schema. In `path`, [] stands for any element of
/// an array of tables and * for any name.
struct KeyDescription {
  std::string path{};
  std::string kind{};
  std::string unit{};
  std::string allowed{};
  std::string fallback{};
  std::string meaning{};
  bool required = false;
};

struct ReadContext {
  Diagnostics& diagnostics;
  std::vector<Parameter> parameters{};
  std::vector<KeyDescription> keys{};

  /// Keeps the first description of each path.
  void describe(KeyDescription description);
};

}  // namespace myoaxis
