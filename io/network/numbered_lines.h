/// A text file as lines of fields, each line with its number: for formats of columns.
#pragma once

#include <cstdint>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/config/diagnostics.h"

namespace myoaxis {

struct TextField {
  std::string text;
  unsigned column;
};

struct FieldLine {
  unsigned number = 0;
  std::vector<TextField> fields;
};

class NumberedLines {
 public:
  /// Throws ConfigError when the file cannot be opened.
  explicit NumberedLines(std::string path);
  /// `text` instead of what stands in the file `path`, by which it is called in messages.
  NumberedLines(std::string path, std::string text);

  /// The next line as it stands, without its end; nothing at the end of the file.
  std::optional<std::string> text();
  /// The next line that is not empty, as fields.
  std::optional<FieldLine> next();
  /// The same line once more at the next call of `next`.
  void put_back(FieldLine line) { waiting_ = std::move(line); }

  std::string const& path() const { return path_; }
  /// Number of the line read last.
  unsigned number() const { return number_; }

  [[noreturn]] void fail(unsigned line, unsigned column, std::string message) const;
  /// The field's number. `what` is named when there is none. Throws ConfigError, as `whole` does.
  double real(FieldLine const& line, std::size_t field, std::string_view what) const;
  std::int64_t whole(FieldLine const& line, std::size_t field, std::string_view what) const;

 private:
  TextField const& field_of(FieldLine const& line, std::size_t field, std::string_view what) const;

  std::string path_;
  std::unique_ptr<std::istream> file_;
  unsigned number_ = 0;
  std::optional<FieldLine> waiting_;
};

/// A text from a file, made fit for a message: short, and of printable characters.
std::string printable(std::string_view text, std::size_t longest = 40);

/// The text's number; nothing when it is not one as a whole, or not finite.
std::optional<double> read_real(std::string_view text);

}  // namespace myoaxis
