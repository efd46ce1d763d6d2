#include "io/batch/vary.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "core/units.h"
#include "tests/unit/io/batch/readings.h"

using namespace myoaxis;
using test::BatchReading;

namespace {

VaryParams vary_of(BatchReading& reading) {
  return read_vary(reading.section("vary"), test::some_parameters());
}

std::string vary_problems(std::string const& text) {
  BatchReading reading{text};
  vary_of(reading);
  return reading.problems();
}

std::vector<std::vector<Setting>> points_in(std::string const& text) {
  BatchReading reading{text};
  auto const vary = vary_of(reading);
  REQUIRE(reading.problems() == "");
  return points_of(vary);
}

std::string const kPoints = "[vary]\nmethod = \"latin_hypercube\"\npoints = 32\n[[vary.parameter]]\n";
std::string const kGrid = "[vary]\nmethod = \"grid\"\n[[vary.parameter]]\n";
std::string const kClearance = "key = \"factor.bdnf.clearance\"\n";

void refuses_vary(std::string const& text, std::string_view part) {
  auto const problems = vary_problems(text);
  CAPTURE(problems, part);
  CHECK(problems.find(part) != std::string::npos);
}

}  // namespace

TEST_CASE("a grid combines the values of all parameters, in their base unit") {
  auto const points =
      points_in(kGrid + kClearance + "values = [\"0.4 ml/min\", \"0.8 ml/min\"]\n" +
                "[[vary.parameter]]\nkey = \"factor.bdnf.reflection\"\nvalues = [0.5, 0.6, 0.7]\n");
  REQUIRE(points.size() == 6);
  CHECK(points[0][0].key == "factor.bdnf.clearance");
  CHECK(points[0][0].unit == "m3 s-1");
  CHECK(points[0][0].number == Approx(parse_in("0.4 ml/min", "m3/s")));
  CHECK(points[1][0].number == points[0][0].number);
  CHECK(points[1][1].number == 0.6);
  CHECK(points[5][0].number == Approx(parse_in("0.8 ml/min", "m3/s")));
  CHECK(points[5][1].number == 0.7);
}

TEST_CASE("points of the other methods fill the range evenly") {
  auto const method = GENERATE("latin_hypercube", "sobol");
  std::string const text = "[vary]\nmethod = \"" + std::string{method} +
                           "\"\npoints = 32\n[[vary.parameter]]\n" + kClearance +
                           "range = [\"1 ml/min\", \"3 ml/min\"]\n";
  auto const points = points_in(text);
  REQUIRE(points.size() == 32);
  std::set<int> strata;
  for (auto const& point : points)
    strata.insert(static_cast<int>(16 * (point[0].number / parse_in("1 ml/min", "m3/s") - 1)));
  CHECK(strata.size() == 32);
  CHECK(*strata.begin() == 0);
  CHECK(*strata.rbegin() == 31);
}

TEST_CASE("a range is the parameter's own and its scale logarithmic above a factor of 10, by default") {
  BatchReading reading{kPoints + kClearance + "[[vary.parameter]]\nkey = \"factor.bdnf.reflection\"\n"};
  auto const vary = vary_of(reading);
  REQUIRE(reading.problems() == "");
  CHECK(vary.parameters[0].low == Approx(parse_in("0.3 ml/min", "m3/s")));
  CHECK(vary.parameters[0].high == Approx(parse_in("2 ml/min", "m3/s")));
  CHECK(vary.parameters[0].scale == RangeScale::linear);
  CHECK(vary.parameters[1].scale == RangeScale::logarithmic);
  BatchReading other{kPoints + "key = \"factor.bdnf.reflection\"\nscale = \"linear\"\n"};
  CHECK(vary_of(other).parameters[0].scale == RangeScale::linear);
}

TEST_CASE("half of the points on a logarithmic scale lie below the geometric mean") {
  auto const points = points_in(kPoints + "key = \"factor.bdnf.reflection\"\nrange = [0.01, 1]\n");
  auto below = 0;
  for (auto const& point : points) below += point[0].number < 0.1 ? 1 : 0;
  CHECK(below == 16);
}

TEST_CASE("whole numbers have equal shares of the points, and equal points are there once") {
  auto const points = points_in(kPoints + "key = \"brain.niches\"\nrange = [1, 4]\n");
  std::vector<double> numbers;
  for (auto const& point : points) numbers.push_back(point[0].number);
  std::ranges::sort(numbers);
  CHECK(numbers == std::vector<double>{1, 2, 3, 4});
  auto const with_other =
      points_in(kPoints + "key = \"brain.niches\"\nrange = [1, 4]\n[[vary.parameter]]\n" + kClearance);
  REQUIRE(with_other.size() == 32);
  std::map<double, int> counts;
  for (auto const& point : with_other) ++counts[point[0].number];
  for (auto const& [number, count] : counts) CHECK(count == 8);
}

TEST_CASE("a parameter keeps its values whatever stands beside it", "[reproducible]") {
  auto const alone = points_in(kPoints + kClearance);
  auto const second = points_in(kPoints + "key = \"brain.niches\"\n[[vary.parameter]]\n" + kClearance);
  for (std::size_t i = 0; i < alone.size(); ++i) CHECK(alone[i][0].number == second[i][1].number);
}

TEST_CASE("a share that is varied takes those beside it along") {
  auto const points =
      points_in(kGrid + "key = \"factor.bdnf.clearance_share.liver\"\nvalues = [0.2, 0.8, 1.0]\n");
  REQUIRE(points[0].size() == 3);
  CHECK(points[0][0].number == 0.2);
  CHECK(points[0][1].number == Approx(0.6));
  CHECK(points[0][2].number == Approx(0.2));
  CHECK(points[1][1].number == Approx(0.15));
  CHECK(points[2][1].number == 0);
}

TEST_CASE("what cannot be varied is named with its place and its cure") {
  refuses_vary(
      kGrid + "key = \"factor.bdnf.clearence\"\nvalues = [1]\n",
      "b.toml:4:7: vary.parameter[0].key = \"factor.bdnf.clearence\": is no number of the experiment; did "
      "you "
      "mean 'factor.bdnf.clearance'?");
  refuses_vary(kGrid + kClearance + "values = [\"0.4 ml\"]\n",
               "b.toml:5:11: vary.parameter[0].values[0] = \"0.4 ml\": 'ml' has the wrong dimension");
  refuses_vary(kGrid + kClearance + "values = [\"0 ml/min\"]\n",
               "values[0] = \"0 ml/min\": must be positive");
  refuses_vary(kGrid + kClearance + "values = [\"1 ml/min\", \"1000 ul/min\"]\n",
               "the same value stands there twice");
  refuses_vary(kGrid + kClearance + "values = []\n", "values = []: must be an array of quantities");
  refuses_vary(kGrid + kClearance, "b.toml:3:1: vary.parameter[0]: values is missing");
  refuses_vary(kGrid + "key = \"brain.niches\"\nvalues = [2.5]\n", "must be whole numbers");
  refuses_vary(kGrid + kClearance + "values = [\"1 ml/min\"]\nrange = [\"1 ml/min\", \"2 ml/min\"]\n",
               "is for the other methods");
  refuses_vary(kPoints + kClearance + "values = [\"1 ml/min\"]\n", "values: is for method = \"grid\"");
  refuses_vary(kPoints + kClearance + "range = [\"2 ml/min\", \"1 ml/min\"]\n",
               "b.toml:6:9: vary.parameter[0].range: must begin with the lower value");
  refuses_vary(kPoints + kClearance + "range = [\"2 ml/min\", \"2 ml/min\"]\n",
               "must have two different ends");
  refuses_vary(kPoints + kClearance + "range = [\"2 ml/min\"]\n",
               "must be an array of the lowest and the highest value");
  refuses_vary(kPoints + kClearance + "range = [\"1 s\", \"2 s\"]\n", "'s' has the wrong dimension");
  refuses_vary(kPoints + kClearance + "range = [\"0 ml/min\", \"2 ml/min\"]\n",
               "reaches 0 m3 s-1, but factor.bdnf.clearance must be positive");
  refuses_vary(kPoints + "key = \"factor.bdnf.reflection\"\nrange = [0, 0.5]\nscale = \"log\"\n",
               "must be positive on a logarithmic scale");
  refuses_vary(kPoints + "key = \"factor.bdnf.source[0].hill\"\n",
               "range is missing: factor.bdnf.source[0].hill has none of its own");
  refuses_vary(kPoints + "key = \"brain.niches\"\nrange = [1, 2.5]\n", "must have whole numbers as ends");
  refuses_vary(kPoints + kClearance + "[[vary.parameter]]\n" + kClearance, "is varied twice");
  refuses_vary(kPoints + kClearance + "scale = \"logarithmic\"\n", "must be one of linear, log");
  refuses_vary(kPoints + kClearance + "rnage = 3\n", "unknown key 'rnage'");
  refuses_vary("[vary]\nmethod = \"sobol\"\n[[vary.parameter]]\n" + kClearance, "points is missing");
  refuses_vary("[vary]\nmethod = \"grid\"\npoints = 3\n[[vary.parameter]]\n" + kClearance,
               "points = 3: is for the other methods");
  refuses_vary("[vary]\nmethod = \"grid\"\n", "parameter is missing");
  refuses_vary("[vary]\nmethod = \"sobl\"\n",
               "must be one of grid, latin_hypercube, sobol; did you mean 'sobol'?");
}

TEST_CASE("a grid that nobody can run is refused with its size") {
  std::string values = "values = [";
  for (int i = 1; i <= 1000; ++i) values += std::to_string(i) + ", ";
  values += "]\n";
  auto const niches = "key = \"brain.niches\"\n" + values;
  CHECK(vary_problems(kGrid + niches) == "");
  refuses_vary(kGrid + niches + "[[vary.parameter]]\nkey = \"factor.bdnf.source[0].hill\"\n" + values,
               "a grid of 1e+06 points is too large (at most 100000)");
}
