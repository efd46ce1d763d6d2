#include "tools/shard.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string_view>

#include "tools/common.h"

namespace myoaxis {
namespace {

std::optional<std::size_t> whole_number(std::string_view text) {
  std::size_t number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  return number;
}

}  // namespace

Shard parse_shard(std::string const& text) {
  auto const slash = text.find('/');
  auto const number = whole_number(text.substr(0, slash));
  auto const of = slash == text.npos ? std::nullopt : whole_number(text.substr(slash + 1));
  if (number && of && *number >= 1 && *number <= *of) return {*number, *of};
  throw UsageError{
      fmt::format("--shard: '{}' is no part such as 1/4; allowed: K/N with K from 1 to N", text)};
}

std::vector<std::size_t> cuts_of(BatchPlan const& plan) {
  std::map<std::string_view, std::size_t> end_of;  // of the runs with this baseline
  for (std::size_t i = 0; i < plan.runs.size(); ++i) end_of[plan.runs[i].baseline] = i + 1;
  std::vector<std::size_t> cuts;
  std::size_t end = 0;  // of all that share something with the runs before
  for (std::size_t i = 0; i < plan.runs.size(); ++i) {
    if (i >= end) cuts.push_back(i);
    auto const& baseline = plan.runs[i].baseline;
    end = std::max(end, baseline.empty() ? i + 1 : end_of[baseline]);
  }
  cuts.push_back(plan.runs.size());
  return cuts;
}

BatchPlan shard_of(BatchPlan const& plan, Shard shard) {
  auto const cuts = cuts_of(plan);
  auto const blocks = cuts.size() - 1;
  auto const begin = cuts[blocks * (shard.number - 1) / shard.of];
  auto const end = cuts[blocks * shard.number / shard.of];
  BatchPlan part;
  for (auto i = begin; i < end; ++i) {
    auto const& run = plan.runs[i];
    part.runs.push_back(run);
    if (!run.baseline.empty()) part.baselines[run.baseline] = plan.baselines.at(run.baseline);
  }
  return part;
}

}  // namespace myoaxis
