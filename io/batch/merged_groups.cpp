#include "io/batch/merged_groups.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <sstream>

namespace myoaxis {
namespace {

/// Scales that count things which each run has of its own.
constexpr std::array<std::string_view, 3> kOwnThings{"agent", "event", "outcome"};

struct Scale {
  DatasetInfo info;
  std::string long_name;
  std::vector<double> numbers;
  std::vector<std::string> texts;
};

using Scales = std::map<std::string, Scale>;

std::string path_in(std::string const& group, std::string const& name) { return group + '/' + name; }

Scales read_scales(H5Reader const& file, std::string const& group) {
  Scales scales;
  for (auto const& info : file.datasets(group)) {
    if (!info.is_scale) continue;
    auto const path = path_in(group, info.name);
    Scale scale{info, info.long_name, {}, {}};
    if (info.is_text)
      scale.texts = file.read_texts(path);
    else
      scale.numbers = file.read_doubles(path);
    scales.emplace(info.name, std::move(scale));
  }
  return scales;
}

/// The scale in which two runs differ.
std::optional<std::string> difference(Scales const& one, Scales const& other) {
  for (auto const& [name, scale] : one) {
    auto const found = other.find(name);
    if (found == other.end()) return name;
    if (scale.texts != found->second.texts || scale.numbers != found->second.numbers) return name;
  }
  for (auto const& [name, scale] : other) {
    if (!one.contains(name)) return name;
  }
  return {};
}

bool is_of_own_things(Scales const& scales) {
  return std::ranges::any_of(kOwnThings, [&](auto name) { return scales.contains(std::string{name}); });
}

std::vector<std::string> words(std::string const& text) {
  std::istringstream stream{text};
  return {std::istream_iterator<std::string>{stream}, {}};
}

Description description_of(H5Reader const& file, std::string const& path, DatasetInfo const& info) {
  Description about{info.name, info.unit, info.long_name, info.dims};
  about.description = file.text_attribute(path, "description").value_or("");
  about.flags = words(file.text_attribute(path, "flag_meanings").value_or(""));
  return about;
}

NumberType number_type_of(DatasetInfo const& info) {
  auto const bytes = info.value_bytes;
  if (!info.is_integer) return info.is_single ? NumberType::float32 : NumberType::float64;
  if (bytes == 1) return NumberType::uint8;
  if (bytes == 2) return NumberType::uint16;
  if (bytes == 4) return info.is_unsigned ? NumberType::uint32 : NumberType::int32;
  return info.is_unsigned ? NumberType::uint64 : NumberType::int64;
}

/// Groups of the file that hold data sets, with those inside others such as "assays/day28".
void collect_groups(H5Reader const& file, std::string const& path, std::vector<std::string>& groups) {
  for (auto const& name : file.groups(path.empty() ? "/" : path)) {
    auto const inside = path.empty() ? name : path_in(path, name);
    if (!file.datasets(inside).empty()) groups.push_back(inside);
    collect_groups(file, inside, groups);
  }
}

/// One group of all runs, as the first of them has it.
class MergedGroup {
 public:
  MergedGroup(H5Reader const& first, std::string name)
      : name_{std::move(name)}, scales_{read_scales(first, name_)} {
    for (auto const& info : first.datasets(name_)) {
      if (info.is_scale || info.is_text || info.dims.empty()) continue;
      auto const path = path_in(name_, info.name);
      sets_.push_back({description_of(first, path, info), number_type_of(info), {}});
    }
  }

  /// Why the run cannot be part of the group; nothing when it now is.
  std::optional<std::string> add(H5Reader const& file, MergedRun const& run) {
    if (!file.has(name_)) return fmt::format("not in {}", run.reference);
    if (auto const scale = difference(scales_, read_scales(file, name_)))
      return fmt::format("`{}` differs in {}", *scale, run.reference);
    auto const infos = file.datasets(name_);
    for (auto& set : sets_) {
      auto const info = std::ranges::find(infos, set.about.name, &DatasetInfo::name);
      if (info == infos.end()) continue;  // reads as missing
      if (info->unit != set.about.unit || number_type_of(*info) != set.type || info->dims != set.about.dims)
        return fmt::format("`{}` is of another kind in {}", set.about.name, run.reference);
      set.parts.push_back({run.index, run.reference, info->shape});
    }
    return {};
  }

  bool worth_merging() const { return !sets_.empty() && !is_of_own_things(scales_); }

  void write(H5File& file, std::vector<std::string> const& names) const {
    auto group = file.group(name_);
    group.add_scale({"run", "", "run: name of its files in runs/"}, std::span<std::string const>{names});
    for (auto const& [name, scale] : scales_) {
      Description const about{name, scale.info.unit, scale.long_name};
      if (scale.info.is_text)
        group.add_scale(about, std::span<std::string const>{scale.texts});
      else
        group.add_scale(about, std::span<double const>{scale.numbers});
    }
    for (auto const& set : sets_) {
      auto about = set.about;
      about.dims.insert(about.dims.begin(), "run");
      group.add_virtual(about, set.type, '/' + path_in(name_, about.name), set.parts);
    }
  }

  std::string const& name() const { return name_; }

 private:
  struct Set {
    Description about;
    NumberType type;
    std::vector<VirtualPart> parts;
  };
  std::string name_;
  Scales scales_;
  std::vector<Set> sets_;
};

}  // namespace

std::vector<std::string> add_merged_groups(H5File& file, std::vector<std::string> const& names,
                                           std::vector<MergedRun> const& runs) {
  std::vector<std::string> left_out;
  if (runs.empty()) return left_out;
  std::vector<MergedGroup> groups;
  auto const first = H5Reader::open(runs.front().path);
  std::vector<std::string> found;
  collect_groups(first, "", found);
  for (auto const& name : found) {
    MergedGroup group{first, name};
    if (group.worth_merging()) groups.push_back(std::move(group));
  }
  std::set<std::string> refused;
  for (auto const& run : runs) {
    auto const there = H5Reader::open(run.path);
    for (auto& group : groups) {
      if (refused.contains(group.name())) continue;
      auto const reason = group.add(there, run);
      if (!reason) continue;
      refused.insert(group.name());
      left_out.push_back(group.name() + ": " + *reason);
    }
  }
  for (auto const& group : groups) {
    if (!refused.contains(group.name())) group.write(file, names);
  }
  return left_out;
}

}  // namespace myoaxis
