#include "core/transport/packet_emission.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/draw_words.h"
#include "core/parallel.h"

namespace myoaxis {
namespace {

constexpr std::size_t kBatch = 256;
using Words = std::array<std::uint64_t, kBatch>;

}  // namespace

OriginSampler::OriginSampler(std::span<double const> running, std::size_t draws) : running_{running} {
  if (draws < running.size() / 16) return;
  guide_.resize(running.size());
  auto const step = running.back() / static_cast<double>(guide_.size());
  std::uint32_t agent = 0;
  for (std::size_t k = 0; k < guide_.size(); ++k) {
    // A little early, as u times the size is rounded.
    auto const bound = static_cast<double>(k) * step * (1 - 0x1p-40);
    while (running[agent] < bound) ++agent;
    guide_[k] = agent;
  }
}

std::uint32_t OriginSampler::operator()(double u) const {
  auto const target = u * running_.back();
  auto const last = static_cast<std::uint32_t>(running_.size() - 1);
  if (guide_.empty()) {
    auto const found = std::upper_bound(running_.begin(), running_.end(), target) - running_.begin();
    return std::min(static_cast<std::uint32_t>(found), last);
  }
  auto agent = guide_[static_cast<std::size_t>(u * static_cast<double>(guide_.size()))];
  while (agent < last && running_[agent] <= target) ++agent;
  return agent;
}

std::vector<GroupShare> group_shares(Release const& release) {
  if (release.groups.empty() || !(release.origins.back() > 0)) return {{kNoGroup, 1.0}};
  EXPECTS(release.groups.size() == release.origins.size());
  std::array<double, kNoGroup + 1> rates{};
  double before = 0;
  for (std::size_t i = 0; i < release.groups.size(); ++i) {
    rates[release.groups[i]] += release.origins[i] - before;
    before = release.origins[i];
  }
  std::vector<GroupShare> shares;
  for (std::size_t group = 0; group < rates.size(); ++group) {
    if (rates[group] > 0)
      shares.push_back({static_cast<std::uint8_t>(group), rates[group] / release.origins.back()});
  }
  return shares;
}

void add_packets(Packets& packets, CargoKind const& kind, Layout const& layout, StepTables const& tables,
                 Step const& step, Release const& release, std::size_t number) {
  if (number == 0) return;
  auto const first = packets.size();
  auto const key = child_key(child_key(kind.key, release.source_key, layout.key(release.cell)),
                             static_cast<std::uint64_t>(step.begin.seconds()));
  packets.key.resize(first + number);
  packets.cell.resize(first + number);
  packets.weight.resize(first + number, kind.packet_weight);
  packets.origin.resize(first + number, kNoOrigin);
  packets.birth.resize(first + number, static_cast<std::int32_t>(step.end().seconds()));
  packets.session.resize(first + number, release.session);
  packets.source.resize(first + number, static_cast<std::uint8_t>(release.source));
  packets.group.resize(first + number, kNoGroup);
  DrawKey const place{kind.luck, Purpose::release_place}, choice{kind.luck, Purpose::release_origin};
  std::optional<OriginSampler> origins;
  if (!release.origins.empty()) origins.emplace(release.origins, number);
  for_each_chunk((number + kBatch - 1) / kBatch, [&](std::size_t chunk) {
    auto const begin = chunk * kBatch, size = std::min(number - begin, kBatch);
    auto const keys = std::span{packets.key}.subspan(first + begin, size);
    for (std::size_t i = 0; i < size; ++i) keys[i] = child_key(key, begin + i);
    Words words;
    auto const drawn = std::span{words}.first(size);
    first_words(place, keys, 0, drawn);
    for (std::size_t i = 0; i < size; ++i)
      packets.cell[first + begin + i] = tables.surviving_in(release.cell.index(), unit_interval(words[i]));
    if (!origins) return;
    first_words(choice, keys, 0, drawn);
    for (std::size_t i = 0; i < size; ++i)
      packets.origin[first + begin + i] = (*origins)(unit_interval(words[i]));
    if (release.groups.empty()) return;
    for (auto i = first + begin; i < first + begin + size; ++i)
      packets.group[i] = release.groups[packets.origin[i]];
  });
}

}  // namespace myoaxis
