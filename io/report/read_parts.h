/// Parts of a results file that have no rows along time: identity, sessions, origins, receptors.
#pragma once

#include <vector>

#include "io/hdf5/reader.h"
#include "io/report/study_data.h"

namespace myoaxis::report {

void read_identity(H5Reader const& file, RunRecord& run);

/// In the order of the calendar; of a file without the group, none.
std::vector<SessionRecord> read_sessions(H5Reader const& file);

/// Whether the run sets out from a saved state ([start]), such as the baseline that arms of a batch share.
bool sets_out_from_state(H5Reader const& file);

/// From /attribution and the last row of /ledger and /ledger_fields.
void read_origins(H5Reader const& file, RunRecord& run);

/// From the first and the last snapshot of /niches.
void read_occupancies(H5Reader const& file, RunRecord& run);

}  // namespace myoaxis::report
