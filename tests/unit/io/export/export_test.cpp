#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "io/export/csv_export.h"
#include "io/export/layouts.h"

using namespace myoaxis;

TEST_CASE("fields of a table are quoted where they need it") {
  CHECK(csv_field("blood flow") == "blood flow");
  CHECK(csv_field("a, b") == "\"a, b\"");
  CHECK(csv_field("say \"yes\"") == "\"say \"\"yes\"\"\"");
  CHECK(csv_field("two\nlines") == "\"two\nlines\"");
}

TEST_CASE("fibers fill a round section as large as their areas") {
  std::vector<double> const areas(2000, 1500.0);
  std::vector<std::uint64_t> keys;
  for (std::uint64_t i = 0; i < areas.size(); ++i) keys.push_back(i * 0x9e3779b97f4a7c15);
  auto const centers = muscle_section(areas, keys);
  double farthest = 0, nearest = 1e9;
  for (std::size_t i = 0; i < centers.size(); ++i) {
    farthest = std::max(farthest, std::hypot(centers[i][0], centers[i][1]));
    for (std::size_t k = 0; k < i; ++k)
      nearest = std::min(nearest, std::hypot(centers[i][0] - centers[k][0], centers[i][1] - centers[k][1]));
  }
  auto const radius = std::sqrt(2000 * 1500.0 / std::numbers::pi);
  CHECK(farthest < radius);
  CHECK(farthest > 0.98 * radius);
  CHECK(nearest > 0.7 * std::sqrt(1500.0));  // hardly any overlap: a square of that area has this side
  CHECK(muscle_section(areas, keys) == centers);
}

TEST_CASE("the loop of vessels is closed at its corners") {
  auto const arteries = great_vessel("arteries", 4, 3);
  auto const heart = great_vessel("left_heart", 2, 3);
  CHECK(heart.back() == arteries.front());
  CHECK(great_vessel("veins", 3, 3).back() == great_vessel("right_heart", 1, 3).front());
  auto const bed = capillary_bed(1, 5);
  CHECK(bed.size() == 10);
  CHECK(bed.front()[0] == arteries.front()[0]);
  CHECK(bed.back()[0] == 0);
  CHECK(bed[1] == bed[2]);
}
