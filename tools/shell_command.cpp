#include "tools/shell_command.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace myoaxis {
namespace {

/// What no shell gives a meaning to. A tilde has one at the beginning alone, but is rare enough.
bool is_plain(char letter) {
  constexpr std::string_view marks = "_-+=./:,@%";
  return std::isalnum(static_cast<unsigned char>(letter)) != 0 || marks.find(letter) != marks.npos;
}

/// Within single quotes nothing but the quote itself has a meaning.
std::string quoted(std::string const& argument) {
  if (!argument.empty() && std::ranges::all_of(argument, is_plain)) return argument;
  std::string text{"'"};
  for (auto const letter : argument) {
    if (letter == '\'')
      text.append("'\\''");
    else
      text.push_back(letter);
  }
  text.push_back('\'');
  return text;
}

}  // namespace

std::string shell_command(std::vector<std::string> const& arguments) {
  std::string command;
  for (auto const& argument : arguments) {
    if (!command.empty()) command.push_back(' ');
    command.append(quoted(argument));
  }
  return command;
}

}  // namespace myoaxis
