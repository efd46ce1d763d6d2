#include "io/export/loop_layout.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

using namespace myoaxis;

namespace {

/// Great vessels of one to three cells, a kidney, a gut that drains into a liver, and a muscle with a network
/// of an inlet, two branches and an outlet.
struct LoopBody {
  std::vector<LoopCell> cells;
  std::vector<LoopPath> paths;

  LoopBody() {
    add("veins", "veins", 2);
    add("right_heart", "right_heart", 1);
    add("lungs", "lungs", 3);
    add("left_heart", "left_heart", 1);
    add("arteries", "arteries", 2);
    for (std::size_t i = 0; i + 1 < cells.size(); ++i) paths.push_back({i, i + 1});
    artery = cells.size() - 1;
    auto const gut = add_bed("gut", 3);
    auto const liver = add_bed("liver", 3);
    paths.push_back({gut + 2, liver});
    paths.push_back({liver + 2, 0});
    paths.push_back({add_bed("kidney", 2) + 1, 0});
    muscle = cells.size();
    for (auto const& course : courses) cells.push_back({"bed", "muscle", course});
    add("bed", "muscle", 2);
    for (auto const& [from, to] : std::vector<LoopPath>{{0, 1}, {0, 2}, {1, 3}, {2, 3}, {3, 4}, {4, 5}})
      paths.push_back({muscle + from, muscle + to});
    paths.push_back({artery, muscle});
    paths.push_back({muscle + 5, 0});
  }

  std::vector<LoopCell::Course> courses{{{0, 0, 0}, {10, 0, 0}},
                                        {{10, 0, 0}, {30, 20, 5}},
                                        {{10, 0, 0}, {30, 20, 5}},
                                        {{30, 20, 5}, {40, 0, 0}}};
  std::size_t artery = 0, muscle = 0;

 private:
  void add(std::string const& kind, std::string const& stretch, std::size_t number) {
    for (std::size_t i = 0; i < number; ++i) cells.push_back({kind, stretch, {}});
  }
  std::size_t add_bed(std::string const& name, std::size_t number) {
    auto const first = cells.size();
    add("bed", name, number);
    paths.push_back({artery, first});
    for (std::size_t i = 0; i + 1 < number; ++i) paths.push_back({first + i, first + i + 1});
    return first;
  }
};

/// Whether a point lies on a line of straight pieces.
bool lies_on(std::vector<VtkPoint> const& line, VtkPoint const& point) {
  auto const distance = [](VtkPoint const& a, VtkPoint const& b) {
    return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
  };
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    auto const detour =
        distance(line[i], point) + distance(point, line[i + 1]) - distance(line[i], line[i + 1]);
    if (detour < 1e-6) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("what drains into another organ stands below it") {
  LoopBody const body;
  CHECK(rows_of_beds(body.cells, body.paths) == std::vector<std::string>{"liver", "gut", "kidney", "muscle"});
}

TEST_CASE("each cell of the loop ends where the next ones begin") {
  LoopBody const body;
  auto const lines = loop_of_vessels(body.cells, body.paths);
  REQUIRE(lines.size() == body.cells.size());
  for (auto const& line : lines) {
    REQUIRE(line.size() >= 2);
    for (auto const& point : line) {
      for (auto const x : point) REQUIRE(std::isfinite(x));
    }
  }
  for (auto const& [from, to] : body.paths) {
    CAPTURE(from, to, body.cells[from].stretch, body.cells[to].stretch);
    auto const met = lies_on(lines[from], lines[to].front()) || lies_on(lines[to], lines[from].back());
    CHECK(met);
  }
}

TEST_CASE("beds lie one below another, those with a network in a higher row") {
  LoopBody const body;
  auto const lines = loop_of_vessels(body.cells, body.paths);
  auto const beds = rows_of_beds(body.cells, body.paths);
  double lowest_so_far = 0;
  for (auto const& bed : beds) {
    double low = 0, high = -1e9;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (body.cells[i].stretch != bed) continue;
      for (auto const& [x, y, z] : lines[i]) {
        low = std::min(low, y);
        high = std::max(high, y);
      }
    }
    CAPTURE(bed);
    CHECK(high < (bed == "gut" ? 0 : lowest_so_far));  // the gut reaches up to the liver
    lowest_so_far = low;
  }
}

TEST_CASE("a network keeps its shape, and is turned where its blood flows the other way") {
  LoopBody body;
  auto const side = [](std::vector<std::vector<VtkPoint>> const& lines, std::size_t cell) {
    auto const& line = lines[cell];
    auto const& from = line[line.size() - 2];
    return std::hypot(line.back()[0] - from[0], line.back()[1] - from[1], line.back()[2] - from[2]);
  };
  auto const lines = loop_of_vessels(body.cells, body.paths);
  // The feed is 10 long, the branches sqrt(825).
  CHECK(side(lines, body.muscle + 1) / side(lines, body.muscle) == Approx(std::sqrt(825.0) / 10));
  CHECK(lines[body.muscle].back()[0] > lines[body.muscle + 1].back()[0]);  // from right to left
  for (auto& course : body.courses) {
    course.from[0] = -course.from[0];
    course.to[0] = -course.to[0];
  }
  for (std::size_t i = 0; i < body.courses.size(); ++i) body.cells[body.muscle + i].course = body.courses[i];
  auto const turned = loop_of_vessels(body.cells, body.paths);
  CHECK(turned[body.muscle].back()[0] == Approx(lines[body.muscle].back()[0]));
}
