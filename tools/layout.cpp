#include "tools/layout.h"

#include <fmt/ranges.h>

#include <algorithm>

namespace myoaxis {
namespace {

std::string row_of(H5Reader const& file, std::string const& group, DatasetInfo const& info) {
  auto meaning = info.long_name;
  if (auto const codes = file.text_attribute(group + "/" + info.name, "flag_meanings")) {
    auto names = *codes;
    std::replace(names.begin(), names.end(), ' ', ',');
    meaning += fmt::format("; codes 0, 1, ...: {}", names);
  }
  return fmt::format("| `{}` | {} | {} | {} | {} |\n", info.name, fmt::join(info.dims, ", "), info.type,
                     info.unit.empty() ? "-" : info.unit, meaning);
}

std::string section_of(H5Reader const& file, std::string const& group) {
  auto text = fmt::format(
      "\n## /{}\n\n| data set | dimensions | type | unit | meaning |\n|---|---|---|---|---|\n", group);
  auto infos = file.datasets(group);
  std::stable_partition(infos.begin(), infos.end(), [](DatasetInfo const& info) { return info.is_scale; });
  for (auto const& info : infos) text += row_of(file, group, info);
  return text;
}

}  // namespace

std::string layout_page(H5Reader const& file) {
  auto text = fmt::format("Format `{}`, version {}.\n", file.text_attribute("/", "format").value_or(""),
                          file.text_attribute("/", "format_version").value_or(""));
  for (auto const& group : file.groups()) {
    if (group != "assays") {
      text += section_of(file, group);
      continue;
    }
    for (auto const& assay : file.groups(group)) text += section_of(file, group + "/" + assay);
  }
  return text;
}

}  // namespace myoaxis
