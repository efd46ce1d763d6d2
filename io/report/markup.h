/// Pieces of HTML or SVG that are well-formed by construction: text gets in only through `escaped`.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace myoaxis::report {

/// Markup that is ready for the page.
class Markup {
 public:
  Markup() = default;
  std::string const& text() const { return text_; }
  bool empty() const { return text_.empty(); }
  Markup& operator+=(Markup const& other) {
    text_ += other.text_;
    return *this;
  }
  friend Markup operator+(Markup left, Markup const& right) { return left += right; }

  /// Takes `text` as it is. For what this program itself has put together, never for texts of files.
  static Markup trusted(std::string text) {
    Markup markup;
    markup.text_ = std::move(text);
    return markup;
  }

 private:
  std::string text_;
};

/// Text as content or as the value of an attribute. Control characters that HTML forbids, and bytes that are
/// no UTF-8, become the replacement character.
Markup escaped(std::string_view text);

/// Names and values of attributes; values are escaped.
using Attributes = std::vector<std::pair<std::string, std::string>>;

/// <name attributes>inside</name>
Markup element(std::string_view name, Attributes const& attributes, Markup const& inside);
Markup element(std::string_view name, Markup const& inside);
/// The same around a text.
Markup element(std::string_view name, Attributes const& attributes, std::string_view text);
Markup element(std::string_view name, std::string_view text);
/// <name attributes/>, which SVG takes for an element without content.
Markup empty_element(std::string_view name, Attributes const& attributes);

/// All pieces, one after another.
Markup joined(std::vector<Markup> const& pieces, std::string_view between = "");

}  // namespace myoaxis::report
