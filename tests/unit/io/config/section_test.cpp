#include "io/config/section.h"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "core/quantity.h"
#include "io/config/toml_text.h"

using namespace myoaxis;
using namespace std::string_view_literals;

namespace {

/// A document in memory with its reader and its problems.
struct SectionReading {
  explicit SectionReading(std::string_view text) : tree{toml::parse(text, "e.toml"sv)} {}
  Section root() { return Section{tree, context}; }
  /// All problems as text, one a line.
  std::string problems() const {
    return diagnostics.empty() ? std::string{} : ConfigError{diagnostics.problems()}.what();
  }
  toml::table tree;
  Diagnostics diagnostics{};
  ReadContext context{.diagnostics = diagnostics};
};

constexpr std::array kModes = {"run"sv, "wheel"sv, "cycle"sv};
constexpr auto kLargest = std::numeric_limits<std::int64_t>::max();

std::string problems_of_mass(std::string_view text) {
  SectionReading reading{text};
  auto const mass = reading.root().quantity<Kilograms>("mass", positive(), "body mass");
  CHECK(mass.value() > 0);
  return reading.problems();
}

std::string parameter(std::string const& rest) { return "mass = { value = \"25 g\"" + rest + " }\n"; }

}  // namespace

TEST_CASE("a quantity is converted to its base unit") {
  SectionReading reading{"mass = \"25 g\"\nshare = 0.45\nrise = \"5 %\"\ncount = 3\n"};
  auto root = reading.root();
  CHECK(root.quantity<Kilograms>("mass", positive(), "").value() == Approx(0.025));
  CHECK(root.quantity<Fraction>("share", fraction(), "").value() == 0.45);
  CHECK(root.quantity<Fraction>("rise", fraction(), "").value() == Approx(0.05));
  CHECK(root.quantity<Number>("count", any(), "").value() == 3);
  root.finish();
  CHECK(reading.problems().empty());
}

TEST_CASE("a quantity that cannot be used is reported at its value") {
  CHECK(problems_of_mass("\n  mass = \"-25 g\"\n") == "e.toml:2:10: mass = \"-25 g\": must be positive");
  CHECK(problems_of_mass("mass = \"25 gg\"\n")
            .starts_with("e.toml:1:8: mass = \"25 gg\": 'gg' is not a known unit; a quantity convertible to "
                         "kg is wanted"));
  CHECK(problems_of_mass("mass = \"25 s\"\n").find("'s' has the wrong dimension") != std::string::npos);
  auto const bare = problems_of_mass("mass = 25\n");
  CHECK(bare.starts_with("e.toml:1:8: mass = 25: a bare number has the wrong dimension"));
  CHECK(bare.find("such as \"25 g\"") != std::string::npos);
  CHECK(
      problems_of_mass("mass = true\n").starts_with("e.toml:1:8: mass = true: must be a number with a unit"));
  CHECK(problems_of_mass("mass = [1]\n").starts_with("e.toml:1:8: mass = [1]: must be"));
  CHECK(problems_of_mass("\n").ends_with(": mass is missing: body mass"));
}

TEST_CASE("a number that is not finite is refused") {
  SectionReading reading{"a = nan\nb = inf\n"};
  auto root = reading.root();
  CHECK(std::isfinite(root.quantity<Number>("a", any(), "").value()));
  CHECK(std::isfinite(root.quantity<Number>("b", any(), "").value()));
  CHECK(reading.problems() ==
        "e.toml:1:5: a = nan: must be a finite number\n"
        "e.toml:2:5: b = inf: must be a finite number");
}

TEST_CASE("a parameter table is kept with its provenance") {
  SectionReading reading{"[organism]\n" +
                         parameter(", range = [\"20 g\", \"30 g\"], organism = \"mouse\", "
                                   "status = \"verified\", source = \"[book]\", note = \"fed\"")};
  auto root = reading.root();
  auto organism = root.section("organism", "");
  CHECK(organism.quantity<Kilograms>("mass", positive(), "body mass").value() == Approx(0.025));
  CHECK(reading.problems().empty());
  REQUIRE(reading.context.parameters.size() == 1);
  auto const& read = reading.context.parameters.front();
  CHECK(read.key == "organism.mass");
  CHECK(read.value == "25 g");
  CHECK(read.unit == "kg");
  CHECK(read.number == Approx(0.025));
  REQUIRE(read.range);
  CHECK((*read.range)[1] == "30 g");
  CHECK(read.organism == "mouse");
  CHECK(read.status == "verified");
  CHECK(read.source == "[book]");
  CHECK(read.place == Place{"e.toml", 2, 18});
}

TEST_CASE("a parameter table without good provenance is refused") {
  auto const good = std::string{", status = \"verified\", source = \"[book]\""};
  auto const has = [](std::string const& text, std::string_view part) {
    auto const problems = problems_of_mass(text);
    CAPTURE(problems, part);
    CHECK(problems.find(part) != std::string::npos);
  };
  CHECK(problems_of_mass(parameter(good)).empty());
  has(parameter(good + ", rnage = [\"1 g\", \"2 g\"]"),
      "unknown key 'rnage' in the parameter mass; did you mean 'range'?");
  has(parameter(", status = \"verifed\", source = \"x\""),
      "mass.status = \"verifed\": must be one of verified, derived");
  has(parameter(", status = \"verified\""), "the parameter mass has no source");
  has(parameter(", source = \"x\""), "the parameter mass has no status");
  has(parameter(", status = \"verified\", source = \"\""),
      "mass.source = \"\": must be a text that is not empty");
  has(parameter(good + ", range = [\"30 g\", \"20 g\"]"), "must begin with the lower value");
  has(parameter(good + ", range = [\"20 s\", \"30 g\"]"), "'s' has the wrong dimension");
  has(parameter(good + ", range = \"20 g\""), "must be an array of the lowest and the highest");
  has("mass = { status = \"verified\" }\n", "the parameter mass has no value");
  has("mass = { value = \"-1 g\"" + good + " }\n", "e.toml:1:18: mass = \"-1 g\": must be positive");
}

TEST_CASE("fallbacks stand in for missing and for wrong values") {
  SectionReading reading{"rest = \"-3 s\"\nflag = 1\n"};
  auto root = reading.root();
  CHECK(root.quantity_or("pause", Seconds{9}, "9 s", positive(), "").value() == 9);
  CHECK(root.quantity_or("rest", Seconds{9}, "9 s", positive(), "").value() == 9);
  CHECK_FALSE(root.optional_quantity<Seconds>("none", positive(), ""));
  CHECK(root.integer_or("count", 4, 1, 10, "") == 4);
  CHECK(root.text_or("title", "none", "") == "none");
  CHECK(root.choice_or("mode", "run", kModes, "") == "run");
  CHECK(root.flag_or("flag", true, ""));
  CHECK(root.texts_or("names", "").empty());
  CHECK(reading.problems() ==
        "e.toml:1:8: rest = \"-3 s\": must be positive\n"
        "e.toml:2:8: flag = 1: must be true or false");
}

TEST_CASE("whole numbers are whole and within limits") {
  SectionReading reading{
      "a = 7\nb = 7.5\nc = 0\nd = { value = 4, range = [1, 8], status = \"assumed\", source = \"x\" }\n"
      "e = 9223372036854775807\nf = \"3\"\n"};
  auto root = reading.root();
  CHECK(root.integer("a", 1, 10, "") == 7);
  CHECK(root.integer("b", 1, 10, "") == 1);
  CHECK(root.integer("c", 5, 10, "") == 5);
  CHECK(root.integer("d", 1, 10, "") == 4);
  CHECK(root.integer("e", 0, kLargest, "") == kLargest);
  CHECK(root.integer("f", 0, kLargest, "") == 1);
  CHECK(reading.problems() ==
        "e.toml:2:5: b = 7.5: must be a whole number\n"
        "e.toml:3:5: c = 0: must be between 5 and 10\n"
        "e.toml:6:5: f = \"3\": must be a whole number");
  CHECK(reading.context.parameters[3].status == "assumed");
}

TEST_CASE("a choice outside the allowed ones is reported with the likely one") {
  SectionReading reading{"mode = \"rnu\"\ntitle = 3\ndays = [\"Mon\", 2]\nnames = \"x\"\n"};
  auto root = reading.root();
  CHECK(root.choice("mode", kModes, "") == "run");
  CHECK(root.text("title", "").empty());
  CHECK(root.texts_or("days", "") == std::vector<std::string>{"Mon"});
  CHECK(root.texts_or("names", "").empty());
  CHECK(reading.problems() ==
        "e.toml:1:8: mode = \"rnu\": must be one of run, wheel, cycle; did you mean 'run'?\n"
        "e.toml:2:9: title = 3: must be a text in quotes\n"
        "e.toml:3:16: days = 2: must be an array of texts\n"
        "e.toml:4:9: names = \"x\": must be an array of texts");
}

TEST_CASE("a key that nobody asked for is reported at its place with what is allowed") {
  SectionReading reading{"seed = 1\n[schedule]\n  durtion = \"3 d\"\nzzz = 1\n[shedule]\n"};
  auto root = reading.root();
  root.integer("seed", 0, kLargest, "");
  auto schedule = root.section("schedule", "");
  schedule.quantity_or("duration", Seconds{1}, "", positive(), "");
  schedule.text_or("baseline", "", "");
  schedule.finish();
  root.finish();
  CHECK(
      reading.problems() ==
      "e.toml:3:3: unknown key 'durtion' in schedule; did you mean 'duration'? allowed: baseline, duration\n"
      "e.toml:4:1: unknown key 'zzz' in schedule; allowed: baseline, duration\n"
      "e.toml:5:2: unknown key 'shedule'; did you mean 'schedule'? allowed: schedule, seed");
}

TEST_CASE("a missing section is one problem, whatever is read from it") {
  SectionReading reading{"\n[a]\nx = 1\n"};
  auto root = reading.root();
  auto a = root.section("a", "");
  auto b = a.section("b", "what b is");
  CHECK(b.quantity<Seconds>("time", positive(), "").value() > 0);
  CHECK(b.section("c", "").text("d", "").empty());
  CHECK(b.sections("list", "").empty());
  b.finish();
  CHECK_FALSE(a.optional_section("c", ""));
  CHECK(reading.problems() == "e.toml:2:1: a.b is missing: what b is");
}

TEST_CASE("arrays of tables have numbered paths however they are written") {
  auto const text = GENERATE("[[schedule.session]]\nmode = 1\n[[schedule.session]]\nmode = 2\n",
                             "[schedule]\nsession = [ { mode = 1 }, { mode = 2 } ]\n");
  SectionReading reading{text};
  auto root = reading.root();
  auto schedule = root.section("schedule", "");
  auto sessions = schedule.sections("session", "");
  REQUIRE(sessions.size() == 2);
  CHECK(sessions[1].path() == "schedule.session[1]");
  CHECK(sessions[0].integer("mode", 0, 9, "") == 1);
  CHECK(sessions[1].integer("mode", 0, 1, "") == 1);
  CHECK(reading.problems().find("schedule.session[1].mode = 2: must be between 0 and 1") !=
        std::string::npos);
  CHECK(reading.context.keys.back().path == "schedule.session[].mode");
}

TEST_CASE("a value where tables are wanted is reported") {
  SectionReading reading{"a = 1\nb = 2\nc = [1]\nd = 3\n[e]\nf = 4\n"};
  auto root = reading.root();
  root.section("a", "");
  root.sections("b", "");
  root.sections("c", "");
  root.named_sections("d", "");
  root.named_sections("e", "");
  CHECK(reading.problems() ==
        "e.toml:1:5: a = 1: must be a table\n"
        "e.toml:2:5: b = 2: must be an array of tables, [[b]]\n"
        "e.toml:3:6: c[0] = 1: must be a table\n"
        "e.toml:4:5: d = 3: must be a table\n"
        "e.toml:6:5: e.f = 4: must be a table");
}

TEST_CASE("named tables come sorted by name") {
  SectionReading reading{"[factor.il6]\nx = 1\n[factor.bdnf]\nx = 2\n"};
  auto root = reading.root();
  auto factors = root.named_sections("factor", "");
  REQUIRE(factors.size() == 2);
  CHECK(factors[0].first == "bdnf");
  CHECK(factors[0].second.integer("x", 0, 9, "") == 2);
  CHECK(factors[1].second.path() == "factor.il6");
  CHECK(reading.context.keys.back().path == "factor.*.x");
}

TEST_CASE("a reader can report what makes no sense") {
  SectionReading reading{"[a]\nshare = 0.9\n"};
  auto root = reading.root();
  auto a = root.section("a", "");
  a.fail("share", "fractions sum to 0.9, must be 1");
  a.fail("none", "is wanted here");
  a.fail("has nothing");
  CHECK(reading.problems() ==
        "e.toml:1:1: a.none: is wanted here\n"
        "e.toml:1:1: a: has nothing\n"
        "e.toml:2:9: a.share = 0.9: fractions sum to 0.9, must be 1");
  CHECK(a.place("share") == Place{"e.toml", 2, 9});
}

TEST_CASE("each key is described once") {
  SectionReading reading{"[[s]]\nt = \"1 s\"\n[[s]]\nt = \"2 s\"\n"};
  auto root = reading.root();
  for (auto& section : root.sections("s", "sessions")) section.quantity<Seconds>("t", positive(), "length");
  REQUIRE(reading.context.keys.size() == 2);
  auto const& key = reading.context.keys[1];
  CHECK(key.path == "s[].t");
  CHECK(key.kind == "quantity");
  CHECK(key.unit == "s");
  CHECK(key.allowed == "must be positive");
  CHECK(key.meaning == "length");
  CHECK(key.required);
}

TEST_CASE("an array of quantities is read in one unit, and is no parameter") {
  SectionReading reading{"times = [\"1 min\", \"30 s\"]\nshares = [0.5, 1]\n"};
  auto root = reading.root();
  CHECK(root.numbers_or("times", "s", positive(), "") == std::vector<double>{60, 30});
  CHECK(root.numbers_or("shares", "1", fraction(), "") == std::vector<double>{0.5, 1});
  CHECK(root.numbers_or("none", "1", fraction(), "").empty());
  root.finish();
  CHECK(reading.problems().empty());
  CHECK(reading.context.parameters.empty());
}

TEST_CASE("an element of an array that cannot be used is reported at its place") {
  SectionReading reading{"times = [\"1 min\", \"-3 s\"]\nnone = []\nshare = 0.5\n"};
  auto root = reading.root();
  CHECK(root.numbers_or("times", "s", positive(), "").empty());
  CHECK(root.numbers_or("none", "s", positive(), "").empty());
  CHECK(root.numbers_or("share", "1", positive(), "").empty());
  CHECK(reading.problems() ==
        "e.toml:1:19: times[1] = \"-3 s\": must be positive\n"
        "e.toml:2:8: none = []: must be an array of quantities convertible to s\n"
        "e.toml:3:9: share = 0.5: must be an array of quantities convertible to 1");
}

TEST_CASE("a parameter knows what it may be") {
  SectionReading reading{"mass = \"25 g\"\ncount = 3\n"};
  auto root = reading.root();
  root.quantity<Kilograms>("mass", positive(), "");
  root.integer("count", 1, 10, "");
  auto const& read = reading.context.parameters;
  CHECK_FALSE(read[0].whole);
  CHECK_FALSE(read[0].limits.contain(0));
  CHECK(read[1].whole);
  CHECK(read[1].limits.contain(10));
  CHECK_FALSE(read[1].limits.contain(11));
}
