/// Texts as a shell reads them back.
#pragma once

#include <string>
#include <vector>

namespace myoaxis {

/// A text as one word: as it is, or in single quotes where a shell would take it apart or change it.
std::string shell_word(std::string const& text);

/// The arguments as words, with spaces between them.
std::string shell_command(std::vector<std::string> const& arguments);

}  // namespace myoaxis
