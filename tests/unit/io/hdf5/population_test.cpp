/// Snapshots of populations whose number of agents changes.
#include "io/hdf5/population.h"

#include <array>
#include <catch2/catch.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/columns.h"
#include "core/id.h"
#include "io/hdf5/reader.h"
#include "io/hdf5/writer.h"
#include "tests/unit/io/hdf5/scratch_file.h"

namespace myoaxis {
namespace {

enum class CellStage : std::uint8_t { stem, neuroblast };
constexpr std::array<std::string_view, 2> kCellStages{"stem cell", "neuroblast"};
using NicheId = Id<struct Niche_>;

struct Cells {
  std::vector<std::uint64_t> key;
  std::vector<double> age;
  std::vector<CellStage> stage;
  std::vector<NicheId> niche;

  static constexpr auto columns() {
    return std::tuple{column("key", "", "permanent address of the cell's luck", &Cells::key),
                      column("age", "s", "time since the last division", &Cells::age),
                      column("stage", "", "stage of the lineage", &Cells::stage, kCellStages),
                      column("niche", "1", "niche of the cell", &Cells::niche)};
  }
};

}  // namespace

TEST_CASE("snapshots of a changing population can be told apart", "[io]") {
  ScratchFolder const folder;
  auto const path = folder.path("cells.h5");
  auto file = H5File::create(path);
  PopulationTable<Cells> table{file.group("neurons")};
  Cells cells{
      {~std::uint64_t{0}, 2}, {10, 20}, {CellStage::neuroblast, CellStage::stem}, {NicheId{3}, NicheId{4}}};
  table.append(cells, 0);
  append(cells, Cells{{3}, {0}, {CellStage::neuroblast}, {NicheId{5}}});
  table.append(cells, 3600);
  table.append(Cells{}, 7200);
  file.close();

  auto const reader = H5Reader::open(path);
  CHECK(reader.read_doubles("neurons/time") == std::vector<double>{0, 3600, 7200});
  CHECK(reader.read_integers("neurons/agents") == std::vector<std::int64_t>{2, 3, 0});
  CHECK(reader.read_integers("neurons/snapshot_index") == std::vector<std::int64_t>{0, 0, 1, 1, 1});
  CHECK(reader.read_keys("neurons/key") ==
        std::vector<std::uint64_t>{~std::uint64_t{0}, 2, ~std::uint64_t{0}, 2, 3});
  CHECK(reader.read_doubles("neurons/age") == std::vector<double>{10, 20, 10, 20, 0});
  CHECK(reader.read_integers("neurons/stage") == std::vector<std::int64_t>{1, 0, 1, 0, 1});
  CHECK(reader.read_integers("neurons/niche") == std::vector<std::int64_t>{3, 4, 3, 4, 5});
  CHECK(reader.read_integers("neurons/agent") == std::vector<std::int64_t>{0, 1, 2, 3, 4});
  CHECK(reader.text_attribute("neurons/stage", "flag_meanings") == "stem_cell neuroblast");
  CHECK(reader.text_attribute("neurons/key", "units") == "1");
}

}  // namespace myoaxis
