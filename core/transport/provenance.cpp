#include "core/transport/provenance.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/statistics/moments.h"

namespace myoaxis {
namespace {

/// Content below which a session is no longer worth its tag, quanta.
constexpr double kNegligible = 1e-6;

bool has_session(Tag tag) { return tag.session != kNoSession && tag.session != kMergedSessions; }

void drop_row(Provenance& rows, std::size_t row) {
  auto const place = static_cast<std::ptrdiff_t>(row), cells = static_cast<std::ptrdiff_t>(rows.cells);
  rows.tags.erase(rows.tags.begin() + place);
  rows.values.erase(rows.values.begin() + place * cells, rows.values.begin() + (place + 1) * cells);
}

std::vector<double> sums_of_cells(Provenance const& provenance) {
  std::vector<double> sums(provenance.cells, 0.0);
  for (std::size_t i = 0; i < provenance.tags.size(); ++i) {
    auto const row = provenance.row(i);
    for (std::size_t cell = 0; cell < sums.size(); ++cell) sums[cell] += row[cell];
  }
  return sums;
}

}  // namespace

TagColumns split(std::vector<Tag> const& tags) {
  TagColumns columns;
  for (auto const& tag : tags) {
    columns.source.push_back(tag.source);
    columns.group.push_back(tag.group);
    columns.session.push_back(tag.session);
  }
  return columns;
}

std::vector<Tag> joined(TagColumns const& columns) {
  std::vector<Tag> tags;
  for (std::size_t i = 0; i < columns.source.size(); ++i)
    tags.push_back({columns.source[i], columns.group[i], columns.session[i]});
  return tags;
}

Provenance make_provenance(std::span<std::int64_t const> counts) {
  Provenance provenance{.cells = counts.size(), .tags = {}, .values = {}};
  auto const initial = provenance.row(provenance.row_of(Tag{}));
  std::copy(counts.begin(), counts.end(), initial.begin());
  return provenance;
}

std::vector<TagContent> content_by_tag(Provenance const& provenance, std::span<CellId const> watched) {
  std::vector<TagContent> contents;
  for (std::size_t i = 0; i < provenance.tags.size(); ++i) {
    contents.push_back({provenance.tags[i]});
    for (auto const cell : watched) contents.back().quanta += provenance.row(i)[cell.index()];
  }
  return contents;
}

WatchedCells::WatchedCells(TagWatch const& watch, Propagator const& propagator)
    : cells_{watch.cells}, propagator_{propagator} {
  for (auto const cell : cells_) {
    auto const stays = propagator_.at_end.row(cell)[cell.index()];
    exits_.push_back(-std::log(std::max(stays, std::numeric_limits<double>::min())));
  }
}

bool WatchedCells::contains(std::size_t cell) const {
  return std::any_of(cells_.begin(), cells_.end(), [&](CellId watched) { return watched.index() == cell; });
}

TagReport WatchedCells::of_flow(CellId from, Departure departure, std::span<std::int64_t const> parts) const {
  auto const held = departure == Departure::held;
  auto const at_end = (held ? propagator_.at_end : propagator_.average).row(from);
  auto const during = (held ? propagator_.average : propagator_.released).row(from);
  TagReport sum;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    auto const cell = cells_[i].index();
    if (parts[cell] == 0) continue;
    auto const quanta = static_cast<double>(parts[cell]);
    auto const there = during[cell] / at_end[cell];
    sum.arrived += quanta * (1 + exits_[i] * there);
    sum.exposure += quanta * static_cast<double>(propagator_.seconds) * there;
  }
  return sum;
}

double WatchedCells::of_held(CellId from) const {
  double share = 0;
  for (auto const cell : cells_) share += propagator_.average.row(from)[cell.index()];
  return share * static_cast<double>(propagator_.seconds);
}

TagFlows::TagFlows(Provenance& provenance, Layout const& layout, std::span<std::int64_t const> counts,
                   std::optional<WatchedCells> watched)
    : provenance_{provenance}, watched_{std::move(watched)} {
  auto const cells = layout.cells();
  if (provenance_.cells != cells) provenance_ = make_provenance(counts);
  end_ = cells;
  auto const holds_packets = [&](std::size_t cell) {
    return layout.kept_as(cell) == Representation::packets;
  };
  while (first_ < end_ && holds_packets(first_)) ++first_;
  while (end_ > first_ && holds_packets(end_ - 1)) --end_;
  match(counts);
  moved_.cells = arrived_.cells = cells;
  moved_.tags = provenance_.tags;
  moved_.values.assign(provenance_.values.size(), 0.0);
  for (auto const tag : provenance_.tags) of_carried_.push_back({tag});
}

void TagFlows::add_moved(double share, std::span<std::int64_t const> parts, std::span<double> row) const {
  for (auto to = first_; to < end_; ++to) row[to] += share * static_cast<double>(parts[to]);
}

void TagFlows::carry(CellId from, std::int64_t total, std::span<std::int64_t const> parts) {
  auto const all = static_cast<double>(total);
  TagReport flow;
  if (watched_ && watched_->contains(from.index())) {
    flow.exposure = watched_->of_held(from) * all;
  } else if (watched_) {
    flow = watched_->of_flow(from, Departure::held, parts);
  }
  for (std::size_t i = 0; i < provenance_.tags.size(); ++i) {
    auto const held = provenance_.row(i)[from.index()];
    if (!(held > 0)) continue;
    auto const share = held / all;
    add_moved(share, parts, moved_.row(i));
    of_carried_[i].arrived += share * flow.arrived;
    of_carried_[i].exposure += share * flow.exposure;
  }
}

void TagFlows::arrive(Tag tag, double share, CellId from, Departure departure,
                      std::span<std::int64_t const> parts) {
  if (!(share > 0)) return;
  auto const row = arrived_.row_of(tag);
  add_moved(share, parts, arrived_.row(row));
  if (!watched_) return;
  if (row == of_arrived_.size()) of_arrived_.push_back({tag});
  auto const flow = watched_->of_flow(from, departure, parts);
  of_arrived_[row].arrived += share * flow.arrived;
  of_arrived_[row].exposure += share * flow.exposure;
}

std::vector<TagReport> TagFlows::finish(std::span<std::int64_t const> counts, std::size_t most_session_tags) {
  auto reports = take_reports();
  std::swap(provenance_, moved_);
  add_arrivals(most_session_tags);
  merge_negligible();
  match(counts);
  return reports;
}

/// The reports of the tags that were there and of those that came, one a tag.
std::vector<TagReport> TagFlows::take_reports() {
  auto reports = std::move(of_carried_);
  for (auto const& came : of_arrived_) {
    auto const known = std::find_if(reports.begin(), reports.end(),
                                    [&](TagReport const& report) { return report.tag == came.tag; });
    if (known == reports.end()) {
      reports.push_back(came);
    } else {
      known->arrived += came.arrived;
      known->exposure += came.exposure;
    }
  }
  std::erase_if(reports,
                [](TagReport const& report) { return !(report.arrived > 0) && !(report.exposure > 0); });
  return reports;
}

void TagFlows::add_arrivals(std::size_t most_session_tags) {
  for (std::size_t i = 0; i < arrived_.tags.size(); ++i) {
    auto const tag = make_room(arrived_.tags[i], most_session_tags);
    auto const row = provenance_.row(provenance_.row_of(tag));
    auto const added = arrived_.row(i);
    for (std::size_t cell = 0; cell < row.size(); ++cell) row[cell] += added[cell];
  }
}

/// The tag by which what arrives is kept. Where it would be one too many, a tag of the earliest session goes.
Tag TagFlows::make_room(Tag tag, std::size_t most_session_tags) {
  auto const& tags = provenance_.tags;
  if (!has_session(tag) || std::find(tags.begin(), tags.end(), tag) != tags.end()) return tag;
  auto const kept = static_cast<std::size_t>(std::count_if(tags.begin(), tags.end(), has_session));
  if (kept < most_session_tags) return tag;
  // Numbers of sessions ascend; those of no session, and merged ones, are above all.
  auto const earliest =
      std::min_element(tags.begin(), tags.end(), [](Tag a, Tag b) { return a.session < b.session; });
  if (earliest == tags.end() || !has_session(*earliest) || tag.session < earliest->session)
    return {tag.source, tag.group, kMergedSessions};
  merge_session(static_cast<std::size_t>(earliest - tags.begin()));
  return tag;
}

void TagFlows::merge_session(std::size_t row) {
  auto tag = provenance_.tags[row];
  tag.session = kMergedSessions;
  auto const heir = provenance_.row(provenance_.row_of(tag));
  auto const merged = provenance_.row(row);
  for (std::size_t cell = 0; cell < heir.size(); ++cell) heir[cell] += merged[cell];
  drop_row(provenance_, row);
}

void TagFlows::merge_negligible() {
  for (auto row = provenance_.tags.size(); row-- > 0;) {
    auto const content = sum_of(provenance_.row(row));
    if (content <= 0) {
      drop_row(provenance_, row);
    } else if (content < kNegligible && has_session(provenance_.tags[row])) {
      merge_session(row);
    }
  }
}

/// Takes back what rounding did: each cell's tags sum to its count. Quanta of no tag become kInitial.
void TagFlows::match(std::span<std::int64_t const> counts) {
  auto const sums = sums_of_cells(provenance_);
  std::vector<double> factors(sums.size(), 0.0);
  auto const without_tag = [&](std::size_t cell) {
    return static_cast<double>(counts[cell]) - sums[cell] > 0.5 + 1e-9 * sums[cell];
  };
  for (auto cell = first_; cell < end_; ++cell) {
    auto const count = static_cast<double>(counts[cell]);
    factors[cell] = sums[cell] > 0 ? (without_tag(cell) ? 1.0 : count / sums[cell]) : 0.0;
  }
  for (std::size_t i = 0; i < provenance_.tags.size(); ++i) {
    auto const row = provenance_.row(i);
    for (auto cell = first_; cell < end_; ++cell) row[cell] *= factors[cell];
  }
  for (auto cell = first_; cell < end_; ++cell) {
    if (without_tag(cell))
      provenance_.row(provenance_.row_of(Tag{}))[cell] += static_cast<double>(counts[cell]) - sums[cell];
  }
}

}  // namespace myoaxis
