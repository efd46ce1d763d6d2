#include "io/validation/recorded_run.h"

#include <algorithm>

#include "core/contracts.h"
#include "io/hdf5/error.h"
#include "io/run/simulation.h"
#include "io/temporary_folder.h"

namespace myoaxis {
namespace {

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
  TemporaryFolder const folder{"validate"};
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
