/// Words that several sections share.
#pragma once

#include <string>
#include <vector>

#include "io/report/study_data.h"

namespace myoaxis::report {

/// "BDNF", "IL6", "irisin", "kynurenic acid" of a factor's name in files.
std::string factor_text(std::string const& name);
/// "progenitor", "active stem" of a name with underscores.
std::string spaced(std::string name);
/// "Interleukin-6" of "interleukin-6 in plasma": what comes before " in ", with a capital.
std::string subject_of(std::string const& meaning);
/// The first letter as a capital.
std::string capitalized(std::string text);

/// The names without the parts behind commas, from the end, that all of them share: "Endurance" and "Rest" of
/// "Endurance, 12 weeks, mouse" and "Rest, 12 weeks, mouse". A single name stays whole.
std::vector<std::string> without_common_tail(std::vector<std::string> names);

/// "n = 3 subjects in each arm", or "n = 2 to 5 subjects an arm".
std::string n_text(StudyRecord const& study);

/// A setting without the quotes of TOML; how far it reaches, where it varies between the subjects of the arm;
/// empty when it is not set.
std::string setting(ArmRecord const& arm, std::string const& key);

/// Arms without the reference, in their order.
std::vector<ArmRecord const*> other_arms(StudyRecord const& study);

/// "drug, point 1, beside rest, point 1" where an arm is compared to another one than the study's reference;
/// else its name.
std::string contrast_name(StudyRecord const& study, ArmRecord const& arm);
/// A sentence that says so where there are such arms; else empty.
std::string scan_text(StudyRecord const& study);

ComparedOutcome const* find_outcome(StudyRecord const& study, std::string const& name);

/// What a reader asks for first, as far as the runs have it: outcomes with a heading.
struct KeyOutcome {
  std::string name, heading;
};
std::vector<KeyOutcome> key_outcomes();
/// The heading of a key outcome; of another one its meaning, or its name when it has none.
std::string heading_of_outcome(std::string const& name, std::string const& meaning);

}  // namespace myoaxis::report
