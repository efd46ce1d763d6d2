#include "core/transport/propagator.h"

#include <Eigen/Dense>
#include <catch2/catch.hpp>
#include <cmath>
#include <unsupported/Eigen/MatrixFunctions>

#include "core/draws.h"
#include "tests/unit/core/transport/body_brain.h"
#include "tests/unit/core/transport/one_propagator.h"

using namespace myoaxis;
using Matrix = Eigen::MatrixXd;
using LongMatrix = Eigen::Matrix<long double, Eigen::Dynamic, Eigen::Dynamic>;

namespace {

/// A random graph of stiff rates, 1e-8 .. 20 s^-1, spread evenly over their logarithms; every cell has an
/// exit.
Generator random_generator(Layout const& layout, std::uint64_t seed) {
  Draws draws{Luck{seed, 0}, Purpose::crossing, 1, 0};
  Generator rates{layout};
  auto const rate = [&] { return PerSecond{1e-8 * std::pow(2e9, unit_interval(draws))}; };
  for (std::size_t from = 0; from < layout.cells(); ++from) {
    auto const cell = id_at<CellId>(from);
    rates.add(cell, id_at<CellId>((from + 1) % layout.cells()), rate());
    for (std::size_t to = 0; to < layout.cells(); ++to) {
      if (to != from && unit_interval(draws) < 0.15) rates.add(cell, id_at<CellId>(to), rate());
    }
    if (unit_interval(draws) < 0.3) rates.add(cell, SinkId{0}, rate());
  }
  return rates;
}

Layout layout_of(std::size_t cells) {
  Layout layout;
  for (std::size_t i = 0; i < cells; ++i)
    layout.add_cell("cell " + std::to_string(i), Representation::packets);
  layout.add_sink("sink", Representation::packets);
  return layout;
}

/// The full generator over all places; the rows of sinks are 0.
template <class Wanted = Matrix>
Wanted full_matrix(Generator const& generator) {
  auto const n = static_cast<Eigen::Index>(generator.layout().places());
  Wanted q = Wanted::Zero(n, n);
  for (auto const& rate : generator.rates()) {
    auto const from = static_cast<Eigen::Index>(rate.from);
    q(from, static_cast<Eigen::Index>(rate.to)) += rate.per_second;
    q(from, from) -= rate.per_second;
  }
  return q;
}

/// An independent slow twin in extended precision: a Taylor series of the non-negative matrix Q + L I over a
/// very short time, then squarings. Nothing cancels, so small entries keep their relative precision.
LongMatrix slow_exponential(Generator const& generator, long double seconds) {
  auto q = full_matrix<LongMatrix>(generator);
  auto const n = q.rows();
  auto const fastest = -q.diagonal().minCoeff();
  int halvings = 8;
  while (std::ldexp(fastest * seconds, -halvings) > 0.1L) ++halvings;
  auto const length = std::ldexp(seconds, -halvings);
  LongMatrix const positive = (q + fastest * LongMatrix::Identity(n, n)) * length;
  LongMatrix term = LongMatrix::Identity(n, n), sum = term;
  for (int k = 1; k < 30; ++k) {
    term = (term * positive / k).eval();
    sum += term;
  }
  sum *= std::exp(-fastest * length);
  for (int i = 0; i < halvings; ++i) sum = (sum * sum).eval();
  return sum;
}

Matrix as_matrix(PlaceMatrix const& rows, std::size_t cells) {
  auto const places = rows.row(CellId{0}).size();
  Matrix matrix{cells, places};
  for (std::size_t i = 0; i < cells; ++i) {
    for (std::size_t j = 0; j < places; ++j) {
      matrix(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = rows.row(id_at<CellId>(i))[j];
    }
  }
  return matrix;
}

double largest_relative_difference(Matrix const& one, LongMatrix const& reference, long double above) {
  long double largest = 0;
  for (Eigen::Index i = 0; i < one.rows(); ++i) {
    for (Eigen::Index j = 0; j < one.cols(); ++j) {
      if (reference(i, j) < above) continue;
      largest = std::max(largest, std::abs(one(i, j) / reference(i, j) - 1));
    }
  }
  return static_cast<double>(largest);
}

/// Integral over 0 .. h of f(s) exp(Q s) ds, by the exponential of a larger matrix (Van Loan 1978): the
/// blocks of exp([[Q, I, 0], [0, 0, I], [0, 0, 0]] h) are exp(Qh), int exp(Qs) ds and int (h - s) exp(Qs) ds.
struct Integrals {
  Matrix first, second;
};

Integrals van_loan(Generator const& generator, double h) {
  auto const q = full_matrix(generator);
  auto const n = q.rows();
  Matrix block = Matrix::Zero(3 * n, 3 * n);
  block.topLeftCorner(n, n) = q;
  block.block(0, n, n, n) = Matrix::Identity(n, n);
  block.block(n, 2 * n, n, n) = Matrix::Identity(n, n);
  Matrix const exponential = (block * h).exp();
  return {exponential.block(0, n, n, n), exponential.block(0, 2 * n, n, n)};
}

}  // namespace

TEST_CASE("P is the exponential of the generator", "[law]") {
  auto const cells = GENERATE(std::size_t{5}, std::size_t{12}, std::size_t{30});
  auto const seconds = GENERATE(std::int64_t{1}, std::int64_t{7}, std::int64_t{3600});
  auto const layout = layout_of(cells);
  auto const generator = random_generator(layout, cells);
  auto const p = as_matrix(propagator_of(generator, seconds).at_end, cells);
  Matrix const reference = (full_matrix(generator) * static_cast<double>(seconds)).exp();
  auto const error = (p - reference.topRows(p.rows())).cwiseAbs().maxCoeff();
  // Pade with squarings loses about eps * |Q h| itself.
  CAPTURE(cells, seconds, error);
  CHECK(error < 1e-13 * (10 + static_cast<double>(seconds)));
}

TEST_CASE("even tiny probabilities have their relative precision", "[law]") {
  auto const cells = GENERATE(std::size_t{5}, std::size_t{30});
  auto const seconds = GENERATE(std::int64_t{1}, std::int64_t{7}, std::int64_t{3600});
  auto const layout = layout_of(cells);
  auto const generator = random_generator(layout, 100 + cells);
  auto const p = as_matrix(propagator_of(generator, seconds).at_end, cells);
  auto const reference = slow_exponential(generator, static_cast<long double>(seconds));
  auto const difference = largest_relative_difference(p, reference, 1e-300L);
  // Each of about 17 doublings doubles the relative error and adds some 30 eps.
  CAPTURE(cells, seconds, difference);
  CHECK(difference < 1e-13 * (10 + 20 * static_cast<double>(seconds)));
}

TEST_CASE("the three propagators of a two-state chain have their closed forms", "[law]") {
  Layout layout;
  auto const on = layout.add_cell("on", Representation::packets);
  auto const off = layout.add_cell("off", Representation::packets);
  constexpr double leave = 0.03, come_back = 0.01, both = leave + come_back;
  Generator rates{layout};
  rates.add(on, off, PerSecond{leave});
  rates.add(off, on, PerSecond{come_back});
  auto const seconds = GENERATE(std::int64_t{1}, std::int64_t{7}, std::int64_t{100}, std::int64_t{3600});
  auto const step = propagator_of(rates, seconds);
  auto const x = both * static_cast<double>(seconds);
  auto const decay = -std::expm1(-x);  // 1 - exp(-(leave + come_back) h)
  CHECK(step.seconds == seconds);
  CHECK(step.at_end.row(on)[1] == Approx(leave / both * decay).epsilon(1e-12));
  CHECK(step.average.row(on)[1] == Approx(leave / both * (1 - decay / x)).epsilon(1e-10));
  CHECK(step.released.row(on)[1] == Approx(leave / both * (0.5 - (1 - decay / x) / x)).epsilon(1e-9));
  CHECK(step.at_end.row(off)[0] == Approx(come_back / both * decay).epsilon(1e-12));
}

TEST_CASE("the shares of rare passages keep their relative precision", "[law]") {
  Layout layout;
  auto const blood = layout.add_cell("blood", Representation::packets);
  auto const brain = layout.add_sink("brain", Representation::counts);
  Generator rates{layout};
  constexpr double rare = 1e-12;
  rates.add(blood, brain, PerSecond{rare});
  auto const seconds = GENERATE(std::int64_t{1}, std::int64_t{60}, std::int64_t{3600});
  auto const step = propagator_of(rates, seconds);
  auto const x =
      rare * static_cast<double>(seconds);  // the next term of each series is below 1e-8 of the first
  CHECK(step.at_end.row(blood)[1] == Approx(x).epsilon(1e-8));
  CHECK(step.average.row(blood)[1] == Approx(x / 2).epsilon(1e-8));
  CHECK(step.released.row(blood)[1] == Approx(x / 6).epsilon(1e-8));
}

TEST_CASE("Phi and Psi are the integrals that they are said to be", "[law]") {
  auto const seconds = GENERATE(std::int64_t{1}, std::int64_t{7}, std::int64_t{100});
  auto const layout = layout_of(8);
  auto const generator = random_generator(layout, 5);
  auto const step = propagator_of(generator, seconds);
  auto const h = static_cast<double>(seconds);
  auto const [first, second] = van_loan(generator, h);
  CHECK((as_matrix(step.average, 8) - first.topRows(8) / h).cwiseAbs().maxCoeff() < 1e-11);
  CHECK((as_matrix(step.released, 8) - second.topRows(8) / (h * h)).cwiseAbs().maxCoeff() < 1e-11);
}

TEST_CASE("Phi and Psi agree with Simpson's rule over many short steps", "[law]") {
  BodyBrain const body;
  constexpr std::int64_t h = 64;
  std::vector<std::int64_t> lengths(h);
  for (std::size_t i = 0; i < lengths.size(); ++i) lengths[i] = static_cast<std::int64_t>(i) + 1;
  auto const steps = make_propagators(body.generator(), lengths);
  Matrix phi = Matrix::Identity(4, 6), psi = h * Matrix::Identity(4, 6);
  for (auto const& [s, step] : steps) {
    auto const weight = s == h ? 1.0 : (s % 2 == 1 ? 4.0 : 2.0);
    phi += weight * as_matrix(step.at_end, 4);
    psi += weight * static_cast<double>(h - s) * as_matrix(step.at_end, 4);
  }
  phi /= 3.0 * h;
  psi /= 3.0 * h * h;
  CHECK((as_matrix(steps.at(h).average, 4) - phi).cwiseAbs().maxCoeff() < 1e-7);
  CHECK((as_matrix(steps.at(h).released, 4) - psi).cwiseAbs().maxCoeff() < 1e-7);
}

TEST_CASE("two steps are one: P(a + b) = P(a) P(b)", "[law]") {
  auto const layout = layout_of(10);
  auto const generator = random_generator(layout, 3);
  std::vector<std::int64_t> const lengths{5, 59, 64};
  auto const steps = make_propagators(generator, lengths);
  auto const full = [&](std::int64_t seconds) {
    Matrix p = Matrix::Identity(11, 11);
    p.topRows(10) = as_matrix(steps.at(seconds).at_end, 10);
    return p;
  };
  CHECK((full(5) * full(59) - full(64)).cwiseAbs().maxCoeff() < 1e-12);
  CHECK((full(59) * full(5) - full(64)).cwiseAbs().maxCoeff() < 1e-12);
}

TEST_CASE("a length is the same whichever others are wanted with it", "[reproducible]") {
  BodyBrain const body;
  auto const generator = body.generator();
  auto const alone = propagator_of(generator, 100);
  std::vector<std::int64_t> const lengths{3600, 100, 1, 64};
  auto const together = make_propagators(generator, lengths);
  CHECK(together.size() == 4);
  CHECK(as_matrix(alone.at_end, 4) == as_matrix(together.at(100).at_end, 4));
  CHECK(as_matrix(alone.released, 4) == as_matrix(together.at(100).released, 4));
}

TEST_CASE("a length that is wanted twice is made once", "[law]") {
  BodyBrain const body;
  auto const generator = body.generator();
  std::vector<std::int64_t> const lengths{100, 64, 100};
  auto const steps = make_propagators(generator, lengths);
  CHECK(steps.size() == 2);
  CHECK(as_matrix(steps.at(100).at_end, 4) == as_matrix(propagator_of(generator, 100).at_end, 4));
}

TEST_CASE("no quantum is made or lost: rows sum to 1, 1 and 1/2, and nothing is negative", "[conservation]") {
  auto const seconds = GENERATE(std::int64_t{1}, std::int64_t{7}, std::int64_t{3600});
  auto const layout = layout_of(20);
  auto const step = propagator_of(random_generator(layout, 9), seconds);
  for (auto const& [rows, sum] :
       {std::pair{&step.at_end, 1.0}, {&step.average, 1.0}, {&step.released, 0.5}}) {
    auto const matrix = as_matrix(*rows, 20);
    CHECK((matrix.rowwise().sum().array() - sum).abs().maxCoeff() < 1e-14);
    CHECK(matrix.minCoeff() >= 0);
  }
}

TEST_CASE("in a graph without rates nothing moves", "[law]") {
  auto const layout = layout_of(3);
  auto const step = propagator_of(Generator{layout}, 3600);
  CHECK(as_matrix(step.at_end, 3).isApprox(Matrix::Identity(3, 4), 1e-15));
  CHECK(as_matrix(step.average, 3).isApprox(Matrix::Identity(3, 4), 1e-15));
  CHECK(as_matrix(step.released, 3).isApprox(0.5 * Matrix::Identity(3, 4), 1e-15));
}

TEST_CASE("the size of a propagator is that of its three matrices") {
  BodyBrain const body;
  CHECK(propagator_of(body.generator(), 1).bytes() == 3 * 4 * 6 * sizeof(double));
}
