#include "io/export/loop_layout.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>

namespace myoaxis {
namespace {

using Line = std::vector<VtkPoint>;
using Numbers = std::vector<std::size_t>;

constexpr double kWidth = 2000;            // from veins to arteries; the drawing has no unit
constexpr double kSpacing = 150;           // between beds
constexpr double kNetworkHeight = 600;     // of the row of a bed with a network
constexpr double kMargin = 0.04 * kWidth;  // between a network and its artery
constexpr double kNetworkEnd = 0.3 * kWidth;

bool is_bed(LoopCell const& cell) { return cell.kind == "bed"; }

/// The cells of each bed, or of each great vessel, in the order of the stream.
std::map<std::string, Numbers> loop_stretches(std::vector<LoopCell> const& cells) {
  std::map<std::string, Numbers> stretches;
  for (std::size_t i = 0; i < cells.size(); ++i) stretches[cells[i].stretch].push_back(i);
  return stretches;
}

/// Into which bed each of those drains that do not into the veins.
std::map<std::string, std::string> portals_of(std::vector<LoopCell> const& cells,
                                              std::vector<LoopPath> const& paths) {
  std::map<std::string, std::string> portals;
  for (auto const& [from, to] : paths) {
    auto const& target = cells[to].stretch;
    if (is_bed(cells[from]) && is_bed(cells[to]) && cells[from].stretch != target)
      portals[cells[from].stretch] = target;
  }
  return portals;
}

VtkPoint between(VtkPoint const& from, VtkPoint const& to, double share) {
  VtkPoint point{};
  for (std::size_t axis = 0; axis < 3; ++axis) point[axis] = from[axis] + share * (to[axis] - from[axis]);
  return point;
}

class LoopDrawing {
 public:
  LoopDrawing(std::vector<LoopCell> const& cells, std::vector<LoopPath> const& paths)
      : cells_{cells},
        paths_{paths},
        stretches_{loop_stretches(cells)},
        portals_{portals_of(cells, paths)},
        lines_(cells.size()) {}

  std::vector<Line> draw() {
    double y = -kSpacing;
    for (auto const& bed : rows_of_beds(cells_, paths_)) {
      auto const room = has_network(bed) ? kNetworkHeight : kSpacing;
      height_[bed] = y - room / 2;
      y -= room;
    }
    bottom_ = y + kSpacing / 2;
    for (auto const& [bed, height] : height_) draw_bed(bed);
    draw_great_vessels();
    return std::move(lines_);
  }

 private:
  bool has_network(std::string const& bed) const {
    auto const& numbers = stretches_.at(bed);
    return std::any_of(numbers.begin(), numbers.end(), [&](auto i) { return cells_[i].course.has_value(); });
  }

  /// Draws cells as equal pieces of the way from one point to another.
  void draw_in_series(std::span<std::size_t const> numbers, VtkPoint const& from, VtkPoint const& to) {
    auto const pieces = static_cast<double>(numbers.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      auto const piece = static_cast<double>(i);
      lines_[numbers[i]] = {between(from, to, piece / pieces), between(from, to, (piece + 1) / pieces)};
    }
  }

  Numbers const& great(std::string const& kind) const {
    static Numbers const none;
    auto const found = stretches_.find(kind);
    return found == stretches_.end() ? none : found->second;
  }

  void draw_great_vessels() {
    auto const third = kWidth / 3;
    std::span<std::size_t const> veins = great("veins"), arteries = great("arteries");
    auto const lowest = std::min(bottom_, -kSpacing);
    if (!veins.empty()) {
      auto const end = veins.size() == 1 ? 0.0 : -kSpacing;
      lines_[veins.front()] = {{0, lowest, 0}, {0, end, 0}};
      draw_in_series(veins.subspan(1), {0, end, 0}, {0, 0, 0});
    }
    if (!arteries.empty()) {
      auto const begin = arteries.size() == 1 ? 0.0 : -kSpacing;
      draw_in_series(arteries.first(arteries.size() - 1), {kWidth, 0, 0}, {kWidth, begin, 0});
      lines_[arteries.back()] = {{kWidth, begin, 0}, {kWidth, lowest, 0}};
    }
    draw_in_series(great("right_heart"), {0, 0, 0}, {third, 0, 0});
    draw_in_series(great("left_heart"), {2 * third, 0, 0}, {kWidth, 0, 0});
    draw_lungs(great("lungs"), {third, 0, 0}, {2 * third, 0, 0});
  }

  /// An arc above the heart.
  void draw_lungs(Numbers const& numbers, VtkPoint const& from, VtkPoint const& to) {
    constexpr int bends = 8;  // of each cell
    auto const radius = (to[0] - from[0]) / 2;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      for (int k = 0; k <= bends; ++k) {
        auto const share =
            (static_cast<double>(i) + static_cast<double>(k) / bends) / static_cast<double>(numbers.size());
        auto const angle = std::numbers::pi * (1 - share);
        lines_[numbers[i]].push_back(
            {from[0] + radius * (1 + std::cos(angle)), from[1] + radius * std::sin(angle), 0});
      }
    }
  }

  void draw_bed(std::string const& bed) {
    auto const y = height_.at(bed);
    auto const& numbers = stretches_.at(bed);
    auto const portal = portals_.find(bed);
    auto const end = portal == portals_.end() ? 0.0 : portal_entry(bed);
    if (has_network(bed)) {
      draw_network(numbers, {kWidth, y, 0}, {end, y, 0});
    } else if (takes_portal_blood(bed) && numbers.size() > 1) {
      // The first cell, which portal blood enters, is drawn long.
      lines_[numbers.front()] = {{kWidth, y, 0}, {kWidth / 2, y, 0}};
      draw_in_series(std::span{numbers}.subspan(1), {kWidth / 2, y, 0}, {end, y, 0});
    } else {
      draw_in_series(numbers, {kWidth, y, 0}, {end, y, 0});
    }
    if (portal != portals_.end()) lines_[numbers.back()].push_back({end, height_.at(portal->second), 0});
  }

  bool takes_portal_blood(std::string const& bed) const {
    return std::any_of(portals_.begin(), portals_.end(),
                       [&](auto const& each) { return each.second == bed; });
  }

  /// Where the blood of a bed turns up to the other: the lower its row, the nearer to the veins, so that no
  /// lines cross.
  double portal_entry(std::string const& bed) const {
    double before = 0, all = 0;
    for (auto const& [each, target] : portals_) {
      if (target != portals_.at(bed)) continue;
      ++all;
      before += height_.at(each) > height_.at(bed) ? 1 : 0;
    }
    return kWidth * (0.6 - 0.1 * before / all);
  }

  /// The frame around a network, and whether its blood flows to smaller x.
  struct Frame {
    VtkPoint low, high;
    bool flows_back = false;
  };

  Frame frame_of(Numbers const& numbers) const {
    constexpr auto far = std::numeric_limits<double>::max();
    Frame frame{{far, far, far}, {-far, -far, -far}};
    double onward = 0;
    for (auto const i : numbers) {
      if (!cells_[i].course) continue;
      auto const& [from, to] = *cells_[i].course;
      onward += to[0] - from[0];
      for (std::size_t axis = 0; axis < 3; ++axis) {
        frame.low[axis] = std::min({frame.low[axis], from[axis], to[axis]});
        frame.high[axis] = std::max({frame.high[axis], from[axis], to[axis]});
      }
    }
    frame.flows_back = onward < 0;
    return frame;
  }

  /// The network between its artery and the cells behind it, turned so that blood flows to the left.
  void draw_network(Numbers const& numbers, VtkPoint const& artery, VtkPoint const& vein) {
    auto const frame = frame_of(numbers);
    auto const begin = artery[0] - kMargin;
    auto const wide = std::max(frame.high[0] - frame.low[0], 1e-9);
    auto const high = std::max(frame.high[1] - frame.low[1], 1e-9);
    auto const scale = std::min((begin - kNetworkEnd) / wide, 0.8 * kNetworkHeight / high);
    auto const turn = frame.flows_back ? 1.0 : -1.0;  // half a turn about z otherwise
    auto const drawn = [&](VtkPoint const& place) -> VtkPoint {
      auto const to_edge = frame.flows_back ? frame.high[0] - place[0] : place[0] - frame.low[0];
      auto const off = [&](std::size_t axis) {
        return place[axis] - (frame.low[axis] + frame.high[axis]) / 2;
      };
      return {begin - scale * to_edge, artery[1] + turn * scale * off(1), scale * off(2)};
    };
    VtkPoint const junction{begin - scale * wide - kMargin, artery[1], 0};
    for (auto const i : numbers) {
      if (cells_[i].course) lines_[i] = {drawn(cells_[i].course->from), drawn(cells_[i].course->to)};
    }
    for (auto const& [from, to] : paths_) {
      auto const& bed = cells_[numbers.front()].stretch;
      if (cells_[from].kind == "arteries" && cells_[to].stretch == bed && cells_[to].course)
        lines_[to].insert(lines_[to].begin(), artery);
      if (cells_[from].stretch == bed && cells_[from].course && !cells_[to].course &&
          lines_[from].back() != junction)
        lines_[from].push_back(junction);
    }
    Numbers behind;
    for (auto const i : numbers) {
      if (!cells_[i].course) behind.push_back(i);
    }
    draw_in_series(behind, junction, vein);
  }

  std::vector<LoopCell> const& cells_;
  std::vector<LoopPath> const& paths_;
  std::map<std::string, Numbers> stretches_;
  std::map<std::string, std::string> portals_;
  std::map<std::string, double> height_;  // y of each bed
  double bottom_ = 0;
  std::vector<Line> lines_;
};

}  // namespace

std::vector<std::string> rows_of_beds(std::vector<LoopCell> const& cells,
                                      std::vector<LoopPath> const& paths) {
  auto const portals = portals_of(cells, paths);
  std::vector<std::string> beds;
  for (auto const& cell : cells) {
    if (is_bed(cell) && !portals.contains(cell.stretch) &&
        std::ranges::find(beds, cell.stretch) == beds.end())
      beds.push_back(cell.stretch);
  }
  for (auto const& [bed, target] : portals) {
    auto const above = std::ranges::find(beds, target);
    beds.insert(above == beds.end() ? above : std::next(above), bed);
  }
  return beds;
}

std::vector<std::vector<VtkPoint>> loop_of_vessels(std::vector<LoopCell> const& cells,
                                                   std::vector<LoopPath> const& paths) {
  return LoopDrawing{cells, paths}.draw();
}

}  // namespace myoaxis
