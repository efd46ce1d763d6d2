#include "core/purpose.h"

#include <catch2/catch.hpp>
#include <utility>

using namespace myoaxis;

TEST_CASE("the numbers of purposes never change: every published result depends on them", "[baseline]") {
  constexpr std::pair<Purpose, std::uint32_t> published[] = {
      {Purpose::fiber_size, 1},      {Purpose::fiber_secretion, 2},    {Purpose::fiber_fatigability, 3},
      {Purpose::initial_packets, 4}, {Purpose::initial_counts, 5},     {Purpose::release_surviving, 6},
      {Purpose::release_cleared, 7}, {Purpose::release_crossed, 8},    {Purpose::release_place, 9},
      {Purpose::release_origin, 10}, {Purpose::packet_move, 11},       {Purpose::crossing, 12},
      {Purpose::crossing_donor, 13}, {Purpose::count_move, 14},        {Purpose::lineage_threshold, 15},
      {Purpose::lineage_branch, 16}, {Purpose::lineage_place, 17},     {Purpose::spine_initial, 18},
      {Purpose::spine_move, 19},     {Purpose::permutation, 20},       {Purpose::session_attended, 21},
      {Purpose::measurement, 22},    {Purpose::vessel_geometry, 23},   {Purpose::vessel_path, 24},
      {Purpose::bootstrap, 25},      {Purpose::subject_variation, 26}, {Purpose::design, 27}};
  for (auto const& [purpose, number] : published) CHECK(static_cast<std::uint32_t>(purpose) == number);
}
