#include "io/report/markup.h"

#include <catch2/catch.hpp>

namespace myoaxis::report {

TEST_CASE("texts cannot become markup") {
  CHECK(escaped("<script>alert('a & \"b\"')</script>").text() ==
        "&lt;script&gt;alert(&#39;a &amp; &quot;b&quot;&#39;)&lt;/script&gt;");
  CHECK(element("p", {{"title", "\" onload=\"x"}}, "<b>").text() ==
        "<p title=\"&quot; onload=&quot;x\">&lt;b&gt;</p>");
}

TEST_CASE("characters of UTF-8 are kept, and bytes that are none are replaced") {
  CHECK(escaped("\u00B5mol \u2013 \U0001F9E0").text() == "\u00B5mol \u2013 \U0001F9E0");
  CHECK(escaped("a\xFFz").text() == "a\uFFFDz");
  CHECK(escaped("a\xC3").text() == "a\uFFFD");                      // cut off
  CHECK(escaped("\xC0\xBC").text() == "\uFFFD\uFFFD");              // '<' in two bytes
  CHECK(escaped("\xED\xA0\x80").text() == "\uFFFD\uFFFD\uFFFD");    // half of a surrogate pair
  CHECK(escaped("\xF4\x90\x80\x80").text().starts_with("\uFFFD"));  // beyond Unicode
}

TEST_CASE("control characters that HTML forbids are replaced, tabs and new lines are not") {
  CHECK(escaped(std::string_view{"a\0b", 3}).text() == "a\uFFFDb");
  CHECK(escaped("a\x1B[1mb").text() == "a\uFFFD[1mb");
  CHECK(escaped("a\tb\nc").text() == "a\tb\nc");
}

TEST_CASE("elements hold what they are given, once escaped") {
  CHECK(element("p", element("b", "a < b")).text() == "<p><b>a &lt; b</b></p>");
  CHECK(empty_element("line", {{"x1", "0"}}).text() == "<line x1=\"0\"/>");
  CHECK(joined({escaped("a"), escaped("b"), escaped("c")}, ", ").text() == "a, b, c");
}

}  // namespace myoaxis::report
