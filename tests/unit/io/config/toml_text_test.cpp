#include "io/config/toml_text.h"

#include <catch2/catch.hpp>

using namespace myoaxis;
using namespace std::string_view_literals;

TEST_CASE("canonical text reads back as the same tree, however odd") {
  auto const text = GENERATE(
      "",
      "title = \"tab\\t quote\\\" back\\\\ \\u0001 \\u007f \u00fc\"\n\"\" = 1\n\"a.b\" = 2\n'quo\"te' = 3\n",
      "neg = -0.0\ni = 0b101\nf = [inf, -inf, 1e-7, 123456789012345680.0, 0.1]\n",
      "t = 07:32:00\nd = 2026-01-05\ndt = 1979-05-27T00:32:00.999-07:00\n",
      "mixed = [1, { a = 1, b = {} }, [ { c = 2 } ], []]\nempty = []\np = { value = 3, x = { y = [ { z = 1 } "
      "] } }\n",
      "[e]\n[h.i.j]\n[[k]]\n[[k]]\n[k.l]\nm = 1\n[[k.n]]\no = 1\n[[k.n]]\n[[k.n.q]]\nr.s.t = 5\n[\"a "
      "b\".x]\ny = 1\n");
  toml::table const tree = toml::parse(std::string_view{text});
  auto const canonical = canonical_text(tree);
  CAPTURE(canonical);
  toml::table const again = toml::parse(std::string_view{canonical});
  CHECK(again == tree);
  CHECK(canonical_text(again) == canonical);
}

TEST_CASE("canonical text has parameters on one line and other tables under headers") {
  toml::table const tree =
      toml::parse("a.list = [ { z = 1, y = 2 } ]\na.p = { source = \"s\", value = \"1 g\" }\n"sv);
  CHECK(canonical_text(tree) ==
        "\n[a]\np = { value = \"1 g\", source = \"s\" }\n\n[[a.list]]\ny = 2\nz = 1\n"sv.substr(1));
}

TEST_CASE("a value is cut in a message, but never inside a character") {
  std::string long_text;
  for (int i = 0; i < 50; ++i) long_text += "\u00fc";
  auto const text = shown(toml::value<std::string>{long_text});
  CHECK(text.size() <= 63);
  CHECK(text.ends_with("\u00fc..."));
  toml::table const tree = toml::parse("p = { value = \"1 g\", source = \"s\" }\n"sv);
  CHECK(shown(*tree.get("p")) == "\"1 g\"");
}
