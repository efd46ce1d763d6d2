#include "core/columns.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <string>
#include <type_traits>

#include "tests/unit/core/aborts.h"

using namespace myoaxis;

namespace {

struct ColoredSeeds {
  std::vector<double> mass;
  std::vector<std::uint16_t> color;

  static constexpr std::string_view colors[] = {"green", "brown"};
  static constexpr auto columns() {
    return std::tuple{column("mass", "kg", "mass of the seed", &ColoredSeeds::mass),
                      column("color", "", "color of the coat", &ColoredSeeds::color, colors)};
  }
};

}  // namespace

TEST_CASE("columns are visited in the order of their description") {
  ColoredSeeds seeds{{1.0, 2.0}, {0, 1}};
  std::string seen;
  for_each_column(seeds, [&](auto const& column, auto& values) {
    seen += std::string{column.name} + "[" + std::string{column.unit} + "] ";
    values.push_back({});
  });
  CHECK(seen == "mass[kg] color[] ");
  CHECK(population_size(seeds) == 3);
}

TEST_CASE("the columns of a constant population are constant") {
  ColoredSeeds const seeds{{1.0}, {1}};
  for_each_column(seeds, [](auto const&, auto& values) {
    STATIC_REQUIRE(std::is_const_v<std::remove_reference_t<decltype(values)>>);
    CHECK(values.size() == 1);
  });
}

TEST_CASE("codes are described by their flags") {
  auto const color = std::get<1>(ColoredSeeds::columns());
  REQUIRE(color.flags.size() == 2);
  CHECK(color.flags[1] == "brown");
  CHECK(std::get<0>(ColoredSeeds::columns()).flags.empty());
}

TEST_CASE("rows that are kept stay in their order") {
  ColoredSeeds seeds{{1, 2, 3, 4, 5}, {10, 20, 30, 40, 50}};
  keep_rows(seeds, [](std::size_t row) { return row != 0 && row != 3; });
  CHECK(seeds.mass == std::vector<double>{2, 3, 5});
  CHECK(seeds.color == std::vector<std::uint16_t>{20, 30, 50});
}

TEST_CASE("the choice of rows is made before any row moves") {
  ColoredSeeds seeds{{5, 1, 6, 2, 7}, {0, 0, 0, 0, 0}};
  keep_rows(seeds, [&](std::size_t row) { return seeds.mass[row] > 4; });
  CHECK(seeds.mass == std::vector<double>{5, 6, 7});
}

TEST_CASE("all rows or none may be kept") {
  ColoredSeeds seeds{{1, 2}, {3, 4}};
  keep_rows(seeds, [](std::size_t) { return true; });
  CHECK(seeds.mass == std::vector<double>{1, 2});
  keep_rows(seeds, [](std::size_t) { return false; });
  CHECK(population_size(seeds) == 0);
  keep_rows(seeds, [](std::size_t) { return true; });
  CHECK(population_size(seeds) == 0);
}

TEST_CASE("appended rows follow those that were there") {
  ColoredSeeds seeds{{1}, {2}};
  append(seeds, ColoredSeeds{{3, 4}, {5, 6}});
  append(seeds, ColoredSeeds{});
  CHECK(seeds.mass == std::vector<double>{1, 3, 4});
  CHECK(seeds.color == std::vector<std::uint16_t>{2, 5, 6});
}

TEST_CASE("resizing changes every column and fills with zeros") {
  ColoredSeeds seeds{{1}, {2}};
  resize(seeds, 3);
  CHECK(seeds.mass == std::vector<double>{1, 0, 0});
  CHECK(seeds.color == std::vector<std::uint16_t>{2, 0, 0});
  resize(seeds, 1);
  CHECK(population_size(seeds) == 1);
}

#ifdef MYOAXIS_CONTRACTS
TEST_CASE("columns of different lengths break the contract of a population") {
  ColoredSeeds const seeds{{1, 2}, {3}};
  CHECK(aborts([&] { population_size(seeds); }));
}
#endif
