/// Strong indices: a `FiberId` is never a `NeuronId`, nor an int.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace myoaxis {

/// Index of one entity in its columns. `Tag` is any type that names the kind.
template <class Tag>
class Id {
 public:
  constexpr explicit Id(std::uint32_t index) : index_{index} {}
  constexpr std::uint32_t index() const { return index_; }
  auto operator<=>(Id const&) const = default;

 private:
  std::uint32_t index_;
};

/// Index of type Id<Tag> from a container's position.
template <class IdType>
constexpr IdType id_at(std::size_t position) {
  return IdType{static_cast<std::uint32_t>(position)};
}

}  // namespace myoaxis
