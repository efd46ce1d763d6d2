#include "io/batch/variation_piece.h"

#include <fmt/core.h>

#include <string_view>

#include "io/config/piece_loader.h"
#include "io/config/toml_text.h"
#include "io/config/use.h"

namespace myoaxis {

void lay_variation_piece(toml::table& batch, std::string const& organism, std::filesystem::path const& file,
                         SearchPath const& search, Diagnostics& diagnostics) {
  using namespace std::string_view_literals;
  UseRule const rule{"variation", "use", "variations"};
  auto* const subject = batch["subject"sv].as_table();
  auto* const variation = subject != nullptr ? (*subject)["variation"sv].as_table() : nullptr;
  if (variation == nullptr) return;  // not there, or no table: for the reader to say
  if (!variation->contains(rule.key)) {
    auto const place = place_of(variation->source());
    PieceLoader const loader{search, diagnostics};
    if (loader.find({organism, place, rule.section, rule.key, rule.folder}, {file}).empty()) {
      diagnostics.add(place, fmt::format("subject.variation: nothing says how subjects of '{}' differ; give "
                                         "`use`, or use = \"none\" and traits of your own",
                                         organism));
      return;
    }
    variation->insert(rule.key, organism);
  }
  apply_uses(*subject, file, search, {.uses = {rule}, .lists = {}}, diagnostics);
}

}  // namespace myoaxis
