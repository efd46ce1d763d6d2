#include "tools/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <sstream>

namespace myoaxis {
namespace {

/// UTF-8 continues a letter in bytes of the form 10xxxxxx.
bool begins_letter(char byte) { return (static_cast<unsigned char>(byte) & 0xc0u) != 0x80u; }

std::size_t columns_of(int stream) {
  winsize size{};
  if (ioctl(stream, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kUnlimited;
  return size.ws_col;
}

}  // namespace

std::size_t stdout_columns() { return columns_of(STDOUT_FILENO); }
std::size_t stderr_columns() { return columns_of(STDERR_FILENO); }

std::size_t stdout_lines() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0) return kUnlimited;
  return size.ws_row;
}

std::size_t text_columns(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_letter));
}

std::string cut_text(std::string_view text, std::size_t columns) {
  constexpr std::string_view ellipsis = "...";
  if (text_columns(text) <= columns) return std::string{text};
  auto const kept = columns > ellipsis.size() ? columns - ellipsis.size() : 0;
  std::size_t end = 0;
  for (std::size_t letters = 0; end < text.size(); ++end) {
    if (begins_letter(text[end]) && ++letters > kept) break;
  }
  return std::string{text.substr(0, end)} + std::string{ellipsis.substr(0, columns)};
}

std::vector<std::string> wrapped_text(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines{""};
  std::istringstream words{std::string{text}};
  for (std::string word; words >> word;) {
    auto& line = lines.back();
    if (line.empty())
      line = word;
    else if (text_columns(line) + 1 + text_columns(word) <= columns)
      line += ' ' + word;
    else
      lines.push_back(word);
  }
  return lines;
}

}  // namespace myoaxis
