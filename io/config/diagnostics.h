/// What is wrong in the user's files, and where: all problems are gathered first and reported together.
#pragma once

#include <compare>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace myoaxis {

/// A spot in a file, named as the user wrote it. Line 0: the whole file, or the command line.
struct Place {
  std::string file;
  unsigned line = 0;
  unsigned column = 0;
  auto operator<=>(Place const&) const = default;
};

struct Problem {
  Place place;
  std::string message;
  auto operator<=>(Problem const&) const = default;
};

/// "file:line:column: message", or "file: message" where there is no line.
std::string to_text(Problem const& problem);

/// The user's input cannot be used. `what()` has one line for each problem.
class ConfigError : public std::runtime_error {
 public:
  explicit ConfigError(std::vector<Problem> problems);
  std::vector<Problem> const& problems() const { return problems_; }

 private:
  std::vector<Problem> problems_;
};

/// Collects problems in the order of file, line and column; the same one twice counts once.
class Diagnostics {
 public:
  void add(Place place, std::string message);
  bool empty() const { return problems_.empty(); }
  std::vector<Problem> const& problems() const { return problems_; }
  /// Throws ConfigError when there is any problem.
  void throw_if_any() const;

 private:
  std::vector<Problem> problems_;
};

/// The candidate that `text` was probably meant to be: few enough typing slips away (insertions, deletions,
/// replacements, swapped neighbors; upper and lower case count as equal), at most a third of its length.
std::optional<std::string> closest(std::string_view text, std::vector<std::string> const& candidates);

/// "; did you mean 'duration'?" when a candidate is close, otherwise nothing.
std::string did_you_mean(std::string_view text, std::vector<std::string> const& candidates);

}  // namespace myoaxis
