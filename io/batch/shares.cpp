#include "io/batch/shares.h"

#include <algorithm>
#include <map>
#include <regex>
#include <set>

namespace myoaxis {
namespace {

/// One whole: the settings of some of its shares, and the parameters of the others.
struct Whole {
  std::vector<std::size_t> set;  // numbers of settings
  std::vector<Parameter const*> others;
};

Setting const* find_setting(std::vector<Setting> const& settings, std::string const& key) {
  auto const found =
      std::find_if(settings.begin(), settings.end(), [&](Setting const& one) { return one.key == key; });
  return found == settings.end() ? nullptr : &*found;
}

std::map<std::string, Whole> wholes_of(std::vector<Setting> const& settings,
                                       std::vector<Parameter> const& shares) {
  std::map<std::string, Whole> wholes;
  for (std::size_t i = 0; i < settings.size(); ++i) {
    if (auto const whole = whole_of(settings[i].key)) wholes[*whole].set.push_back(i);
  }
  for (auto const& parameter : shares) {
    auto const whole = whole_of(parameter.key);
    if (whole && wholes.contains(*whole) && find_setting(settings, parameter.key) == nullptr)
      wholes[*whole].others.push_back(&parameter);
  }
  return wholes;
}

}  // namespace

std::optional<std::string> whole_of(std::string_view key) {
  static std::regex const forms[] = {std::regex{R"((.*\.clearance_share)\.[^.]+)"},
                                     std::regex{R"((.*\.organ)\.[^.]+\.flow_share)"},
                                     std::regex{R"((.*\.fiber_type)\[\d+\]\.share)"}};
  for (auto const& form : forms) {
    std::match_results<std::string_view::const_iterator> match;
    if (std::regex_match(key.begin(), key.end(), match, form)) return match[1].str();
  }
  return {};
}

std::vector<Parameter> sharing_with(std::vector<std::string> const& keys, std::vector<Parameter> const& all) {
  std::set<std::string> wholes;
  for (auto const& key : keys) {
    if (auto const whole = whole_of(key)) wholes.insert(*whole);
  }
  std::set<std::string> seen;
  std::vector<Parameter> shares;
  for (auto const& parameter : all) {
    auto const whole = whole_of(parameter.key);
    if (whole && wholes.contains(*whole) && seen.insert(parameter.key).second) shares.push_back(parameter);
  }
  return shares;
}

void keep_sums(std::vector<Setting>& settings, std::vector<Parameter> const& shares) {
  for (auto const& [name, whole] : wholes_of(settings, shares)) {
    double set = 0, others = 0;
    for (auto const i : whole.set) set += settings[i].number;
    for (auto const* other : whole.others) others += other->number;
    auto const is_room = set < 1 && others > 0;
    if (!is_room && set > 0) {
      for (auto const i : whole.set) settings[i].number /= set;
    }
    for (auto const* other : whole.others)
      settings.push_back(setting_of(*other, is_room ? other->number * (1 - set) / others : 0));
  }
}

}  // namespace myoaxis
