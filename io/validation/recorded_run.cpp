#include "io/validation/recorded_run.h"

#include <stdlib.h>  // mkdtemp

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "core/contracts.h"
#include "io/hdf5/error.h"
#include "io/run/simulation.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

/// A folder of its own that goes with its owner.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::error_code error;
    auto const place = fs::temp_directory_path(error);
    if (error) {
      auto const* named = std::getenv("TMPDIR");
      throw FileError{named == nullptr ? "/tmp" : named, error.message(),
                      "name a folder for temporary files with TMPDIR"};
    }
    auto pattern = (place / "myoaxis-validate-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) {
      throw FileError{pattern, std::strerror(errno), "name another folder for temporary files with TMPDIR"};
    }
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(TemporaryFolder const&) = delete;
  TemporaryFolder& operator=(TemporaryFolder const&) = delete;
  fs::path operator/(char const* name) const { return path_ / name; }

 private:
  fs::path path_;
};

/// The second after the last time at which an assay reads: blood that is drawn then needs one step more.
/// Nothing when more than assays is read.
std::optional<Tick> last_needed(Experiment const& experiment, std::span<NumberAddress const> wanted) {
  auto const of_assay = [](NumberAddress const& address) { return !address.assay.empty(); };
  if (!std::all_of(wanted.begin(), wanted.end(), of_assay)) return {};
  Tick last{-experiment.schedule.baseline};
  for (auto const& assay : experiment.assays) {
    if (!assay.readings.empty()) last = std::max(last, assay.readings.back());
  }
  return last + 1;
}

}  // namespace

RecordedRun::RecordedRun(LoadedExperiment const& loaded, PropagatorStore* store,
                         std::span<NumberAddress const> wanted) {
  TemporaryFolder const folder;
  auto const results = folder / "results.h5";
  Model const model{loaded.experiment, store};
  simulate(loaded, model, start_anew(model),
           {{results}, last_needed(loaded.experiment, wanted), "myoaxis validate"});
  auto const file = H5Reader::open(results.string());
  for (auto const& address : wanted) {
    Entry entry{address, {}, {}};
    try {
      entry.number = read_number(file, address, model.end());
    } catch (NoSuchNumber const& error) {
      entry.error = error.what();
    }
    entries_.push_back(std::move(entry));
  }
}

UnitNumber RecordedRun::read(NumberAddress const& address) const {
  auto const found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](Entry const& entry) { return entry.address == address; });
  EXPECTS(found != entries_.end());
  if (!found->number) throw NoSuchNumber{found->error};
  return *found->number;
}

}  // namespace myoaxis
