/// A configuration as a flat list, to see what two of them differ in.
#pragma once

#include <toml++/toml.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace myoaxis {

/// Values in TOML by their dotted key: `schedule.duration` to `"3 days"`, `factor.bdnf.effect[0].gain` to
/// `0.3`.
using Settings = std::map<std::string, std::string>;

/// Parameters have their value alone.
Settings flat_settings(toml::table const& root);
/// Those of a configuration's text; none when it is no TOML.
Settings flat_settings(std::string_view text);

/// The keys, sorted, whose values differ or that only one of both has.
std::vector<std::string> keys_that_differ(Settings const& one, Settings const& other);

/// For a message, what is wanted `here` beside what a file has `there`: `schedule.duration is "4 days" here
/// and "3 days" there`, of many the first few and the number of all.
std::string difference_text(Settings const& here, Settings const& there);

}  // namespace myoaxis
