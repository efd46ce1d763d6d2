/// Where two states differ first: in which part, which column, and which agent.
#pragma once

#include <cstddef>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "core/state_hash.h"
#include "core/state_visit.h"

namespace myoaxis {

struct StateDifference {
  std::string part;    // "fibers", "factors/bdnf/packets"; empty for the state itself
  std::string column;  // name of the array or number
  std::size_t row = 0;
  std::string one, other;  // the values; one is "none" when the arrays differ in length there
};

namespace detail {

/// A copy of one column, of whatever type.
struct ColumnCopy {
  std::string part, name;
  std::vector<std::byte> bytes = {};
  std::size_t value_bytes = 1;
  std::string (*text)(std::byte const*) = nullptr;

  std::size_t size() const { return bytes.size() / value_bytes; }
  bool same(ColumnCopy const& other, std::size_t row) const;
  std::string value(std::size_t row) const;
};

StateDifference compare(ColumnCopy const& one, ColumnCopy const& other);

/// Text of the value of type T that is kept at `bytes`.
template <class T>
std::string text_at(std::byte const* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof value);
  if constexpr (std::is_floating_point_v<T>) {
    char text[32];
    std::snprintf(text, sizeof text, "%.17g", static_cast<double>(value));
    return text;
  } else {
    return std::to_string(value);
  }
}

/// Fingerprint of each column, in the order of the visit.
class ColumnHashes {
 public:
  explicit ColumnHashes(std::vector<Fingerprint>& hashes) : hashes_{&hashes} {}
  ColumnHashes in(std::string_view) const { return *this; }
  template <class T>
  void operator()(About const& about, T const& values) const {
    StateHash hash;
    HashVisitor{hash}(about, values);
    hashes_->push_back(hash.fingerprint());
  }

 private:
  std::vector<Fingerprint>* hashes_;
};

/// Copies the column of the given number.
class ColumnPick {
 public:
  ColumnPick(std::string part, std::size_t& countdown, ColumnCopy& copy)
      : part_{std::move(part)}, countdown_{&countdown}, copy_{&copy} {}
  ColumnPick in(std::string_view name) const {
    return {part_.empty() ? std::string{name} : part_ + "/" + std::string{name}, *countdown_, *copy_};
  }
  template <class T>
  void operator()(About const& about, T const& values) const {
    if ((*countdown_)-- != 0) return;
    if constexpr (std::is_arithmetic_v<T>)
      keep(about, std::span<T const>{&values, 1});
    else
      keep(about, std::span<typename T::value_type const>{values});
  }

 private:
  template <class T>
  void keep(About const& about, std::span<T const> values) const {
    auto const bytes = std::as_bytes(values);
    *copy_ = {part_, std::string{about.name}, {bytes.begin(), bytes.end()}, sizeof(T), text_at<T>};
  }

  std::string part_;
  std::size_t* countdown_;
  ColumnCopy* copy_;
};

}  // namespace detail

/// Nothing when the two are equal, bit for bit. Both have the same parts.
template <class State>
std::optional<StateDifference> first_difference(State const& one, State const& other) {
  std::vector<Fingerprint> of_one, of_other;
  visit_state(detail::ColumnHashes{of_one}, one);
  visit_state(detail::ColumnHashes{of_other}, other);
  EXPECTS(of_one.size() == of_other.size());
  std::size_t number = 0;
  while (number < of_one.size() && of_one[number] == of_other[number]) ++number;
  if (number == of_one.size()) return {};
  detail::ColumnCopy copy_of_one, copy_of_other;
  auto countdown = number;
  visit_state(detail::ColumnPick{"", countdown, copy_of_one}, one);
  countdown = number;
  visit_state(detail::ColumnPick{"", countdown, copy_of_other}, other);
  return detail::compare(copy_of_one, copy_of_other);
}

}  // namespace myoaxis
