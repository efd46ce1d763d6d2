#include "core/statistics/sobol_indices.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/address.h"

using namespace myoaxis;
using Keys = std::vector<std::uint64_t>;

namespace {

Keys const kSobolKeys{name_key("a"), name_key("b"), name_key("c"), name_key("d")};

Keys dimension_keys(std::size_t dimensions) {
  return {kSobolKeys.begin(), kSobolKeys.begin() + static_cast<int>(dimensions)};
}

template <class Model>
std::vector<double> saltelli_outputs(SaltelliDesign const& design, Model&& model) {
  std::vector<double> outputs;
  for (auto const& point : design.points) outputs.push_back(model(point));
  return outputs;
}

/// sin x + 7 sin^2 y + .1 z^4 sin x, with all three from -pi to pi (Ishigami & Homma 1990).
double ishigami(UnitPoint const& u) {
  auto const angle = [&](std::size_t d) { return std::numbers::pi * (2 * u[d] - 1); };
  return std::sin(angle(0)) * (1 + 0.1 * std::pow(angle(2), 4)) + 7 * std::pow(std::sin(angle(1)), 2);
}

struct KnownIndices {
  std::vector<double> first, total;
};

KnownIndices indices_of_ishigami() {
  auto const pi4 = std::pow(std::numbers::pi, 4);
  auto const a = 7.0, b = 0.1;
  auto const first = 0.5 * std::pow(1 + b * pi4 / 5, 2);
  auto const second = a * a / 8;
  auto const first_third = b * b * pi4 * pi4 * 8 / 225;
  auto const all = first + second + first_third;
  return {{first / all, second / all, 0}, {(first + first_third) / all, second / all, first_third / all}};
}

constexpr double kWeights[] = {0, 1, 4.5, 9};

/// The product of (|4 u - 2| + a) / (1 + a) (Sobol' 1998): the smaller a, the more an input matters.
double g_function(UnitPoint const& u) {
  double product = 1;
  for (std::size_t d = 0; d < u.size(); ++d)
    product *= (std::abs(4 * u[d] - 2) + kWeights[d]) / (1 + kWeights[d]);
  return product;
}

KnownIndices indices_of_g_function() {
  double all = 1;
  std::vector<double> own;
  for (auto const a : kWeights) {
    own.push_back(1 / (3 * (1 + a) * (1 + a)));
    all *= 1 + own.back();
  }
  KnownIndices known;
  for (auto const one : own) {
    known.first.push_back(one / (all - 1));
    known.total.push_back(one * all / (1 + one) / (all - 1));
  }
  return known;
}

template <class Model>
void check_against(KnownIndices const& known, std::size_t rows, double tolerance, Model&& model) {
  auto const keys = dimension_keys(known.first.size());
  auto const design = saltelli_design(rows, keys, 1);
  auto const indices = sobol_indices(design, saltelli_outputs(design, model), keys, 1);
  for (std::size_t d = 0; d < known.first.size(); ++d) {
    auto const& one = indices[d];
    CAPTURE(rows, d, one.first, known.first[d], one.total, known.total[d]);
    CHECK(std::abs(one.first - known.first[d]) < tolerance);
    CHECK(std::abs(one.total - known.total[d]) < tolerance);
    CHECK(one.first_interval.low <= known.first[d]);
    CHECK(one.first_interval.high >= known.first[d]);
    CHECK(one.total_interval.low <= known.total[d]);
    CHECK(one.total_interval.high >= known.total[d]);
    CHECK(one.used == rows);
  }
}

}  // namespace

TEST_CASE("a row holds A, B, and A with one coordinate of B", "[law]") {
  auto const design = saltelli_design(8, dimension_keys(3), 1);
  REQUIRE(design.points.size() == 8 * 5);
  for (std::size_t row = 0; row < 8; ++row) {
    auto const& a = design.points[design.a(row)];
    auto const& b = design.points[design.b(row)];
    for (std::size_t d = 0; d < 3; ++d) {
      auto expected = a;
      CHECK(a[d] != b[d]);
      expected[d] = b[d];
      CHECK(design.points[design.ab(row, d)] == expected);
    }
    CHECK(design.row_of(design.ab(row, 2)) == row);
  }
}

TEST_CASE("the indices of Ishigami's function come out", "[law]") {
  auto const known = indices_of_ishigami();
  CHECK(known.first[0] == Approx(0.3139).margin(5e-5));  // as published
  CHECK(known.total[2] == Approx(0.2437).margin(5e-5));
  check_against(known, 128, 0.1, ishigami);
  check_against(known, 4096, 0.01, ishigami);
}

TEST_CASE("the indices of Sobol's g-function come out", "[law]") {
  auto const known = indices_of_g_function();
  check_against(known, 128, 0.1, g_function);
  check_against(known, 4096, 0.01, g_function);
}

TEST_CASE("an additive model has equal first and total indices, an unused input none", "[law]") {
  auto const keys = dimension_keys(3);
  auto const design = saltelli_design(1024, keys, 2);
  auto const model = [](UnitPoint const& u) { return 1e6 + 3 * u[0] + 4 * u[1]; };  // variances 9 to 16
  auto const indices = sobol_indices(design, saltelli_outputs(design, model), keys, 1);
  CHECK(indices[0].first == Approx(0.36).margin(0.005));
  CHECK(indices[0].total == Approx(0.36).margin(0.005));
  CHECK(indices[1].first == Approx(0.64).margin(0.005));
  CHECK(indices[2].first == 0);
  CHECK(indices[2].total == 0);
}

TEST_CASE("an output that does not vary has no indices", "[law]") {
  auto const keys = dimension_keys(2);
  auto const design = saltelli_design(16, keys, 2);
  auto const index = sobol_indices(design, std::vector<double>(design.points.size(), 4.2), keys, 1).front();
  CHECK(std::isnan(index.first));
  CHECK(std::isnan(index.total_interval.low));
  CHECK(index.used == 16);
}

TEST_CASE("a row without one of its outputs is left out where it is needed, and counted", "[law]") {
  auto const keys = dimension_keys(3);
  auto const design = saltelli_design(512, keys, 2);
  auto outputs = saltelli_outputs(design, ishigami);
  auto const whole = sobol_indices(design, outputs, keys, 1);
  outputs[design.ab(7, 1)] = std::numeric_limits<double>::quiet_NaN();
  outputs[design.b(9)] = std::numeric_limits<double>::quiet_NaN();
  auto const indices = sobol_indices(design, outputs, keys, 1);
  CHECK(indices[0].left_out == 1);
  CHECK(indices[1].left_out == 2);
  CHECK(indices[1].used == 510);
  CHECK(indices[1].total == Approx(whole[1].total).margin(0.02));
  CHECK(indices[1].total != whole[1].total);
}

TEST_CASE("more rows begin with the same ones", "[reproducible]") {
  auto const few = saltelli_design(8, kSobolKeys, 5), many = saltelli_design(32, kSobolKeys, 5);
  CHECK(std::equal(few.points.begin(), few.points.end(), many.points.begin()));
}
