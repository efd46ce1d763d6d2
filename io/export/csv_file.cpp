#include "io/export/csv_file.h"

#include <fmt/core.h>

#include <cmath>
#include <sstream>
#include <utility>

#include "io/hdf5/error.h"

namespace myoaxis {
namespace {

template <std::floating_point T>
std::string shortest(T number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number > 0 ? "Inf" : "-Inf";
  return fmt::format("{}", number);
}

}  // namespace

std::string csv_field(std::string const& text) {
  if (text.find_first_of(",\"\r\n") == text.npos) return text;
  std::string quoted{'"'};
  for (auto const character : text) {
    if (character == '"') quoted.push_back('"');
    quoted.push_back(character);
  }
  quoted.push_back('"');
  return quoted;
}

std::string csv_number(float number) { return shortest(number); }
std::string csv_number(double number) { return shortest(number); }

std::vector<std::string> words_of(std::string const& text) {
  std::istringstream stream{text};
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

CsvFile::CsvFile(std::filesystem::path path) : path_{std::move(path)}, file_{path_, std::ios::binary} {
  if (!file_) throw FileError{path_.string(), "cannot be written", "is the folder writable?"};
}

void CsvFile::write(std::vector<std::string> const& fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) file_ << (i > 0 ? "," : "") << csv_field(fields[i]);
  file_ << "\r\n";
}

void CsvFile::close() {
  file_.close();
  if (!file_) throw FileError{path_.string(), "cannot be written", "is the disk full?"};
}

}  // namespace myoaxis
