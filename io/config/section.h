/// Typed reading of one table of the configuration: each key is asked for once, with its limits and its
/// meaning.
///
/// A reader asks for all keys that it knows and calls `finish()`, which reports those that nobody asked for.
/// Errors do not stop the reading: a harmless value is returned, and the caller throws when all is read.
///
///     auto schedule = root.section("schedule", "when the subject trains");
///     auto const duration = schedule.quantity<Seconds>("duration", positive(), "time after the baseline");
///     schedule.finish();
#pragma once

#include <toml++/toml.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/config/limits.h"
#include "io/config/read_context.h"

namespace myoaxis {

class Section {
 public:
  /// The whole document. `root` and `context` outlive the section and those made from it.
  Section(toml::table const& root, ReadContext& context);

  /// A text with a unit ("25 g"), or a parameter table { value, range, organism, status, source, note }. A
  /// dimensionless quantity may be a bare number.
  template <class Q>
  Q quantity(std::string_view key, Limits limits, std::string_view meaning) {
    return Q{required_number(key, Q::unit, limits, meaning)};
  }

  /// `fallback_text` is what the documentation says: "90 s".
  template <class Q>
  Q quantity_or(std::string_view key, Q fallback, std::string_view fallback_text, Limits limits,
                std::string_view meaning) {
    auto const number = optional_number(key, Q::unit, limits, fallback_text, meaning);
    return number ? Q{*number} : fallback;
  }

  template <class Q>
  std::optional<Q> optional_quantity(std::string_view key, Limits limits, std::string_view meaning) {
    auto const number = optional_number(key, Q::unit, limits, "", meaning);
    return number ? std::optional{Q{*number}} : std::nullopt;
  }

  /// A whole number, or a parameter table with one.
  std::int64_t integer(std::string_view key, std::int64_t low, std::int64_t high, std::string_view meaning);
  std::int64_t integer_or(std::string_view key, std::int64_t fallback, std::int64_t low, std::int64_t high,
                          std::string_view meaning);
  bool flag_or(std::string_view key, bool fallback, std::string_view meaning);
  std::string text(std::string_view key, std::string_view meaning);
  std::string text_or(std::string_view key, std::string_view fallback, std::string_view meaning);
  std::string choice(std::string_view key, std::span<std::string_view const> allowed,
                     std::string_view meaning);
  std::string choice_or(std::string_view key, std::string_view fallback,
                        std::span<std::string_view const> allowed, std::string_view meaning);
  /// An array of texts; empty when the key is missing.
  std::vector<std::string> texts_or(std::string_view key, std::string_view meaning);

  /// An array of quantities, in `unit`, that are values of something else; empty when the key is missing or
  /// an element cannot be used.
  std::vector<double> numbers_or(std::string_view key, std::string_view unit, Limits const& limits,
                                 std::string_view meaning);

  /// A table. When it is missing that is one problem, and the keys read from what is returned are none.
  Section section(std::string_view key, std::string_view meaning);
  std::optional<Section> optional_section(std::string_view key, std::string_view meaning);
  /// An array of tables; empty when the key is missing.
  std::vector<Section> sections(std::string_view key, std::string_view meaning);
  /// A table of tables by name; empty when the key is missing.
  std::vector<std::pair<std::string, Section>> named_sections(std::string_view key, std::string_view meaning);

  /// A key that was taken when the document was put together, such as `use`: it is one of those allowed.
  void allow(std::string_view key);

  bool has(std::string_view key) const;
  /// Keys that are there, sorted.
  std::vector<std::string> keys() const;
  /// Dotted path, such as schedule.session[0]; empty for the whole document.
  std::string const& path() const { return path_; }
  /// Where the value of `key` stands, or this section when it has no such key.
  Place place(std::string_view key) const;
  Place const& place() const { return place_; }

  /// Whether the value of `key` has been reported: what it stands in for then says nothing about others.
  bool has_problem(std::string_view key) const;

  /// Of the number read from `key`: only whole ones, in its base unit, make sense.
  void mark_whole(std::string_view key);

  /// Reports a value that is well formed but makes no sense: "fractions sum to 0.9, must be 1". Of a section
  /// that is missing, nothing: that was reported.
  void fail(std::string_view key, std::string_view message);
  /// The same for the section as a whole.
  void fail(std::string_view message);

  /// Reports each key that was not asked for.
  void finish();

 private:
  Section(toml::table const* table, std::string path, std::string pattern, Place place, ReadContext& context);

  double required_number(std::string_view key, std::string_view unit, Limits const& limits,
                         std::string_view meaning);
  std::optional<double> optional_number(std::string_view key, std::string_view unit, Limits const& limits,
                                        std::string_view fallback_text, std::string_view meaning);
  std::optional<std::int64_t> optional_integer(std::string_view key, std::int64_t low, std::int64_t high);
  std::optional<std::string> optional_text(std::string_view key);
  std::optional<std::string> optional_choice(std::string_view key, std::span<std::string_view const> allowed);

  /// Notes that `key` is known. The description's path is filled in here.
  void describe(std::string_view key, KeyDescription description);
  /// The value of `key`; a missing one is a problem.
  toml::node const* required(std::string_view key, std::string_view meaning);
  toml::node const* node(std::string_view key) const;
  void wrong_type(std::string_view key, toml::node const& value, std::string_view wanted);
  std::string path_of(std::string_view key) const;
  std::string pattern_of(std::string_view key) const;
  /// The table `value` under the name `key`. Without a table (missing, or of another type) an absent section.
  Section child(std::string_view key, toml::node const* value);

  toml::table const* table_;  // null when the section is absent
  std::string path_;
  std::string pattern_;
  Place place_;
  ReadContext* context_;
  std::vector<std::string> asked_;
};

}  // namespace myoaxis
