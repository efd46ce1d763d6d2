#include "core/state_difference.h"

#include <algorithm>

namespace myoaxis::detail {

bool ColumnCopy::same(ColumnCopy const& other, std::size_t row) const {
  return std::memcmp(bytes.data() + row * value_bytes, other.bytes.data() + row * value_bytes, value_bytes) ==
         0;
}

std::string ColumnCopy::value(std::size_t row) const {
  return row < size() ? text(bytes.data() + row * value_bytes) : "none";
}

StateDifference compare(ColumnCopy const& one, ColumnCopy const& other) {
  auto const common = std::min(one.size(), other.size());
  std::size_t row = 0;
  while (row < common && one.same(other, row)) ++row;
  return {one.part, one.name, row, one.value(row), other.value(row)};
}

}  // namespace myoaxis::detail
