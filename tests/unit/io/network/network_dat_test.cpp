#include "io/network/network_dat.h"

#include <catch2/catch.hpp>
#include <ctime>
#include <regex>
#include <string>
#include <vector>

#include "core/hemodynamics/blood_flow.h"
#include "io/config/diagnostics.h"
#include "tests/unit/io/config/temporary_folder.h"

using namespace myoaxis;

namespace {

std::string const kSound =
    "A fork\n"            // 1
    "100 100 100  box\n"  // 2
    "10 10 10\n"          // 3
    "100.\n"              // 4
    "10.\n"               // 5
    "4\n"                 // 6
    "3 segments\n"        // 7
    "name type from to diam flow hem\n"
    "1 5 1 2 10. 0. 0.4\n"  // 9
    "2 5 2 3 8. 0. 0.4\n"   // 10
    "3 4 2 4 8. 0. 0.4\n"   // 11
    "4 nodes\n"             // 12
    "name x y z\n"
    "1 0 0 0\n"      // 14
    "2 100 0 0\n"    // 15
    "3 160 80 0\n"   // 16
    "4 160 -80 0\n"  // 17
    "3 boundary nodes\n"
    "node type press/flow HD PO2\n"
    "1 0 30. 0.4 95.\n"   // 20
    "3 0 10. 0.4 95.\n"   // 21
    "4 2 -1. 0.4 95.\n";  // 22

std::string replaced(std::string const& text, std::string const& from, std::string const& to) {
  auto result = text;
  auto const at = result.find(from);
  REQUIRE(at != std::string::npos);
  return result.replace(at, from.size(), to);
}

MeasuredNetwork read_network(std::string const& text) {
  test::TemporaryFolder folder;
  return read_network_dat(folder.write("network.dat", text).string());
}

std::string refusal(std::string const& text) {
  try {
    read_network(text);
  } catch (ConfigError const& error) {
    return error.what();
  }
  return "not refused";
}

BloodFlow poiseuille(MeasuredNetwork const& measured) {
  BloodFlowOptions options;
  options.viscosity = ViscosityLaw::constant;
  options.red_cells = RedCells::uniform;
  return solve_blood_flow(measured.network, options);
}

std::string shipped(char const* name) { return std::string{MYOAXIS_SOURCE_DIR "/configs/networks/"} + name; }

}  // namespace

TEST_CASE("a network is read in its units") {
  auto const measured = read_network(kSound);
  auto const& network = measured.network;
  CHECK(measured.title == "A fork");
  REQUIRE(network.segments.size() == 3);
  CHECK(network.segments[1].name == "2");
  CHECK(network.segments[1].diameter.value() == Approx(8e-6));
  CHECK(network.segments[1].length.value() == Approx(100e-6));
  CHECK(network.nodes[network.segments[2].to.index()].name == "4");
  CHECK(network.nodes[3].position[1].value() == Approx(-80e-6));
  CHECK(std::get<Pascals>(network.boundaries[0].condition).value() == Approx(30 * 133.322));
  CHECK(std::get<CubicMetersPerSecond>(network.boundaries[2].condition).value() == Approx(-1e-12 / 60));
  CHECK(network.boundaries[0].inflow_hematocrit.value() == 0.4);
}

TEST_CASE("tabs and CR LF and empty lines and comments change nothing") {
  auto text = std::regex_replace(kSound, std::regex{" "}, "\t \t");
  text = std::regex_replace(text, std::regex{"\n"}, "   # a comment, 1 2 3\r\n\r\n \t\r\n");
  text = replaced(text, "\r\n\r\n \t\r\n", "\r\n");
  auto const measured = read_network(text);
  CHECK(measured.network.segments.size() == 3);
  CHECK(measured.network.boundaries.size() == 3);
  CHECK(poiseuille(measured).field.flow == poiseuille(read_network(kSound)).field.flow);
}

TEST_CASE("headers may be missing, and numbers written in other ways") {
  auto text = replaced(kSound, "name x y z\n", "");
  text = replaced(text, "2 5 2 3 8. 0.", "+2 5 2 3 .8e1 0");
  CHECK(poiseuille(read_network(text)).field.flow == poiseuille(read_network(kSound)).field.flow);
}

TEST_CASE("segments of other types are left out with what only they touch") {
  auto text = replaced(kSound, "3 segments", "5 segments");
  text = replaced(text, "3 4 2 4 8. 0. 0.4\n", "3 4 2 4 8. 0. 0.4\n7 3 3 9 0 0 0\n8 1 9 10 5 0 0\n");
  text = replaced(text, "4 nodes", "6 nodes");
  text = replaced(text, "4 160 -80 0\n", "4 160 -80 0\n9 200 80 0\n10 300 80 0\n");
  text = replaced(text, "3 boundary", "4 boundary");
  auto const measured = read_network(text + "10 0 5 0.4\n");
  CHECK(measured.ignored_segments == 2);
  CHECK(measured.ignored_nodes == 2);
  CHECK(measured.ignored_boundaries == 1);
  CHECK(measured.closed_ends == 0);
  CHECK(poiseuille(measured).field.flow == poiseuille(read_network(kSound)).field.flow);
}

TEST_CASE("a node that ignored segments leave with one vessel is a closed end") {
  auto text = replaced(kSound, "3 segments", "5 segments");
  text = replaced(text, "3 4 2 4 8. 0. 0.4\n", "3 4 2 4 8. 0. 0.4\n7 5 2 9 7 0 0\n8 1 9 10 5 0 0\n");
  text = replaced(text, "4 nodes", "6 nodes");
  text = replaced(text, "4 160 -80 0\n", "4 160 -80 0\n9 200 80 0\n10 300 80 0\n");
  auto const measured = read_network(text);
  CHECK(measured.closed_ends == 1);
  CHECK(poiseuille(measured).field.flow[3] == 0);
}

TEST_CASE("what is wrong is refused with file and line and reason") {
  struct Case {
    std::string from, to, place, reason;
  };
  std::vector<Case> const cases{
      {"2 5 2 3 8. 0.", "2 5 2 3 0. 0.", ":10:", "segment '2' has the diameter 0 um"},
      {"2 5 2 3 8. 0.", "2 5 2 3 -8. 0.", ":10:", "segment '2' has the diameter -8 um"},
      {"2 5 2 3 8. 0.", "2 5 2 3 nan 0.", ":10:", "'nan' is no finite number"},
      {"2 5 2 3 8. 0.", "2 5 2 3 inf 0.", ":10:", "'inf' is no finite number"},
      {"2 5 2 3 8. 0.", "2 5 2 3 8,5 0.", ":10:", "'8,5' is no finite number"},
      {"2 5 2 3 8. 0. 0.4", "2 5 2 3", ":10:", "the line ends before the diameter"},
      {"2 5 2 3 8. 0.", "2 5 2 2 8. 0.", ":10:", "begins and ends at node '2'"},
      {"2 5 2 3 8. 0.", "1 5 2 3 8. 0.", ":10:", "two segments are called '1'"},
      {"2 5 2 3 8. 0.", "2 5 2 99 8. 0.", ":10:", "node '99', which is not in the list"},
      {"3 160 80 0", "2 160 80 0", ":16:", "two nodes are called '2' (the first in line 15"},
      {"3 160 80 0", "3 160 nan 0", ":16:", "'nan' is no finite number"},
      {"3 160 80 0", "3 100 0 0", ":10:", "segment '2' has the length 0 um"},
      {"3 boundary", "2 boundary", ":22:", "more boundary nodes than the 2 that line 18 announces"},
      {"4 2 -1. 0.4", "4 1 -1. 0.4", ":22:", "of type 1"},
      {"4 2 -1. 0.4", "4 2 -1. 1.4", ":22:", "hematocrit 1.4"},
      {"4 2 -1. 0.4", "3 2 -1. 0.4", ":22:", "two boundary conditions"},
      {"4 2 -1. 0.4", "44 2 -1. 0.4", ":22:", "boundary node '44' is not in the list"},
      {"3 segments", "4 segments", ":12:", "line 7 announces"},
      {"3 segments", "2 segments", ":11:", "more segments than the 2 that line 7 announces"},
      {"3 segments", "99999999999 segments", ":12:", "line 7 announces"},
      {"3 segments", "-3 segments", ":7:", "-3 segments"},
      {"3 segments", "three segments", ":7:", "'three' is no whole number"},
      {"100 100 100  box", "100 100 box", ":2:", "'box' is no finite number"},
  };
  for (auto const& [from, to, place, reason] : cases) {
    auto const message = refusal(replaced(kSound, from, to));
    CAPTURE(to, message);
    CHECK(message.find("network.dat" + place) != std::string::npos);
    CHECK(message.find(reason) != std::string::npos);
  }
}

TEST_CASE("a dangling node is refused where it is listed") {
  auto text = replaced(kSound, "3 boundary", "2 boundary");
  text = replaced(text, "4 2 -1. 0.4 95.\n", "");
  CHECK(refusal(text).find(":17:1: node '4' is dangling") != std::string::npos);
}

TEST_CASE("a piece without pressure or boundary is refused") {
  auto text = replaced(kSound, "3 segments", "6 segments");
  text = replaced(text, "3 4 2 4 8. 0. 0.4\n",
                  "3 4 2 4 8. 0. 0.4\n4 5 5 6 8 0 0\n5 5 6 7 8 0 0\n6 5 7 5 8 0 0\n");
  text = replaced(text, "4 nodes", "7 nodes");
  text = replaced(text, "4 160 -80 0\n", "4 160 -80 0\n5 500 0 0\n6 600 0 0\n7 500 100 0\n");
  CHECK(refusal(text).find(":21:1: the piece of the network with node '5' is disconnected") !=
        std::string::npos);
  auto flows = replaced(kSound, "1 0 30.", "1 2 2.");
  flows = replaced(flows, "3 0 10.", "3 2 -1.");
  CHECK(refusal(flows).find("no pressure boundary") != std::string::npos);
}

TEST_CASE("a file that ends early is refused wherever it ends") {
  for (std::size_t length = 0; length < kSound.size() - 12; length += 3) {
    auto const message = refusal(kSound.substr(0, length));
    CAPTURE(length, message);
    CHECK(message.find("network.dat:") != std::string::npos);
  }
  CHECK(refusal("").find("the file is empty") != std::string::npos);
}

TEST_CASE("noise is refused at once, whatever its size") {
  std::string noise(20'000'000, '\0');
  std::uint32_t state = 1;
  for (auto& c : noise) c = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
  auto const one_line = std::string(20'000'000, '7');
  auto const many_lines = replaced(kSound, "3 segments", "900000000 segments");
  for (auto const& text : {noise, one_line, kSound.substr(0, 200) + noise, many_lines}) {
    test::TemporaryFolder folder;
    auto const path = folder.write("network.dat", text).string();
    auto const start = std::clock();  // of the CPU: others may use it, too
    CHECK_THROWS_AS(read_network_dat(path), ConfigError);
    CHECK(static_cast<double>(std::clock() - start) < 0.2 * CLOCKS_PER_SEC);
  }
}

TEST_CASE("a file that is not there is named") {
  CHECK_THROWS_WITH(read_network_dat("/nowhere/network.dat"), "/nowhere/network.dat: no such file");
  CHECK_THROWS_WITH(read_network_dat("/tmp"), "/tmp: is a folder, not a file");
}

TEST_CASE("the shipped Y gives the flow known by hand") {
  // Resistances in units of a branch: feed 10^4/20^4 = 1/16, the branches 1/2 together; 20 mmHg over 9/16.
  // A branch: 160/9 mmHg over 128 mu l / (pi d^4) at 3 mPa s, 100 um, 10 um: 116.348 nl/min.
  auto const state = poiseuille(read_network_dat(shipped("y.dat")));
  CHECK(state.field.pressure[1] / kMillimeterOfMercury == Approx(30 - 20.0 / 9));
  auto const branch = 160.0 / 9 * kMillimeterOfMercury * 8.1812308687234e-16 / kNanoliterPerMinute;
  CHECK(state.field.flow[1] / kNanoliterPerMinute == Approx(branch).epsilon(1e-12));
  CHECK(state.field.flow[0] / kNanoliterPerMinute == Approx(2 * branch).epsilon(1e-12));
  CHECK(state.field.flow[1] / kNanoliterPerMinute != Approx(1.02 * branch).epsilon(1e-3));
  // With phase separation the halves stay equal, and so do hematocrits.
  auto const blood = solve_blood_flow(read_network_dat(shipped("y.dat")).network);
  CHECK(blood.hematocrit[1] == Approx(0.4).epsilon(1e-9));
  CHECK(blood.field.flow[1] == Approx(blood.field.flow[2]).epsilon(1e-9));
}

TEST_CASE("the shipped diamond divides its flow by the fourth powers, and its bridge stands still") {
  auto const state = poiseuille(read_network_dat(shipped("diamond.dat")));
  auto const flow = [&](std::size_t i) { return state.field.flow[i] / kNanoliterPerMinute; };
  CHECK(flow(0) == Approx(6).epsilon(1e-12));
  CHECK(flow(1) == Approx(6 * 1e4 / (1e4 + 4096)).epsilon(1e-12));
  CHECK(flow(4) == Approx(-6 * 4096 / (1e4 + 4096)).epsilon(1e-12));
  CHECK(std::abs(flow(5)) < 1e-10);
  auto const blood = solve_blood_flow(read_network_dat(shipped("diamond.dat")).network);
  CHECK(std::abs(blood.field.flow[5]) < 1e-6 * blood.field.total_inflow);
  CHECK(blood.hematocrit[1] > 0.45);  // the faster way is richer in cells
  CHECK(blood.hematocrit[3] < 0.45);
  CHECK(blood.hematocrit[6] == Approx(0.45).epsilon(1e-9));
}

TEST_CASE("the shipped tree halves its flow at each division and keeps its hematocrit") {
  auto const measured = read_network_dat(shipped("tree.dat"));
  CHECK(measured.ignored_segments == 1);
  auto const blood = solve_blood_flow(measured.network);
  std::vector<double> const expected{8, 4, 4, 2, 2, 2, 2};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(blood.field.flow[i] / kNanoliterPerMinute == Approx(expected[i]).epsilon(1e-9));
    CHECK(blood.hematocrit[i] == Approx(0.42).epsilon(1e-9));
  }
}
