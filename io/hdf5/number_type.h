/// The kinds of numbers a data set may hold, told apart without the headers of HDF5.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace myoaxis {

enum class NumberType { float32, float64, int32, int64, uint8, uint16, uint32, uint64 };

/// Numbers that both engines of xarray read. There is no bool among them: the netCDF one drops it silently.
template <class T>
concept StoredNumber = std::same_as<T, float> || std::same_as<T, double> || std::same_as<T, std::int32_t> ||
    std::same_as<T, std::int64_t> || std::same_as<T, std::uint8_t> || std::same_as<T, std::uint16_t> ||
    std::same_as<T, std::uint32_t> || std::same_as<T, std::uint64_t>;

template <StoredNumber T>
constexpr NumberType number_type() {
  if constexpr (std::same_as<T, float>) return NumberType::float32;
  if constexpr (std::same_as<T, double>) return NumberType::float64;
  if constexpr (std::same_as<T, std::int32_t>) return NumberType::int32;
  if constexpr (std::same_as<T, std::int64_t>) return NumberType::int64;
  if constexpr (std::same_as<T, std::uint8_t>) return NumberType::uint8;
  if constexpr (std::same_as<T, std::uint16_t>) return NumberType::uint16;
  if constexpr (std::same_as<T, std::uint32_t>) return NumberType::uint32;
  if constexpr (std::same_as<T, std::uint64_t>) return NumberType::uint64;
}

}  // namespace myoaxis
