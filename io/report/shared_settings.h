/// What the configurations of an arm's runs have in common, and what varies between its subjects.
#pragma once

#include <string>
#include <vector>

#include "io/config/settings.h"
#include "io/report/study_data.h"

namespace myoaxis::report {

struct SharedSettings {
  Settings shared;   // that all runs have, with the same value
  Settings varying;  // the others: how far they reach, in words
};

/// Of subjects that differ, the values of one are not those of their arm. Ranges are in the unit that
/// `parameters` have theirs in, where it is known; a batch writes base units.
SharedSettings shared_settings(std::vector<Settings const*> const& runs,
                               std::vector<ParameterRecord> const& parameters);

/// Whether a setting varies between the subjects of any arm. Then arms differ in it by who is in them.
bool varies(StudyRecord const& study, std::string const& key);

/// Shows parameters that vary between subjects as that: those of the reference, else of another arm.
void mark_varying(StudyRecord& study);

}  // namespace myoaxis::report
