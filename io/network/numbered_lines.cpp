#include "io/network/numbered_lines.h"

#include <fmt/core.h>

#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

namespace myoaxis {
namespace {

/// Longest line that a file of columns may have: a file without line ends is no such file.
constexpr std::size_t kLongestLine = 4096;

std::string_view without_plus(std::string_view text) {
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  return text;
}

std::vector<TextField> split_fields(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\f\v";
  std::vector<TextField> fields;
  for (auto begin = text.find_first_not_of(blanks); begin != text.npos;) {
    auto const end = std::min(text.find_first_of(blanks, begin), text.size());
    fields.push_back({std::string{text.substr(begin, end - begin)}, static_cast<unsigned>(begin + 1)});
    begin = text.find_first_not_of(blanks, end);
  }
  return fields;
}

}  // namespace

std::string printable(std::string_view text, std::size_t longest) {
  std::string result{text.substr(0, longest)};
  for (auto& c : result) {
    if (c < ' ' || c > '~') c = '?';
  }
  return text.size() > longest ? result + "..." : result;
}

std::optional<double> read_real(std::string_view text) {
  text = without_plus(text);
  double value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

NumberedLines::NumberedLines(std::string path) : path_{std::move(path)} {
  std::error_code error;
  auto const status = std::filesystem::status(path_, error);
  if (!std::filesystem::exists(status)) fail(0, 0, "no such file");
  if (std::filesystem::is_directory(status)) fail(0, 0, "is a folder, not a file");
  file_ = std::make_unique<std::ifstream>(path_, std::ios::binary);
  if (!*file_) fail(0, 0, "cannot be read");
}

NumberedLines::NumberedLines(std::string path, std::string text)
    : path_{std::move(path)}, file_{std::make_unique<std::istringstream>(std::move(text))} {}

std::optional<std::string> NumberedLines::text() {
  std::string line;
  auto* buffer = file_->rdbuf();
  using Traits = std::char_traits<char>;
  for (auto c = buffer->sbumpc();; c = buffer->sbumpc()) {
    if (Traits::eq_int_type(c, Traits::eof())) {
      if (line.empty()) return std::nullopt;
      break;
    }
    if (Traits::to_char_type(c) == '\n') break;
    line += Traits::to_char_type(c);
    if (line.size() > kLongestLine)
      fail(number_ + 1, 1,
           fmt::format("the line has more than {} characters (this is no network.dat)", kLongestLine));
  }
  ++number_;
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

std::optional<FieldLine> NumberedLines::next() {
  if (waiting_) return std::exchange(waiting_, std::nullopt);
  while (auto const line = text()) {
    auto fields = split_fields(*line);
    if (!fields.empty()) return FieldLine{number_, std::move(fields)};
  }
  return std::nullopt;
}

void NumberedLines::fail(unsigned line, unsigned column, std::string message) const {
  throw ConfigError{{Problem{Place{path_, line, column}, std::move(message)}}};
}

TextField const& NumberedLines::field_of(FieldLine const& line, std::size_t field,
                                         std::string_view what) const {
  if (field >= line.fields.size()) {
    auto const& last = line.fields.back();
    fail(line.number, last.column, fmt::format("the line ends before the {}", what));
  }
  return line.fields[field];
}

double NumberedLines::real(FieldLine const& line, std::size_t field, std::string_view what) const {
  auto const& [text, column] = field_of(line, field, what);
  auto const value = read_real(text);
  if (!value)
    fail(line.number, column, fmt::format("the {} '{}' is no finite number", what, printable(text)));
  return *value;
}

std::int64_t NumberedLines::whole(FieldLine const& line, std::size_t field, std::string_view what) const {
  auto const& [text, column] = field_of(line, field, what);
  auto const digits = without_plus(text);
  std::int64_t value = 0;
  auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size())
    fail(line.number, column, fmt::format("the {} '{}' is no whole number", what, printable(text)));
  return value;
}

}  // namespace myoaxis
