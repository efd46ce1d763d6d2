#include "io/checkpoint/checkpoint.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "agents/organism_state.h"
#include "io/checkpoint/sealed_file.h"
#include "io/hdf5/error.h"
#include "io/hdf5/writer.h"
#include "io/run/build_info.h"
#include "io/run/existing_run.h"
#include "tests/support/runs.h"
#include "tests/unit/io/hdf5/scratch_file.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

Model const& saved_model() {
  static Model const model{
      test::day_with_run({"factors=[\"bdnf\", \"lactate\", \"kynurenine\", \"kynurenic_acid\"]"})};
  return model;
}

/// A mouse after its session, and what was gathered about it.
struct Trained {
  explicit Trained(Model const& model) : organism{make_organism(model)}, recorder{model} {
    test::advance_until(organism, model, Tick{2 * kHour},
                        [&](StepReport const& report) { recorder.see(report, organism); });
  }

  void save(RunPaths const& paths, CheckpointInfo info = {}) const {
    info.time = organism.now;
    info.state = fingerprint_of(organism);
    info.sources = source_names(saved_model());
    save_checkpoint(paths.checkpoint(), paths.previous_checkpoint(), info, organism, recorder);
  }

  Organism organism;
  Recorder recorder;
};

Trained const& trained() {
  static Trained const mouse{saved_model()};
  return mouse;
}

}  // namespace

TEST_CASE("organism and recorder come back from a checkpoint as they were", "[io][reproducible]") {
  ScratchFolder const folder;
  RunPaths const paths{folder.path("run.h5")};
  trained().save(paths);
  Organism organism;
  Recorder recorder{saved_model()};
  restore_checkpoint(paths.checkpoint(), saved_model(), organism, recorder);
  CHECK(fingerprint_of(organism) == fingerprint_of(trained().organism));
  CHECK(fingerprint_of(recorder) == fingerprint_of(trained().recorder));
  CHECK(fingerprint_of(Recorder{saved_model()}) != fingerprint_of(recorder));
}

TEST_CASE("a restored organism lives on as the one that was saved", "[io][reproducible]") {
  ScratchFolder const folder;
  RunPaths const paths{folder.path("run.h5")};
  trained().save(paths);
  Trained restored{trained()};
  restored.organism = {};
  restore_checkpoint(paths.checkpoint(), saved_model(), restored.organism, restored.recorder);
  auto original = trained();
  for (auto* mouse : {&restored, &original}) {
    test::advance_until(mouse->organism, saved_model(), Tick{12 * kHour},
                        [&](StepReport const& report) { mouse->recorder.see(report, mouse->organism); });
  }
  CHECK(fingerprint_of(restored.organism) == fingerprint_of(original.organism));
  CHECK(fingerprint_of(restored.recorder) == fingerprint_of(original.recorder));
}

TEST_CASE("a checkpoint says whose it is, and what the results had", "[io]") {
  ScratchFolder const folder;
  RunPaths const paths{folder.path("run.h5")};
  CheckpointInfo info;
  info.config_sha256 = "abc";
  info.config_toml = "seed = 7\n";
  info.git_sha1 = git_revision();
  info.processor = "some";
  info.steps = 12;
  info.working_share = 0.25;
  info.rows = {{"/blood/time", 3}, {"/events/event", 0}};
  trained().save(paths, info);
  auto const read = read_checkpoint_info(paths.checkpoint());
  CHECK(read.config_toml == info.config_toml);
  CHECK(read.processor == "some");
  CHECK(read.time == Tick{2 * kHour});
  CHECK(read.steps == 12);
  CHECK(read.working_share == 0.25);
  CHECK(read.rows == info.rows);
  CHECK(find_checkpoint(paths, "abc").state == ExistingCheckpoint::usable);
  CHECK(find_checkpoint(paths, "def").state == ExistingCheckpoint::other_configuration);
}

TEST_CASE("a checkpoint of another program is told apart", "[io]") {
  ScratchFolder const folder;
  RunPaths const paths{folder.path("run.h5")};
  CheckpointInfo info;
  info.config_sha256 = "abc";
  info.git_sha1 = "0123456";
  trained().save(paths, info);
  CHECK(find_checkpoint(paths, "abc").state == ExistingCheckpoint::other_program);
}

TEST_CASE("a checkpoint that cannot be read now is not taken for one of another program", "[io]") {
  ScratchFolder const folder;
  RunPaths const paths{folder.path("run.h5")};
  auto file = H5File::create_behind(kSealBytes, paths.checkpoint().string());
  file.root().set_attribute("format_version", "1.1");  // and nothing else
  file.close();
  seal(paths.checkpoint(), "myoaxis checkpoint");
  CHECK_THROWS_AS(find_checkpoint(paths, "abc"), FileError);
  auto older = H5File::open_for_changing(paths.checkpoint().string());
  older.root().set_attribute("format_version", "0.9");
  older.close();
  seal(paths.checkpoint(), "myoaxis checkpoint");
  CHECK(find_checkpoint(paths, "abc").state == ExistingCheckpoint::other_program);
}

TEST_CASE("any flipped bit is noticed, and the checkpoint before is found", "[io]") {
  ScratchFolder const folder;
  RunPaths const paths{folder.path("run.h5")};
  CheckpointInfo info;
  info.config_sha256 = "abc";
  info.git_sha1 = git_revision();
  trained().save(paths, info);
  trained().save(paths, info);
  auto const size = fs::file_size(paths.checkpoint());
  for (std::uintmax_t place = 30; place < size; place += size / 40) {
    CAPTURE(place);
    auto const flip = [&] {
      std::fstream file{paths.checkpoint(), std::ios::binary | std::ios::in | std::ios::out};
      file.seekg(static_cast<std::streamoff>(place));
      auto const byte = static_cast<char>(file.get() ^ 4);
      file.seekp(static_cast<std::streamoff>(place));
      file.put(byte);
    };
    flip();
    CHECK(inspect_checkpoint(paths.checkpoint()) == CheckpointState::damaged);
    auto const found = find_checkpoint(paths, "abc");
    CHECK(found.path == paths.previous_checkpoint());
    CHECK(found.newer_is_damaged);
    flip();
  }
  CHECK(find_checkpoint(paths, "abc").path == paths.checkpoint());
}

TEST_CASE("a state of another model is refused", "[io]") {
  ScratchFolder const folder;
  RunPaths const paths{folder.path("run.h5")};
  trained().save(paths);
  Model const other{test::day_with_run({"factors=[\"bdnf\", \"il6\"]"})};
  Organism organism;
  Recorder recorder{other};
  CHECK_THROWS_AS(restore_checkpoint(paths.checkpoint(), other, organism, recorder), FileError);
}

TEST_CASE("an infusion that begins later gets a number of its own, and the others keep theirs", "[io]") {
  ScratchFolder const folder;
  RunPaths const paths{folder.path("run.h5")};
  trained().save(paths);
  auto experiment = saved_model().experiment;
  InterventionParams infusion;
  infusion.kind = InterventionKind::infuse;
  infusion.factor = "lactate";
  infusion.site = "vein";
  infusion.from = Tick{3 * kHour};
  infusion.to = Tick{4 * kHour};
  experiment.interventions.push_back(infusion);
  Model const other{experiment};
  Organism organism;
  Recorder recorder{other};
  restore_checkpoint(paths.checkpoint(), other, organism, recorder);
  for (std::size_t i = 0; i < other.factors.size(); ++i) {
    auto const& before = trained().organism.factors[i].load.field.ledger.released;
    auto const& after = organism.factors[i].load.field.ledger.released;
    auto const& now = other.factors[i].sources;
    auto const& then = saved_model().factors[i].sources;
    if (after.empty()) continue;
    REQUIRE(after.size() == now.size());
    for (std::size_t k = 0; k < now.size(); ++k) {
      auto const found =
          std::find_if(then.begin(), then.end(), [&](auto const& s) { return s.name == now[k].name; });
      CAPTURE(now[k].name);
      CHECK(after[k] == (found == then.end() ? 0 : before[static_cast<std::size_t>(found - then.begin())]));
    }
  }
  // The ledger still closes.
  CHECK_NOTHROW(test::advance_until(organism, other, Tick{5 * kHour}, [](StepReport const&) {}));
}

TEST_CASE("an infusion that another one replaces is not taken for it", "[io][conservation]") {
  ScratchFolder const folder;
  RunPaths const paths{folder.path("run.h5")};
  auto const infused = [](char const* site, double rate) {
    auto experiment = saved_model().experiment;
    for (auto const* factor : {"bdnf", "lactate"}) {
      InterventionParams infusion;
      infusion.kind = InterventionKind::infuse;
      infusion.factor = factor;
      infusion.site = site;
      infusion.rate = KilogramsPerSecond{rate};
      experiment.interventions.push_back(infusion);
    }
    return Model{experiment};
  };
  auto const there = infused("vein", 1e-15), here = infused("artery", 1e-15), none = infused("vein", 2e-15);
  Trained const mouse{there};
  CheckpointInfo info;
  info.state = fingerprint_of(mouse.organism);
  info.sources = source_names(there);
  save_checkpoint(paths.checkpoint(), paths.previous_checkpoint(), info, mouse.organism, mouse.recorder);
  for (auto const* model : {&there, &here, &none, &saved_model()}) {
    Organism organism;
    Recorder recorder{*model};
    restore_checkpoint(paths.checkpoint(), *model, organism, recorder);
    for (std::size_t i = 0; i < organism.factors.size(); ++i) {
      if (organism.factors[i].name.starts_with("kynuren")) continue;
      auto const& before = mouse.organism.factors[i].load;
      auto const& after = organism.factors[i].load;
      CAPTURE(organism.factors[i].name, model == &there);
      CHECK((after.cargo.ledger.initial > before.cargo.ledger.initial ||
             after.field.ledger.initial > before.field.ledger.initial) == (model != &there));
      CHECK(after.cargo.ledger.expected_content() == before.cargo.ledger.expected_content());
    }
    CHECK((fingerprint_of(organism) == fingerprint_of(mouse.organism)) == (model == &there));
    // Every ledger still closes.
    CHECK_NOTHROW(test::advance_until(organism, *model, Tick{4 * kHour}, [](StepReport const&) {}));
  }
}

TEST_CASE("a checkpoint that cannot be written leaves the one that was there", "[io]") {
  ScratchFolder const folder;
  RunPaths const paths{folder.path("run.h5")};
  trained().save(paths);
  fs::create_directory(RunPaths::fresh(paths.checkpoint()));
  CHECK_THROWS_AS(trained().save(paths), FileError);
  CHECK(inspect_checkpoint(paths.checkpoint()) == CheckpointState::whole);
  CHECK_FALSE(fs::exists(paths.previous_checkpoint()));
}

}  // namespace myoaxis
