/// Lays conditions of a subject (aged, sarcopenic, ...) under what an experiment says and over its organism.
#pragma once

#include <toml++/toml.h>

#include <filesystem>
#include <string>
#include <vector>

namespace myoaxis {

class PieceLoader;

/// The top-level array `key` names files FOLDER/ORGANISM/NAME.toml, where ORGANISM is the name of the
/// experiment's organism. A file holds tables of [tables]: numbers of the organism and of factors. With a sex
/// in [section], FOLDER/ORGANISM/NAME/SEX.toml is laid over it where there is one.
struct ConditionRule {
  std::string key = "conditions";
  std::string section = "organism";
  std::string piece_key = "use";
  std::string piece_folder = "organisms";
  std::string variant_key = "sex";
  std::string folder = "conditions";
  std::string list_key = "factors";  // the array of factors that the experiment is limited to, if it is
  std::string list_table = "factor";
};

/// Name of the key that keeps, for people, which conditions a complete document has.
inline constexpr std::string_view kAppliedConditions = "applied_conditions";

/// A later condition wins over an earlier one, the experiment's own keys over both. What conditions say of
/// factors that the experiment does not list is dropped. The array becomes `applied_conditions`.
void lay_conditions(toml::table& root, std::filesystem::path const& file, ConditionRule const& rule,
                    PieceLoader& loader);

}  // namespace myoaxis
