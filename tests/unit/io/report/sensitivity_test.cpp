#include "io/report/sensitivity.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "io/config/diagnostics.h"
#include "io/hdf5/error.h"
#include "tests/unit/io/config/temporary_folder.h"

using namespace myoaxis;

namespace {
std::vector<report::SensitivityIndex> read_indices(std::string const& text) {
  test::TemporaryFolder const folder;
  auto const path = folder.path() / "s.json";
  std::ofstream{path} << text;
  return report::read_sensitivity(path.string());
}
}  // namespace

TEST_CASE("indices of either method are read with their arm and interval") {
  auto const indices = read_indices(R"({"indices": [
    {"outcome": "mood", "arm": "run", "parameter": "a.b", "status": "assumed", "mu_star": 2, "low": 1, "high": 3},
    {"outcome": "mood", "parameter": "c", "total": 0.5, "low": null}]})");
  REQUIRE(indices.size() == 2);
  CHECK(indices[0].arm == "run");
  CHECK(indices[0].kind == "mu_star");
  CHECK(indices[0].high == 3);
  CHECK(indices[1].kind == "total");
  CHECK(indices[1].status.empty());
  CHECK_FALSE(indices[1].low);
}

TEST_CASE("parameters whose index is not defined are left out") {
  CHECK(read_indices(R"({"indices": [{"outcome": "mood", "parameter": "a", "mu_star": null}]})").empty());
}

TEST_CASE("what is no sensitivity analysis is refused with the form that is expected") {
  for (auto const* text : {"no JSON", "[]", R"({"indices": [3]})", R"({"indices": [{"outcome": "mood"}]})",
                           R"({"indices": [{"outcome": "mood", "parameter": "a"}]})"})
    CHECK_THROWS_WITH(read_indices(text), Catch::Contains("s.json") && Catch::Contains("expected is"));
  CHECK_THROWS_AS(report::read_sensitivity("/nowhere.json"), FileError);
}
