#include "tools/shell_command.h"

#include <string_view>

namespace myoaxis {

std::string shell_word(std::string const& text) {
  constexpr std::string_view plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+=/.,:@%";
  if (!text.empty() && text.find_first_not_of(plain) == text.npos) return text;
  std::string word = "'";
  for (auto const letter : text) word += letter == '\'' ? "'\\''" : std::string(1, letter);
  return word + '\'';
}

std::string shell_command(std::vector<std::string> const& arguments) {
  std::string command;
  for (auto const& argument : arguments) {
    if (!command.empty()) command.push_back(' ');
    command.append(shell_word(argument));
  }
  return command;
}

}  // namespace myoaxis
