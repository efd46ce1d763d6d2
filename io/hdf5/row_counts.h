/// How long the tables of a file are: what a file has to be continued from.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace myoaxis {

/// Rows of each table, by the path of its growing scale ("/blood/time").
using RowCounts = std::map<std::string, std::uint64_t>;

}  // namespace myoaxis
