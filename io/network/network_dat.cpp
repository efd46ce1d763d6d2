#include "io/network/network_dat.h"

#include <fmt/core.h>

#include <charconv>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "io/config/diagnostics.h"
#include "io/network/numbered_lines.h"

namespace myoaxis {
namespace {

constexpr double kMicrometer = 1e-6;

struct SegmentLine {
  unsigned line;
  std::int64_t name, type, from, to;
  double diameter;  // um
};
struct NodeLine {
  unsigned line;
  std::int64_t name;
  std::array<double, 3> position;  // um
};
struct BoundaryLine {
  unsigned line;
  std::int64_t node, type;
  double value, hematocrit;
};

/// The file's tables, with the line of each entry.
struct Tables {
  std::string title;
  std::vector<SegmentLine> segments;
  std::vector<NodeLine> nodes;
  std::vector<BoundaryLine> boundaries;
};

class TableReader {
 public:
  explicit TableReader(NumberedLines lines) : lines_{std::move(lines)} {}

  Tables read() {
    Tables tables;
    auto const title = lines_.text();
    if (!title) lines_.fail(1, 1, "the file is empty (its first line is a title)");
    tables.title = printable(*title, 200);
    numbers(3, "dimensions of the box");
    numbers(3, "numbers of tissue points");
    numbers(1, "outer bound distance");
    numbers(1, "maximal segment length");
    numbers(1, "maximal number of segments at a node");
    table("segments", 5, [&](FieldLine const& line) {
      tables.segments.push_back({line.number, lines_.whole(line, 0, "name of the segment"),
                                 lines_.whole(line, 1, "type of the segment"),
                                 lines_.whole(line, 2, "node that the segment begins at"),
                                 lines_.whole(line, 3, "node that the segment ends at"),
                                 lines_.real(line, 4, "diameter of the segment")});
    });
    table("nodes", 4, [&](FieldLine const& line) {
      tables.nodes.push_back({line.number,
                              lines_.whole(line, 0, "name of the node"),
                              {lines_.real(line, 1, "x coordinate"), lines_.real(line, 2, "y coordinate"),
                               lines_.real(line, 3, "z coordinate")}});
    });
    table("boundary nodes", 4, [&](FieldLine const& line) {
      tables.boundaries.push_back({line.number, lines_.whole(line, 0, "name of the boundary node"),
                                   lines_.whole(line, 1, "type of the boundary"),
                                   lines_.real(line, 2, "pressure or flow"),
                                   lines_.real(line, 3, "hematocrit")});
    });
    return tables;
  }

 private:
  FieldLine expect_line(std::string_view what) {
    auto line = lines_.next();
    if (!line)
      lines_.fail(std::max(1u, lines_.number()), 1, fmt::format("the file ends before the {}", what));
    return std::move(*line);
  }

  void numbers(std::size_t count, std::string_view what) {
    auto const line = expect_line(what);
    for (std::size_t i = 0; i < count; ++i) lines_.real(line, i, what);
  }

  /// Whether the line could be an entry of a table: numbers alone in its first `fields`.
  static bool is_entry(FieldLine const& line, std::size_t fields) {
    if (line.fields.size() < fields) return false;
    for (std::size_t i = 0; i < fields; ++i) {
      if (!read_real(line.fields[i].text)) return false;
    }
    return true;
  }

  /// Whether the field is no number at all: not even one that is not finite.
  static bool is_word(FieldLine const& line, std::size_t field) {
    if (field >= line.fields.size()) return false;
    auto const& text = line.fields[field].text;
    double ignored = 0;
    return std::from_chars(text.data(), text.data() + text.size(), ignored).ec ==
               std::errc::invalid_argument &&
           !read_real(text);
  }

  template <class Entry>
  void table(std::string_view what, std::size_t fields, Entry&& entry) {
    auto const counted = expect_line(fmt::format("number of {}", what));
    auto const count = lines_.whole(counted, 0, fmt::format("number of {}", what));
    if (count < 1)
      lines_.fail(counted.number, counted.fields[0].column,
                  fmt::format("{} {} (a network has at least one)", count, what));
    auto header = expect_line(fmt::format("table of {}", what));
    if (is_entry(header, fields)) lines_.put_back(std::move(header));
    for (std::int64_t i = 0; i < count; ++i) {
      auto const line = lines_.next();
      if (!line)
        lines_.fail(std::max(1u, lines_.number()), 1,
                    fmt::format("the file ends after {} of the {} {} that line {} announces", i, count, what,
                                counted.number));
      if (i > 0 && (is_word(*line, 0) || is_word(*line, 1)))
        lines_.fail(
            line->number, 1,
            fmt::format("'{}' begins no entry, after {} of the {} {} that line {} announces (does the "
                        "number fit?)",
                        printable(line->fields[0].text), i, count, what, counted.number));
      entry(*line);
    }
    auto after = lines_.next();
    if (!after) return;
    if (is_entry(*after, fields))
      lines_.fail(
          after->number, 1,
          fmt::format("there are more {} than the {} that line {} announces", what, count, counted.number));
    lines_.put_back(std::move(*after));
  }

  NumberedLines lines_;
};

bool carries_flow(SegmentLine const& segment) { return segment.type == 4 || segment.type == 5; }

/// Makes a network of the tables; keeps the line of each of its items, for what is wrong with them.
class Builder {
 public:
  Builder(std::string const& path, Tables const& tables) : path_{path}, tables_{tables} {}

  MeasuredNetwork build() {
    list_nodes();
    touch_nodes();
    add_nodes();
    add_segments();
    add_boundaries();
    close_ends();
    problems_.throw_if_any();
    for (auto const& fault : faults_of(result_.network)) problem(line_of(fault), fault.message);
    problems_.throw_if_any();
    result_.title = tables_.title;
    return std::move(result_);
  }

 private:
  struct Touch {
    std::size_t flowing = 0, ignored = 0;
    bool boundary = false;
    std::uint32_t index = 0;  // in the network
  };

  void problem(unsigned line, std::string message) {
    constexpr std::size_t most = 20;
    if (problems_.problems().size() < most) problems_.add({path_, line, 1}, std::move(message));
  }

  unsigned line_of(NetworkFault const& fault) const {
    switch (fault.item) {
      case NetworkFault::Item::node:
        return node_lines_[fault.index];
      case NetworkFault::Item::segment:
        return segment_lines_[fault.index];
      case NetworkFault::Item::boundary:
        break;
    }
    return boundary_lines_[fault.index];
  }

  void list_nodes() {
    for (auto const& node : tables_.nodes) {
      auto const [at, added] = first_line_.try_emplace(node.name, node.line);
      if (!added)
        problem(node.line,
                fmt::format("two nodes are called '{}' (the first in line {}; a name stands for one)",
                            node.name, at->second));
      touched_.try_emplace(node.name);
    }
    problems_.throw_if_any();
  }

  void touch_nodes() {
    for (auto const& segment : tables_.segments) {
      if (carries_flow(segment) && segment.from == segment.to)
        problem(segment.line, fmt::format("segment '{}' begins and ends at node '{}' (the ends must differ)",
                                          segment.name, segment.from));
      for (auto const end : {segment.from, segment.to}) {
        auto const at = touched_.find(end);
        if (at != touched_.end())
          ++(carries_flow(segment) ? at->second.flowing : at->second.ignored);
        else if (carries_flow(segment))
          problem(segment.line,
                  fmt::format("segment '{}' ends at node '{}', which is not in the list of nodes",
                              segment.name, end));
      }
    }
    problems_.throw_if_any();
  }

  void add_nodes() {
    for (auto const& node : tables_.nodes) {
      auto& touch = touched_.at(node.name);
      if (touch.flowing == 0) {
        ++result_.ignored_nodes;
        continue;
      }
      touch.index = static_cast<std::uint32_t>(result_.network.nodes.size());
      VesselNode added{std::to_string(node.name), {}};
      for (std::size_t axis = 0; axis < 3; ++axis)
        added.position[axis] = Meters{node.position[axis] * kMicrometer};
      result_.network.nodes.push_back(std::move(added));
      node_lines_.push_back(node.line);
    }
  }

  void add_segments() {
    auto const& nodes = result_.network.nodes;
    for (auto const& segment : tables_.segments) {
      if (!carries_flow(segment)) {
        ++result_.ignored_segments;
        continue;
      }
      auto const from = touched_.at(segment.from).index;
      auto const to = touched_.at(segment.to).index;
      auto const span = [&](std::size_t axis) {
        return nodes[to].position[axis].value() - nodes[from].position[axis].value();
      };
      result_.network.segments.push_back({std::to_string(segment.name), VesselNodeId{from}, VesselNodeId{to},
                                          Meters{segment.diameter * kMicrometer},
                                          Meters{std::hypot(span(0), span(1), span(2))}});
      segment_lines_.push_back(segment.line);
    }
    if (result_.network.segments.empty())
      problem(tables_.segments.front().line, "no segment is of type 4 or 5, so nothing carries flow");
  }

  void add_boundaries() {
    for (auto const& boundary : tables_.boundaries) {
      auto const at = touched_.find(boundary.node);
      if (at == touched_.end()) {
        problem(boundary.line, fmt::format("boundary node '{}' is not in the list of nodes", boundary.node));
        continue;
      }
      if (boundary.type != 0 && boundary.type != 2) {
        problem(
            boundary.line,
            fmt::format("the boundary at node '{}' is of type {} (0, a pressure in mmHg, and 2, a flow in "
                        "nl/min, are allowed)",
                        boundary.node, boundary.type));
        continue;
      }
      if (at->second.flowing == 0) {
        ++result_.ignored_boundaries;
        if (at->second.ignored == 0)
          problem(boundary.line,
                  fmt::format("boundary node '{}' touches no segment (join it to one, or remove the "
                              "boundary)",
                              boundary.node));
        continue;
      }
      at->second.boundary = true;
      VesselBoundary added{VesselNodeId{at->second.index}, {}, Fraction{boundary.hematocrit}};
      if (boundary.type == 0)
        added.condition = Pascals{boundary.value * kMillimeterOfMercury};
      else
        added.condition = CubicMetersPerSecond{boundary.value * kNanoliterPerMinute};
      result_.network.boundaries.push_back(added);
      boundary_lines_.push_back(boundary.line);
    }
  }

  /// Where all but one segment of a node are left out, blood neither enters nor leaves.
  void close_ends() {
    for (auto const& node : tables_.nodes) {
      auto const& touch = touched_.at(node.name);
      if (touch.flowing != 1 || touch.ignored == 0 || touch.boundary) continue;
      result_.network.boundaries.push_back({VesselNodeId{touch.index}, CubicMetersPerSecond{0}, Fraction{0}});
      boundary_lines_.push_back(node.line);
      ++result_.closed_ends;
    }
  }

  std::string const& path_;
  Tables const& tables_;
  Diagnostics problems_;
  MeasuredNetwork result_;
  std::unordered_map<std::int64_t, unsigned> first_line_;
  std::unordered_map<std::int64_t, Touch> touched_;
  std::vector<unsigned> node_lines_, segment_lines_, boundary_lines_;
};

}  // namespace

MeasuredNetwork read_network_dat(std::string const& path) {
  auto const tables = TableReader{NumberedLines{path}}.read();
  return Builder{path, tables}.build();
}

MeasuredNetwork parse_network_dat(std::string const& name, std::string const& text) {
  auto const tables = TableReader{NumberedLines{name, text}}.read();
  return Builder{name, tables}.build();
}

}  // namespace myoaxis
