/// The sections of a report, in the order in which they stand on its page.
#pragma once

#include <string>

#include "io/report/page.h"
#include "io/report/study_data.h"

namespace myoaxis::report {

Section summary_section(StudyRecord const& study);
Section question_section(StudyRecord const& study);
Section training_section(StudyRecord const& study);
Section blood_section(StudyRecord const& study);
Section origin_section(StudyRecord const& study);
Section receptor_section(StudyRecord const& study);
Section hippocampus_section(StudyRecord const& study);
Section brain_section(StudyRecord const& study);
Section difference_section(StudyRecord const& study);
Section evidence_section(StudyRecord const& study);
Section provenance_section(StudyRecord const& study);

}  // namespace myoaxis::report
