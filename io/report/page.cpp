#include "io/report/page.h"

#include "core/contracts.h"

namespace myoaxis::report {

Markup figure(std::vector<Markup> const& panels, Markup const& caption) {
  Markup inside;
  for (auto const& panel : panels) inside += element("div", {{"class", "panel"}}, panel);
  return element("figure", element("div", {{"class", "panels"}}, inside) + element("figcaption", caption));
}

Markup figure(std::vector<Markup> const& panels, std::string_view caption) {
  return figure(panels, escaped(caption));
}

Markup table(std::string_view caption, std::vector<Column> const& columns,
             std::vector<std::vector<Markup>> const& rows) {
  Markup head, body;
  for (auto const& column : columns)
    head += element("th", {{"scope", "col"}, {"class", column.css}}, column.heading);
  for (auto const& row : rows) {
    EXPECTS(row.size() == columns.size());
    Markup cells;
    for (std::size_t i = 0; i < row.size(); ++i) {
      Attributes attributes{{"class", columns[i].css}};
      if (i == 0) attributes.push_back({"scope", "row"});
      cells += element(i == 0 ? "th" : "td", attributes, row[i]);
    }
    body += element("tr", cells);
  }
  auto const whole = element(
      "table", element("caption", caption) + element("thead", element("tr", head)) + element("tbody", body));
  return element(
      "div",
      {{"class", "scroll"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", std::string{caption}}},
      whole);
}

Markup folded(std::string_view summary, Markup const& inside) {
  return element("details", element("summary", summary) + inside);
}

Markup paragraph(std::string_view text, std::string_view css) {
  if (css.empty()) return element("p", text);
  return element("p", {{"class", std::string{css}}}, text);
}

std::string page(std::string const& title, Markup const& lead, std::vector<Section> const& sections) {
  Markup contents, body;
  for (auto const& section : sections) {
    contents += element("li", element("a", {{"href", "#" + section.id}}, section.title));
    body += element("section", {{"id", section.id}, {"aria-labelledby", section.id + "-title"}},
                    element("h2", {{"id", section.id + "-title"}}, section.title) + section.body);
  }
  std::string text = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  text += kGenerator;
  text +=
      "\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<link rel=\"icon\" href=\"data:,\">\n";
  text += element("title", title).text();
  text += "\n<style>\n";
  text += style_sheet();
  text += "</style>\n</head>\n<body>\n";
  text += element("header", element("h1", title) + lead).text();
  text += '\n';
  text += element("nav", {{"aria-label", "Contents"}}, element("ol", contents)).text();
  text += "\n<main>\n" + body.text() + "\n</main>\n</body>\n</html>\n";
  return text;
}

}  // namespace myoaxis::report
