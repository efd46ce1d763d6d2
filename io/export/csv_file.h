/// A file of comma-separated values as RFC 4180 has it.
#pragma once

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace myoaxis {

/// A field of a line, in quotes where it needs them.
std::string csv_field(std::string const& text);

/// The shortest text that reads back as the same number of the same precision. NaN and Inf are written as R,
/// pandas and MATLAB all read them.
std::string csv_number(float number);
std::string csv_number(double number);
template <std::integral T>
std::string csv_number(T number) {
  return std::to_string(number);
}

/// Words of a text, as those of the attribute flag_meanings.
std::vector<std::string> words_of(std::string const& text);

class CsvFile {
 public:
  /// Throws FileError.
  explicit CsvFile(std::filesystem::path path);
  void write(std::vector<std::string> const& fields);
  /// Throws FileError when not all was written.
  void close();

 private:
  std::filesystem::path path_;
  std::ofstream file_;
};

}  // namespace myoaxis
