/// The whole report of a study, and the file it is written to.
#pragma once

#include <stdexcept>
#include <string>

#include "io/report/study_data.h"

namespace myoaxis::report {

/// One HTML page that needs nothing else. The same study gives the same bytes.
std::string report_page(StudyRecord const& study);

enum class OtherFiles { refused, replaced };

/// The path names a file that no report wrote, or a folder.
class OccupiedPath : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Throws OccupiedPath when the report may not be written to `path`: a folder, or a file that is no report
/// (without kGenerator in its head) unless it may be `replaced`.
void check_report_path(std::string const& path, OtherFiles others);

/// Writes the page aside and renames it. Throws FileError.
void write_report(std::string const& page, std::string const& path);

}  // namespace myoaxis::report
