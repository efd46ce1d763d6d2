/// An estimation plot: every subject in every arm, joined by subject, over the differences to the reference
/// with their intervals (after Gardner and Altman 1986, Br. Med. J. 292:746).
#pragma once

#include "io/report/markup.h"
#include "io/report/study_data.h"

namespace myoaxis::report {

Markup estimation_chart(StudyRecord const& study, ComparedOutcome const& outcome);

}  // namespace myoaxis::report
