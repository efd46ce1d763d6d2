/// The HTML page: sections, figures of panels with their caption, tables, and the whole with its style sheet.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/report/markup.h"

namespace myoaxis::report {

struct Section {
  std::string id;
  std::string title;
  Markup body;
};

/// Panels side by side as the width allows, and below them what they show: n, bands, what to see.
Markup figure(std::vector<Markup> const& panels, Markup const& caption);
Markup figure(std::vector<Markup> const& panels, std::string_view caption);

struct Column {
  std::string heading;
  std::string css;  // "n" for numbers
};
/// What becomes of a table on a narrow screen: it scrolls within the page, or each row becomes a block whose
/// cells stand below one another, each with the heading of its column.
enum class OnPhones { scrolled, stacked };
/// The first cell of a row is its heading.
Markup table(std::string_view caption, std::vector<Column> const& columns,
             std::vector<std::vector<Markup>> const& rows, OnPhones on_phones = OnPhones::scrolled);

/// Rows that share a heading of their own over the whole width.
struct RowGroup {
  Markup heading;
  std::vector<std::vector<Markup>> rows;
};
Markup grouped_table(std::string_view caption, std::vector<Column> const& columns,
                     std::vector<RowGroup> const& groups, OnPhones on_phones = OnPhones::scrolled);

/// What is folded away on the screen, and printed.
Markup folded(std::string_view summary, Markup const& inside);

Markup paragraph(std::string_view text, std::string_view css = "");

/// The document. Deterministic: nothing but what it is given.
std::string page(std::string const& title, Markup const& lead, std::vector<Section> const& sections);

/// Stands in the head of every report, so that one may be replaced by another.
inline constexpr std::string_view kGenerator = "<meta name=\"generator\" content=\"myoaxis report\">";

/// The style sheet: for screens light and dark, phones, and paper.
std::string_view style_sheet();

}  // namespace myoaxis::report
