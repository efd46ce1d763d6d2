#include "io/config/merge.h"

#include <catch2/catch.hpp>

#include "io/config/toml_text.h"

using namespace myoaxis;
using namespace std::string_view_literals;

namespace {

toml::table parsed(std::string_view text, std::string_view file) { return toml::parse(text, file); }

}  // namespace

TEST_CASE("tables merge key by key and arrays replace arrays") {
  auto base = parsed("a = 1\nlist = [1, 2, 3]\n[t]\nx = 1\ny = 2\n", "base");
  merge(base, parsed("list = [4]\n[t]\ny = 3\nz = 4\n", "over"));
  CHECK(canonical_text(base) == "a = 1\nlist = [4]\n\n[t]\nx = 1\ny = 3\nz = 4\n");
}

TEST_CASE("every node keeps its place when trees are merged") {
  auto base = parsed("[t]\nx = 1\nlist = [ { k = 1 } ]\n", "base");
  merge(base, parsed("\n\n[t]\ny = 3\n  x = [1, 22]\n", "over"));
  auto const& t = *base["t"sv].as_table();
  CHECK(place_of(t.source()) == Place{"base", 1, 1});
  CHECK(place_of(*t.get("y")) == Place{"over", 4, 5});
  CHECK(place_of(*t.get("x")) == Place{"over", 5, 7});
  CHECK(place_of(*t.get("x")->as_array()->get(1)) == Place{"over", 5, 11});
  CHECK(place_of(*t["list"sv][0]["k"sv].node()) == Place{"base", 3, 16});
  CHECK(place_of(t.find("x"sv)->first.source()) == Place{"over", 5, 3});
}

TEST_CASE("a section laid over a piece keeps its own place and wins") {
  auto section = parsed("\n[organism]\nage = \"1 d\"\n", "experiment");
  auto& organism = *section["organism"sv].as_table();
  merge_below(organism, parsed("age = \"2 d\"\nmass = \"25 g\"\n", "piece"));
  CHECK(place_of(organism.source()) == Place{"experiment", 2, 1});
  CHECK(organism["age"sv].value<std::string>() == "1 d");
  CHECK(place_of(*organism.get("mass")) == Place{"piece", 2, 8});
}

TEST_CASE("a plain value over a parameter keeps the parameter's provenance") {
  auto base = parsed("mass = { value = \"25 g\", source = \"[book]\" }\n", "base");
  merge(base, parsed("mass = \"30 g\"\n", "over"));
  CHECK(canonical_text(base) == "mass = { value = \"30 g\", source = \"[book]\" }\n");
  CHECK(place_of(*base.get("mass")) == Place{"over", 1, 8});
}

TEST_CASE("a table over a plain value replaces it, and a table over a parameter is merged") {
  auto base = parsed("mass = \"20 g\"\nage = { value = \"1 d\", source = \"a\" }\n", "base");
  merge(base, parsed("mass = { value = \"25 g\" }\nage = { source = \"b\" }\n", "over"));
  CHECK(canonical_text(base) == "age = { value = \"1 d\", source = \"b\" }\nmass = { value = \"25 g\" }\n");
}

TEST_CASE("a table of tables over an array is laid over the elements of those names") {
  auto base = parsed(
      "[[source]]\nname = \"fat\"\nrate = { value = \"1 pg/min\", source = \"[book]\" }\n[[source]]\n"
      "name = \"liver\"\nrate = \"2 pg/min\"\n",
      "base");
  merge(base, parsed("[source.fat]\nrate = \"3 pg/min\"\n[source.skin]\nrate = \"4 pg/min\"\n", "over"));
  auto const& sources = *base["source"sv].as_array();
  REQUIRE(sources.size() == 3);
  CHECK(sources[0].as_table()->at_path("rate.value").value<std::string>() == "3 pg/min");
  CHECK(sources[0].as_table()->at_path("rate.source").value<std::string>() == "[book]");
  CHECK(sources[1].as_table()->at_path("rate").value<std::string>() == "2 pg/min");
  CHECK(sources[2].as_table()->at_path("name").value<std::string>() == "skin");
  CHECK(place_of(*sources[0].as_table()->at_path("rate.value").node()) == Place{"over", 2, 8});
  CHECK(place_of(*sources[2].as_table()->get("rate")) == Place{"over", 4, 8});
}

TEST_CASE("an array over an array, a value over an array and a plain table over an array replace it") {
  auto base = parsed("[[source]]\nname = \"fat\"\n", "base");
  auto const over =
      GENERATE("source = [ { name = \"liver\" } ]\n", "source = 3\n", "source = { name = \"x\" }\n");
  merge(base, parsed(over, "over"));
  CHECK(canonical_text(base) == canonical_text(parsed(over, "over")));
}
