#include "core/state_visit.h"

#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "core/state_hash.h"

namespace myoaxis {
namespace {

struct Part {
  double level = 1.5;
  bool on = true;
  std::optional<std::size_t> number;
  std::optional<Tick> seen;
  std::vector<int> values{1, 2};

  static constexpr auto members() {
    return std::tuple{member("level", "1", "a level", &Part::level), member("on", "1", "a switch", &Part::on),
                      member("number", "1", "a number, -1 for none", &Part::number),
                      member("seen", "s", "a time", &Part::seen),
                      member("values", "1", "some values", &Part::values)};
  }
};

/// Remembers what it was shown, by path.
struct SeenNames {
  std::string path;
  std::map<std::string, std::string>* seen;

  SeenNames in(std::string_view name) const { return {path + std::string{name} + "/", seen}; }
  template <class T>
  void operator()(About const& about, T const&) const {
    (*seen)[path + std::string{about.name}] = std::is_arithmetic_v<T> ? "number" : "array";
  }
};

/// Doubles numbers that it may write.
struct Doubling {
  Doubling in(std::string_view) const { return *this; }
  template <class T>
  void operator()(About const&, T& value) const {
    if constexpr (std::is_arithmetic_v<T>)
      value = static_cast<T>(2 * value);
    else
      for (auto& one : value) one *= 2;
  }
};

}  // namespace

TEST_CASE("a visitor sees every member under its path, as a number or an array") {
  std::map<std::string, std::string> seen;
  Part const part;
  visit_state(SeenNames{"", &seen}.in("part"), part);
  CHECK(seen == std::map<std::string, std::string>{{"part/level", "number"},
                                                   {"part/on", "number"},
                                                   {"part/number", "number"},
                                                   {"part/seen", "number"},
                                                   {"part/values", "array"}});
}

TEST_CASE("what a visitor writes arrives in the state, through the numbers that stand for it") {
  Part part;
  part.number = 4;
  part.seen = Tick{100};
  visit_state(Doubling{}, part);
  CHECK(part.level == 3.0);
  CHECK(part.number == 8u);
  CHECK(part.seen == Tick{200});
  CHECK(part.values == std::vector<int>{2, 4});
  part.number.reset();
  visit_state(Doubling{}, part);
  CHECK_FALSE(part.number);
}

TEST_CASE("every member and every absence shows in the fingerprint", "[reproducible]") {
  Part const part;
  auto const original = fingerprint_of(part);
  CHECK(fingerprint_of(Part{}) == original);
  auto const changed = [&](auto&& change) {
    Part other;
    change(other);
    return fingerprint_of(other) != original;
  };
  CHECK(changed([](Part& p) { p.level += 1e-15; }));
  CHECK(changed([](Part& p) { p.on = false; }));
  CHECK(changed([](Part& p) { p.number = 0; }));
  CHECK(changed([](Part& p) { p.seen = Tick{-1}; }));
  CHECK(changed([](Part& p) { p.values.push_back(0); }));
}

}  // namespace myoaxis
