#include "io/export/csv_export.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>

#include "io/export/csv_file.h"
#include "io/hdf5/error.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

/// A column with its values as texts.
struct TextColumn {
  DatasetInfo info;
  std::vector<std::string> values;
};

template <class T>
std::vector<std::string> texts_of(std::vector<T> const& numbers) {
  std::vector<std::string> texts;
  for (auto const number : numbers) texts.push_back(csv_number(number));
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

/// All columns with the same dimensions, and the coordinates along these.
struct Table {
  std::vector<std::size_t> sizes;
  std::vector<TextColumn> coordinates, columns;

  std::size_t rows() const {
    return std::accumulate(sizes.begin(), sizes.end(), std::size_t{1}, std::multiplies<>{});
  }
};

/// A data set without coordinates, or of another length than these.
FileError misfit(H5Reader const& file, std::string const& data) {
  return {file.path(), "'" + data + "' does not fit its dimensions",
          "is the file damaged? run the experiment again"};
}

void write_table(fs::path const& path, Table const& table) {
  CsvFile file{path};
  std::vector<std::string> line;
  for (auto const* part : {&table.coordinates, &table.columns})
    for (auto const& column : *part) line.push_back(column.info.name);
  file.write(line);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    line.assign(table.sizes.size(), "");
    auto rest = row;
    for (auto dim = table.sizes.size(); dim-- > 0; rest /= table.sizes[dim])
      line[dim] = table.coordinates[dim].values[rest % table.sizes[dim]];
    for (auto const& column : table.columns) line.push_back(column.values[row]);
    file.write(line);
  }
  file.close();
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
        if (scale == infos.end()) throw misfit(file, group + "/" + info.name);
        auto const size = table.sizes[table.coordinates.size()];
        table.coordinates.push_back({*scale, read_column(file, group + "/" + dim, *scale)});
        if (table.coordinates.back().values.size() != size) throw misfit(file, group + "/" + dim);
      }
    }
    table.columns.push_back({info, read_column(file, group + "/" + info.name, info)});
    if (table.columns.back().values.size() != table.rows()) throw misfit(file, group + "/" + info.name);
  }
  return tables;
}

}  // namespace

std::size_t export_csv(H5Reader const& file, fs::path const& folder) {
  auto groups = file.groups("/");
  if (file.has("assays")) {
    std::erase(groups, "assays");
    for (auto const& name : file.groups("assays")) groups.push_back("assays/" + name);
  }
  CsvFile index{folder / "columns.csv"};
  index.write({"file", "column", "unit", "meaning"});
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
          index.write({name, column.info.name, column.info.unit, column.info.long_name});
      ++files;
    }
  }
  index.close();
  return files;
}

}  // namespace myoaxis
