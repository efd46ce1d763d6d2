#include <algorithm>

#include "io/run/group_writers.h"

namespace myoaxis {
namespace {

template <std::size_t N>
std::vector<std::string> copied_texts(std::array<std::string_view, N> const& names) {
  return {names.begin(), names.end()};
}

template <class T>
std::span<T const> first_of(std::vector<T> const& values, std::size_t number) {
  return std::span{values}.first(number);
}

}  // namespace

EventWriter::EventWriter(H5Group group, std::int64_t limit)
    : table_{group.add_table<std::int64_t>({"event", "1", "number of the event"}, 16384)},
      time_{table_.add<double>({"time", "s", "time since day 0, 00:00"})},
      cell_{table_.add<std::uint64_t>({"cell", "1", "key of the cell"})},
      kind_{table_.add<std::uint8_t>(
          {.name = "kind", .unit = "", .long_name = "what happened", .flags = copied_texts(kEventNames)})},
      stage_{table_.add<std::uint8_t>({.name = "stage",
                                       .unit = "",
                                       .long_name = "stage it was in (death), or entered",
                                       .flags = copied_texts(kStageNames)})},
      niche_{table_.add<std::uint16_t>({"niche", "1", "number of the niche"})},
      limit_{limit} {
  group.set_attribute("events_limit", limit);
}

void EventWriter::write(LineageEvents const& events) {
  auto const written = static_cast<std::int64_t>(table_.rows());
  auto const number = static_cast<std::size_t>(
      std::clamp<std::int64_t>(limit_ - written, 0, static_cast<std::int64_t>(events.size())));
  if (number == 0) return;
  time_.append(first_of(events.time, number));
  cell_.append(first_of(events.cell, number));
  kind_.append(first_of(events.kind, number));
  stage_.append(first_of(events.stage, number));
  niche_.append(first_of(events.niche, number));
  std::vector<std::int64_t> rows(number);
  for (std::size_t i = 0; i < number; ++i) rows[i] = written + static_cast<std::int64_t>(i);
  table_.append_rows(rows);
}

}  // namespace myoaxis
