/// A command as a shell reads it back.
#pragma once

#include <string>
#include <vector>

namespace myoaxis {

/// The arguments with spaces between them; those that a shell would take apart or change in single quotes.
std::string shell_command(std::vector<std::string> const& arguments);

}  // namespace myoaxis
