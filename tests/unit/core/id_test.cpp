#include "core/id.h"

#include <catch2/catch.hpp>
#include <type_traits>

using namespace myoaxis;

using PearId = Id<struct Pear_>;
using AppleId = Id<struct Apple_>;

TEST_CASE("an index of one kind is none of another kind, nor a number") {
  STATIC_REQUIRE_FALSE(std::is_convertible_v<PearId, AppleId>);
  STATIC_REQUIRE_FALSE(std::is_constructible_v<PearId, AppleId>);
  STATIC_REQUIRE_FALSE(std::is_convertible_v<std::uint32_t, PearId>);
  STATIC_REQUIRE_FALSE(std::is_convertible_v<PearId, std::uint32_t>);
  STATIC_REQUIRE(sizeof(PearId) == sizeof(std::uint32_t));
}

TEST_CASE("indices keep their number and its order") {
  CHECK(PearId{7}.index() == 7);
  CHECK(PearId{7} == PearId{7});
  CHECK(PearId{6} < PearId{7});
  CHECK(id_at<PearId>(std::size_t{12}) == PearId{12});
}
