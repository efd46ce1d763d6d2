#include "io/report/page.h"

#include "core/contracts.h"

namespace myoaxis::report {
namespace {

/// Roles are given, since a stacked table is none to a browser.
Markup row_of(std::vector<Markup> const& row, std::vector<Column> const& columns, OnPhones on_phones) {
  EXPECTS(row.size() == columns.size());
  Markup cells;
  for (std::size_t i = 0; i < row.size(); ++i) {
    Attributes attributes{{"role", i == 0 ? "rowheader" : "cell"}};
    if (!columns[i].css.empty()) attributes.push_back({"class", columns[i].css});
    if (i == 0) attributes.push_back({"scope", "row"});
    if (i > 0 && on_phones == OnPhones::stacked) attributes.push_back({"data-label", columns[i].heading});
    cells += element(i == 0 ? "th" : "td", attributes, row[i]);
  }
  return element("tr", {{"role", "row"}}, cells);
}

Markup framed(std::string_view caption, std::vector<Column> const& columns, Markup const& bodies,
              OnPhones on_phones) {
  Markup head;
  for (auto const& column : columns) {
    Attributes attributes{{"scope", "col"}, {"role", "columnheader"}};
    if (!column.css.empty()) attributes.push_back({"class", column.css});
    head += element("th", attributes, column.heading);
  }
  auto const whole =
      element("table", {{"role", "table"}},
              element("caption", caption) +
                  element("thead", {{"role", "rowgroup"}}, element("tr", {{"role", "row"}}, head)) + bodies);
  return element("div",
                 {{"class", on_phones == OnPhones::stacked ? "scroll stack" : "scroll"},
                  {"tabindex", "0"},
                  {"role", "region"},
                  {"aria-label", std::string{caption}}},
                 whole);
}

}  // namespace

Markup figure(std::vector<Markup> const& panels, Markup const& caption) {
  Markup inside;
  for (auto const& panel : panels) inside += element("div", {{"class", "panel"}}, panel);
  return element("figure", element("div", {{"class", "panels"}}, inside) + element("figcaption", caption));
}

Markup figure(std::vector<Markup> const& panels, std::string_view caption) {
  return figure(panels, escaped(caption));
}

Markup table(std::string_view caption, std::vector<Column> const& columns,
             std::vector<std::vector<Markup>> const& rows, OnPhones on_phones) {
  Markup body;
  for (auto const& row : rows) body += row_of(row, columns, on_phones);
  return framed(caption, columns, element("tbody", {{"role", "rowgroup"}}, body), on_phones);
}

Markup grouped_table(std::string_view caption, std::vector<Column> const& columns,
                     std::vector<RowGroup> const& groups, OnPhones on_phones) {
  Markup bodies;
  for (auto const& group : groups) {
    auto body = element(
        "tr", {{"class", "gh"}, {"role", "row"}},
        element("th",
                {{"colspan", std::to_string(columns.size())}, {"scope", "rowgroup"}, {"role", "rowheader"}},
                group.heading));
    for (auto const& row : group.rows) body += row_of(row, columns, on_phones);
    bodies += element("tbody", {{"role", "rowgroup"}}, body);
  }
  return framed(caption, columns, bodies, on_phones);
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
