#include "io/config/diagnostics.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace myoaxis {
namespace {

std::string joined_problems(std::vector<Problem> const& problems) {
  std::string text;
  for (auto const& problem : problems) {
    if (!text.empty()) text += '\n';
    text += to_text(problem);
  }
  return text;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Damerau-Levenshtein distance (no substring edited twice).
std::size_t slips_between(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      auto const differs = lower(a[i - 1]) != lower(b[j - 1]) ? 1u : 0u;
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + differs});
      auto const swapped =
          i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

}  // namespace

std::string to_text(Problem const& problem) {
  auto const& [file, line, column] = problem.place;
  if (line == 0) return fmt::format("{}: {}", file, problem.message);
  return fmt::format("{}:{}:{}: {}", file, line, column, problem.message);
}

ConfigError::ConfigError(std::vector<Problem> problems)
    : std::runtime_error{joined_problems(problems)}, problems_{std::move(problems)} {}

void Diagnostics::add(Place place, std::string message) {
  Problem problem{std::move(place), std::move(message)};
  auto const at = std::lower_bound(problems_.begin(), problems_.end(), problem);
  if (at == problems_.end() || *at != problem) problems_.insert(at, std::move(problem));
}

void Diagnostics::throw_if_any() const {
  if (!empty()) throw ConfigError{problems_};
}

std::optional<std::string> closest(std::string_view text, std::vector<std::string> const& candidates) {
  constexpr std::size_t longest_word = 100;  // keeps the search cheap whatever is in the file
  if (text.size() > longest_word) return std::nullopt;
  auto best_cost = std::max<std::size_t>(1, text.size() / 3) + 1;
  std::optional<std::string> best;
  for (auto const& candidate : candidates) {
    if (candidate.size() > longest_word) continue;
    auto const cost = slips_between(text, candidate);
    if (cost >= best_cost || cost >= candidate.size()) continue;  // a word replaced as a whole is no slip
    best_cost = cost;
    best = candidate;
  }
  return best;
}

std::string did_you_mean(std::string_view text, std::vector<std::string> const& candidates) {
  auto const candidate = closest(text, candidates);
  return candidate ? fmt::format("; did you mean '{}'?", *candidate) : std::string{};
}

}  // namespace myoaxis
