#include "io/export/csv_export.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

/// A column with its values as texts.
struct Column {
  DatasetInfo info;
  std::vector<std::string> values;
};

std::vector<std::string> words_of(std::string const& text) {
  std::istringstream stream{text};
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

template <class T>
std::vector<std::string> texts_of(std::vector<T> const& numbers) {
  std::vector<std::string> texts;
  for (auto const number : numbers) texts.push_back(fmt::format("{}", number));
  return texts;
}

std::vector<std::string> read_column(H5Reader const& file, std::string const& path, DatasetInfo const& info) {
  if (info.is_text) return file.read_texts(path);
  if (auto const meanings = file.text_attribute(path, "flag_meanings")) {
    auto const names = words_of(*meanings);
    std::vector<std::string> values;
    for (auto const code : file.read_keys(path))
      values.push_back(code < names.size() ? names[code] : fmt::format("{}", code));
    return values;
  }
  if (info.is_single) return texts_of(file.read<float>(path));
  if (!info.is_integer) return texts_of(file.read_doubles(path));
  return info.is_unsigned ? texts_of(file.read_keys(path)) : texts_of(file.read_integers(path));
}

std::ofstream open_csv(fs::path const& path) {
  std::ofstream file{path};
  if (!file) throw FileError{path.string(), "cannot be written", "is the folder writable?"};
  return file;
}

void write_line(std::ofstream& file, std::vector<std::string> const& fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) file << (i > 0 ? "," : "") << csv_field(fields[i]);
  file << "\r\n";
}

void finish(std::ofstream& file, fs::path const& path) {
  if (!file.flush()) throw FileError{path.string(), "cannot be written", "is the disk full?"};
}

/// All columns with the same dimensions, and the coordinates along these.
struct Table {
  std::vector<std::size_t> sizes;
  std::vector<Column> coordinates, columns;
};

void write_table(fs::path const& path, Table const& table) {
  auto file = open_csv(path);
  std::vector<std::string> line;
  for (auto const* part : {&table.coordinates, &table.columns})
    for (auto const& column : *part) line.push_back(column.info.name);
  write_line(file, line);
  std::size_t rows = 1;
  for (auto const size : table.sizes) rows *= size;
  for (std::size_t row = 0; row < rows; ++row) {
    line.assign(table.sizes.size(), "");
    auto rest = row;
    for (auto dim = table.sizes.size(); dim-- > 0; rest /= table.sizes[dim])
      line[dim] = table.coordinates[dim].values[rest % table.sizes[dim]];
    for (auto const& column : table.columns) line.push_back(column.values[row]);
    write_line(file, line);
  }
  finish(file, path);
}

std::map<std::vector<std::string>, Table> tables_of(H5Reader const& file, std::string const& group) {
  std::map<std::vector<std::string>, Table> tables;
  auto const infos = file.datasets(group);
  for (auto const& info : infos) {
    if (info.is_scale) continue;
    auto& table = tables[info.dims];
    if (table.columns.empty()) {
      table.sizes.assign(info.shape.begin(), info.shape.end());
      for (auto const& dim : info.dims) {
        auto const scale =
            std::find_if(infos.begin(), infos.end(), [&](auto const& each) { return each.name == dim; });
        table.coordinates.push_back({*scale, read_column(file, group + "/" + dim, *scale)});
      }
    }
    table.columns.push_back({info, read_column(file, group + "/" + info.name, info)});
  }
  return tables;
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

std::size_t export_csv(H5Reader const& file, fs::path const& folder) {
  auto groups = file.groups("/");
  if (file.has("assays")) {
    std::erase(groups, "assays");
    for (auto const& name : file.groups("assays")) groups.push_back("assays/" + name);
  }
  auto const index_path = folder / "columns.csv";
  auto index = open_csv(index_path);
  write_line(index, {"file", "column", "unit", "meaning"});
  std::size_t files = 1;
  for (auto const& group : groups) {
    for (auto const& [dims, table] : tables_of(file, group)) {
      auto prefix = group;
      std::replace(prefix.begin(), prefix.end(), '/', '.');
      auto const name =
          dims.empty() ? prefix + ".csv" : fmt::format("{}.{}.csv", prefix, fmt::join(dims, "_"));
      write_table(folder / name, table);
      for (auto const* part : {&table.coordinates, &table.columns})
        for (auto const& column : *part)
          write_line(index, {name, column.info.name, column.info.unit, column.info.long_name});
      ++files;
    }
  }
  finish(index, index_path);
  return files;
}

}  // namespace myoaxis
