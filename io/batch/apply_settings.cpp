#include "io/batch/apply_settings.h"

#include <stdexcept>

#include "io/config/key_path.h"

namespace myoaxis {

void apply_settings(toml::table& root, std::vector<Setting> const& settings) {
  for (auto const& setting : settings) {
    auto const kind = setting.whole ? NumberKind::whole : NumberKind::real;
    if (!set_number(root, setting.key, setting.number, setting.unit, kind))
      throw std::logic_error{"no parameter has the key " + setting.key};
  }
}

}  // namespace myoaxis
