#include "tools/comparison_record.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

namespace myoaxis {
namespace {

using Json = nlohmann::ordered_json;

char const* name_of(OutcomeKind kind) { return kind == OutcomeKind::of_run ? "outcome" : "reading"; }

char const* name_of(IntervalKind kind) { return kind == IntervalKind::t ? "t" : "bootstrap"; }

/// The fields in the order of the columns. Numbers stay numbers, also NaN.
Json record_row(Comparison const& comparison, ComparedOutcome const& outcome, std::size_t arm) {
  auto const& contrast = outcome.contrasts[arm];
  auto const& result = contrast.result;
  auto const [low, high] = comparison.interval_of(contrast);
  return {{"name", outcome.name},
          {"unit", outcome.unit},
          {"arm", comparison.arms[arm].name},
          {"reference", comparison.arms[arm].reference},
          {"mean", contrast.mean},
          {"reference_mean", result.reference_mean},
          {"difference", result.difference},
          {"low", low},
          {"high", high},
          {"hedges_g", result.hedges_g},
          {"p", result.p},
          {"p_holm", contrast.p_holm},
          {"n", result.n},
          {"n_reference", result.n_reference},
          {"left_out", result.left_out},
          {"paired", result.pairing == Pairing::paired},
          {"interval", name_of(comparison.interval_kind)},
          {"t_low", result.low},
          {"t_high", result.high},
          {"bootstrap_low", result.bootstrap.low},
          {"bootstrap_high", result.bootstrap.high},
          {"superiority", result.superiority.value},
          {"superiority_low", result.superiority.interval.low},
          {"superiority_high", result.superiority.interval.high},
          {"variance_ratio", result.pairing_gain.value},
          {"variance_ratio_low", result.pairing_gain.interval.low},
          {"variance_ratio_high", result.pairing_gain.interval.high},
          {"subjects_for_interval", result.needed.for_interval},
          {"subjects_for_power", result.needed.for_power},
          {"more_subjects", contrast.more_subjects()},
          {"without_partner", result.without_partner},
          {"kind", name_of(outcome.kind)}};
}

Json all_rows(Comparison const& comparison) {
  auto rows = Json::array();
  for (auto const& outcome : comparison.outcomes) {
    for (std::size_t arm = 0; arm < outcome.contrasts.size(); ++arm)
      rows.push_back(record_row(comparison, outcome, arm));
  }
  return rows;
}

/// RFC 4180: quoted where a comma, a quote or a line break is inside.
std::string csv_text(std::string const& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string doubled;
  for (auto const letter : text) doubled.append(letter == '"' ? 2 : 1, letter);
  return fmt::format("\"{}\"", doubled);
}

std::string csv_cell(Json const& value) {
  if (value.is_string()) return csv_text(value.get<std::string>());
  return value.is_number_float() ? fmt::format("{}", value.get<double>()) : value.dump();
}

}  // namespace

std::string comparison_json(Comparison const& comparison) {
  Json const json{{"version", 1}, {"outcomes", all_rows(comparison)}};
  return json.dump(2) + "\n";
}

std::string comparison_csv(Comparison const& comparison) {
  std::string text;
  for (auto const& row : all_rows(comparison)) {
    std::string header, line;
    for (auto const& [field, value] : row.items()) {
      auto const* comma = line.empty() ? "" : ",";
      header += fmt::format("{}{}", comma, field);
      line += fmt::format("{}{}", comma, csv_cell(value));
    }
    if (text.empty()) text = header + "\n";
    text += line + "\n";
  }
  return text;
}

}  // namespace myoaxis
