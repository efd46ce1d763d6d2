#include "io/report/page.h"

#include <catch2/catch.hpp>

#include "tests/support/text_parts.h"

namespace myoaxis::report {
using test::contains;

TEST_CASE("cells of a stacked table know the heading of their column") {
  std::vector<Column> const columns{{"outcome", ""}, {"mean <x>", "n"}};
  auto const stacked = table("a", columns, {{escaped("mood"), escaped("1")}}, OnPhones::stacked).text();
  CHECK(contains(stacked, "<td role=\"cell\" class=\"n\" data-label=\"mean &lt;x&gt;\">1</td>"));
  CHECK_FALSE(contains(table("a", columns, {{escaped("mood"), escaped("1")}}).text(), "data-label"));
}

TEST_CASE("the heading of a group of rows spans the table") {
  auto const text =
      grouped_table("a", {{"b", ""}, {"c", ""}}, {{escaped("Mood"), {{escaped("run"), escaped("1")}}}})
          .text();
  CHECK(contains(text, "<th colspan=\"2\" scope=\"rowgroup\" role=\"rowheader\">Mood</th>"));
}

TEST_CASE("the page escapes its title and links to every section") {
  auto const text = page("</title><script>", {}, {{"first", "One & all", paragraph("p")}});
  CHECK_FALSE(contains(text, "<script>"));
  CHECK(contains(text, "<title>&lt;/title&gt;&lt;script&gt;</title>"));
  CHECK(contains(text, "<a href=\"#first\">One &amp; all</a>"));
  CHECK(contains(text, "<section id=\"first\" aria-labelledby=\"first-title\">"));
  CHECK(contains(text.substr(0, 1024), std::string{kGenerator}));
}

}  // namespace myoaxis::report
