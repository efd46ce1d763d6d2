#include "io/config/key_path.h"

#include <catch2/catch.hpp>

#include "core/units.h"
#include "io/config/toml_text.h"

using namespace myoaxis;

namespace {

constexpr std::string_view kTree = R"(
[organism]
mass = { value = "25 g", range = ["20 g", "30 g"], status = "assumed", source = "reference body" }
hematocrit = 0.45
hill = 2
exponent = { value = 1, status = "assumed", source = "none" }
[[factor.bdnf.source]]
name = "muscle"
[[factor.bdnf.source]]
specific_rate = "10 pg/g/min"
[scale]
fibers = 1000
)";

}  // namespace

TEST_CASE("a number is replaced wherever its key leads", "[config]") {
  auto root = toml::parse(kTree);
  CHECK(set_number(root, "factor.bdnf.source[1].specific_rate", 12.5, "pg/g/min", NumberKind::real));
  CHECK(root["factor"]["bdnf"]["source"][1]["specific_rate"].value<std::string>() == "12.5 pg/g/min");
  CHECK(set_number(root, "organism.hematocrit", 0.4, "1", NumberKind::real));
  CHECK(root["organism"]["hematocrit"].value<double>() == 0.4);
  CHECK(set_number(root, "scale.fibers", 1200.4, "1", NumberKind::whole));
  CHECK(root["scale"]["fibers"].value_exact<std::int64_t>() == 1200);
}

TEST_CASE("a real number that the file has as a whole one is not rounded", "[config]") {
  auto root = toml::parse(kTree);
  CHECK(set_number(root, "organism.hill", 1.5, "1", NumberKind::real));
  CHECK(root["organism"]["hill"].value_exact<double>() == 1.5);
  CHECK(set_number(root, "organism.exponent", 2.5, "1", NumberKind::real));
  CHECK(root["organism"]["exponent"]["value"].value_exact<double>() == 2.5);
  CHECK(root["organism"]["exponent"]["status"].value<std::string>() == "assumed");
  CHECK(set_number(root, "organism.hill", 3, "1", NumberKind::real));
  CHECK(root["organism"]["hill"].value_exact<double>() == 3);
  auto top = toml::parse("hill = 2");
  CHECK(set_number(top, "hill", 2.5, "1", NumberKind::real));
  CHECK(top["hill"].value_exact<double>() == 2.5);
}

TEST_CASE("what a parameter says of itself stays", "[config]") {
  auto root = toml::parse(kTree);
  CHECK(set_number(root, "organism.mass", 0.0263, "kg", NumberKind::real));
  auto const& mass = *root["organism"]["mass"].as_table();
  CHECK(mass["value"].value<std::string>() == "0.0263 kg");
  CHECK(mass["range"][1].value<std::string>() == "30 g");
  CHECK(mass["source"].value<std::string>() == "reference body");
}

TEST_CASE("a key that leads to no number is told", "[config]") {
  auto root = toml::parse(kTree);
  auto const before = canonical_text(root);
  CHECK_FALSE(set_number(root, "organism.weight", 1, "kg", NumberKind::real));
  CHECK_FALSE(set_number(root, "factor.bdnf.source[7].specific_rate", 1, "pg/g/min", NumberKind::real));
  CHECK_FALSE(set_number(root, "factor.bdnf.source", 1, "1", NumberKind::real));
  CHECK(canonical_text(root) == before);
}

TEST_CASE("the text of a quantity reads back as the same number", "[config]") {
  for (auto const number : {0.1, 1.0 / 3, 6.02e23, 5e-324})
    CHECK(parse_in(quantity_text(number, "kg"), "kg") == number);
}
