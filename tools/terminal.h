/// Texts on a terminal: how wide it is, and cutting or wrapping what is wider.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace myoaxis {

inline constexpr std::size_t kUnlimited = std::numeric_limits<std::size_t>::max();

/// Columns of the terminal that stdout is, or `kUnlimited` when it is a file or a pipe.
std::size_t stdout_columns();

/// The same of stderr.
std::size_t stderr_columns();

/// Lines of the terminal that stdout is, likewise.
std::size_t stdout_lines();

/// Columns that a UTF-8 text takes.
std::size_t text_columns(std::string_view text);

/// The text itself, or its beginning and "..." in `columns` columns.
std::string cut_text(std::string_view text, std::size_t columns);

/// The text in lines of at most `columns` columns, broken at spaces; a longer word has a line of its own.
std::vector<std::string> wrapped_text(std::string_view text, std::size_t columns);

}  // namespace myoaxis
