#include "io/config/section.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "io/config/toml_text.h"
#include "io/config/values.h"

namespace myoaxis {
namespace {

std::string dotted(std::string const& path, std::string_view key) {
  return path.empty() ? std::string{key} : fmt::format("{}.{}", path, key);
}

/// A table made while merging has no place of its own: it has that of its parent.
Place place_or(Place place, Place const& parent) { return place.file.empty() ? parent : place; }

std::string one_of(std::span<std::string_view const> allowed) {
  return fmt::format("must be one of {}", fmt::join(allowed, ", "));
}

}  // namespace

Section::Section(toml::table const& root, ReadContext& context)
    : Section{&root, "", "", place_of(root.source()), context} {}

Section::Section(toml::table const* table, std::string path, std::string pattern, Place place,
                 ReadContext& context)
    : table_{table},
      path_{std::move(path)},
      pattern_{std::move(pattern)},
      place_{std::move(place)},
      context_{&context} {}

double Section::required_number(std::string_view key, std::string_view unit, Limits const& limits,
                                std::string_view meaning) {
  describe(key, {.kind = "quantity",
                 .unit = std::string{unit},
                 .allowed = to_text(limits, unit),
                 .meaning = std::string{meaning},
                 .required = true});
  auto const* value = required(key, meaning);
  if (value == nullptr) return inside(limits);
  return read_number({*value, path_of(key)}, unit, limits, *context_).value_or(inside(limits));
}

std::optional<double> Section::optional_number(std::string_view key, std::string_view unit,
                                               Limits const& limits, std::string_view fallback_text,
                                               std::string_view meaning) {
  describe(key, {.kind = "quantity",
                 .unit = std::string{unit},
                 .allowed = to_text(limits, unit),
                 .fallback = std::string{fallback_text},
                 .meaning = std::string{meaning}});
  auto const* value = node(key);
  if (value == nullptr) return std::nullopt;
  return read_number({*value, path_of(key)}, unit, limits, *context_);
}

std::optional<std::int64_t> Section::optional_integer(std::string_view key, std::int64_t low,
                                                      std::int64_t high) {
  auto const* value = node(key);
  if (value == nullptr) return std::nullopt;
  return read_integer({*value, path_of(key)}, low, high, *context_);
}

std::int64_t Section::integer(std::string_view key, std::int64_t low, std::int64_t high,
                              std::string_view meaning) {
  describe(key, {.kind = "whole number",
                 .allowed = integer_limits_text(low, high),
                 .meaning = std::string{meaning},
                 .required = true});
  required(key, meaning);
  return optional_integer(key, low, high).value_or(std::clamp<std::int64_t>(1, low, high));
}

std::int64_t Section::integer_or(std::string_view key, std::int64_t fallback, std::int64_t low,
                                 std::int64_t high, std::string_view meaning) {
  describe(key, {.kind = "whole number",
                 .allowed = integer_limits_text(low, high),
                 .fallback = fmt::format("{}", fallback),
                 .meaning = std::string{meaning}});
  return optional_integer(key, low, high).value_or(fallback);
}

bool Section::flag_or(std::string_view key, bool fallback, std::string_view meaning) {
  describe(
      key,
      {.kind = "true or false", .fallback = fallback ? "true" : "false", .meaning = std::string{meaning}});
  auto const* value = node(key);
  if (value == nullptr) return fallback;
  if (!value->is_boolean()) wrong_type(key, *value, "true or false");
  return value->value_exact<bool>().value_or(fallback);
}

std::optional<std::string> Section::optional_text(std::string_view key) {
  auto const* value = node(key);
  if (value == nullptr) return std::nullopt;
  if (!value->is_string()) wrong_type(key, *value, "a text in quotes");
  return value->value_exact<std::string>();
}

std::string Section::text(std::string_view key, std::string_view meaning) {
  describe(key, {.kind = "text", .meaning = std::string{meaning}, .required = true});
  required(key, meaning);
  return optional_text(key).value_or("");
}

std::string Section::text_or(std::string_view key, std::string_view fallback, std::string_view meaning) {
  describe(key, {.kind = "text", .fallback = std::string{fallback}, .meaning = std::string{meaning}});
  return optional_text(key).value_or(std::string{fallback});
}

std::optional<std::string> Section::optional_choice(std::string_view key,
                                                    std::span<std::string_view const> allowed) {
  auto const value = optional_text(key);
  if (!value || std::find(allowed.begin(), allowed.end(), *value) != allowed.end()) return value;
  auto const guess = did_you_mean(*value, {allowed.begin(), allowed.end()});
  report_problem({*node(key), path_of(key)}, one_of(allowed) + guess, context_->diagnostics);
  return std::nullopt;
}

std::string Section::choice(std::string_view key, std::span<std::string_view const> allowed,
                            std::string_view meaning) {
  describe(key,
           {.kind = "choice", .allowed = one_of(allowed), .meaning = std::string{meaning}, .required = true});
  required(key, meaning);
  if (allowed.empty()) return optional_text(key).value_or("");  // what should tell of them is missing itself
  return optional_choice(key, allowed).value_or(std::string{allowed.front()});
}

std::string Section::choice_or(std::string_view key, std::string_view fallback,
                               std::span<std::string_view const> allowed, std::string_view meaning) {
  describe(key, {.kind = "choice",
                 .allowed = one_of(allowed),
                 .fallback = std::string{fallback},
                 .meaning = std::string{meaning}});
  return optional_choice(key, allowed).value_or(std::string{fallback});
}

std::vector<std::string> Section::texts_or(std::string_view key, std::string_view meaning) {
  describe(key, {.kind = "texts", .meaning = std::string{meaning}});
  auto const* value = node(key);
  if (value == nullptr) return {};
  auto const* array = value->as_array();
  if (array == nullptr) {
    wrong_type(key, *value, "an array of texts");
    return {};
  }
  std::vector<std::string> texts;
  for (auto const& element : *array) {
    if (!element.is_string())
      wrong_type(key, element, "an array of texts");
    else
      texts.push_back(element.as_string()->get());
  }
  return texts;
}

std::vector<double> Section::numbers_or(std::string_view key, std::string_view unit, Limits const& limits,
                                        std::string_view meaning) {
  describe(key, {.kind = "quantities", .meaning = std::string{meaning}});
  auto const* value = node(key);
  if (value == nullptr) return {};
  auto const* array = value->as_array();
  if (array == nullptr || array->empty()) {
    wrong_type(key, *value, fmt::format("an array of quantities convertible to {}", unit));
    return {};
  }
  std::vector<double> numbers;
  for (std::size_t i = 0; i < array->size(); ++i) {
    auto const path = fmt::format("{}[{}]", path_of(key), i);
    auto const number = read_plain_number({*array->get(i), path}, unit, limits, context_->diagnostics);
    if (number) numbers.push_back(*number);
  }
  if (numbers.size() < array->size()) numbers.clear();
  return numbers;
}

Section Section::section(std::string_view key, std::string_view meaning) {
  describe(key, {.kind = "table", .meaning = std::string{meaning}, .required = true});
  return child(key, required(key, meaning));
}

std::optional<Section> Section::optional_section(std::string_view key, std::string_view meaning) {
  describe(key, {.kind = "table", .meaning = std::string{meaning}});
  auto const* value = node(key);
  return value != nullptr ? std::optional{child(key, value)} : std::nullopt;
}

Section Section::child(std::string_view key, toml::node const* value) {
  auto const* table = value != nullptr ? value->as_table() : nullptr;
  if (value != nullptr && table == nullptr) wrong_type(key, *value, "a table");
  auto const own = table != nullptr ? place_of(table->source()) : Place{};
  return {table, path_of(key), pattern_of(key), place_or(own, place_), *context_};
}

std::vector<Section> Section::sections(std::string_view key, std::string_view meaning) {
  describe(key, {.kind = "array of tables", .meaning = std::string{meaning}});
  auto const* value = node(key);
  if (value == nullptr) return {};
  auto const* array = value->as_array();
  if (array == nullptr) {
    wrong_type(key, *value, fmt::format("an array of tables, [[{}]]", pattern_of(key)));
    return {};
  }
  std::vector<Section> sections;
  for (std::size_t i = 0; i < array->size(); ++i) {
    sections.push_back(child(fmt::format("{}[{}]", key, i), array->get(i)));
    sections.back().pattern_ = pattern_of(key) + "[]";
  }
  return sections;
}

std::vector<std::pair<std::string, Section>> Section::named_sections(std::string_view key,
                                                                     std::string_view meaning) {
  describe(key, {.kind = "tables by name", .meaning = std::string{meaning}});
  auto const* value = node(key);
  if (value == nullptr) return {};
  auto parent = child(key, value);
  std::vector<std::pair<std::string, Section>> sections;
  for (auto const& name : parent.keys()) {
    sections.emplace_back(name, parent.child(name, parent.node(name)));
    sections.back().second.pattern_ = parent.pattern_of("*");
  }
  return sections;
}

bool Section::has(std::string_view key) const { return node(key) != nullptr; }

std::vector<std::string> Section::keys() const {
  std::vector<std::string> keys;
  if (table_ == nullptr) return keys;
  for (auto const& [key, value] : *table_) keys.emplace_back(key.str());
  return keys;
}

Place Section::place(std::string_view key) const {
  auto const* value = node(key);
  return value != nullptr ? place_or(place_of(*value), place_) : place_;
}

bool Section::has_problem(std::string_view key) const {
  auto const where = place(key);
  auto const& problems = context_->diagnostics.problems();
  return std::any_of(problems.begin(), problems.end(),
                     [&](Problem const& problem) { return problem.place == where; });
}

void Section::allow(std::string_view key) { asked_.emplace_back(key); }

void Section::mark_whole(std::string_view key) {
  auto const path = path_of(key);
  for (auto& parameter : context_->parameters) {
    if (parameter.key == path) parameter.whole = true;
  }
}

void Section::fail(std::string_view key, std::string_view message) {
  if (table_ == nullptr) return;
  auto const* value = node(key);
  auto const with_value = value != nullptr && (value->is_value() || is_parameter_table(*value));
  context_->diagnostics.add(place(key), with_value
                                            ? fmt::format("{} = {}: {}", path_of(key), shown(*value), message)
                                            : fmt::format("{}: {}", path_of(key), message));
}

void Section::fail(std::string_view message) {
  if (table_ == nullptr) return;
  context_->diagnostics.add(place_,
                            path_.empty() ? std::string{message} : fmt::format("{}: {}", path_, message));
}

void Section::finish() {
  if (table_ == nullptr) return;
  std::sort(asked_.begin(), asked_.end());
  for (auto const& [key, value] : *table_) {
    if (std::binary_search(asked_.begin(), asked_.end(), key.str())) continue;
    auto const where = path_.empty() ? std::string{} : fmt::format(" in {}", path_);
    auto const guess = did_you_mean(key.str(), asked_);
    context_->diagnostics.add(place_or(place_of(key.source()), place_),
                              fmt::format("unknown key '{}'{}{} allowed: {}", key.str(), where,
                                          guess.empty() ? ";" : guess, fmt::join(asked_, ", ")));
  }
}

void Section::describe(std::string_view key, KeyDescription description) {
  if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) asked_.emplace_back(key);
  description.path = pattern_of(key);
  context_->describe(std::move(description));
}

toml::node const* Section::required(std::string_view key, std::string_view meaning) {
  auto const* value = node(key);
  if (value == nullptr && table_ != nullptr) {
    context_->diagnostics.add(place_, fmt::format("{} is missing: {}", path_of(key), meaning));
  }
  return value;
}

toml::node const* Section::node(std::string_view key) const {
  return table_ != nullptr ? table_->get(key) : nullptr;
}

void Section::wrong_type(std::string_view key, toml::node const& value, std::string_view wanted) {
  context_->diagnostics.add(place_or(place_of(value), place_),
                            fmt::format("{} = {}: must be {}", path_of(key), shown(value), wanted));
}

std::string Section::path_of(std::string_view key) const { return dotted(path_, key); }
std::string Section::pattern_of(std::string_view key) const { return dotted(pattern_, key); }

void ReadContext::describe(KeyDescription description) {
  auto const known = std::any_of(keys.begin(), keys.end(),
                                 [&](KeyDescription const& key) { return key.path == description.path; });
  if (!known) keys.push_back(std::move(description));
}

}  // namespace myoaxis
