#include "core/parallel.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <stdexcept>

using namespace myoaxis;

namespace {

constexpr std::size_t kSize = 10 * kChunk + 321;

/// Terms of very different sizes, whose sum depends on the order of addition.
double uneven(std::size_t i) {
  return std::sin(static_cast<double>(i)) * std::pow(10.0, static_cast<double>(i % 17));
}

std::vector<double> filled() {
  std::vector<double> values(kSize);
  for_each_index(values.size(), [&](std::size_t i) { values[i] = uneven(i); });
  return values;
}

double sum_in_chunks() {
  double total = 0;
  for (std::size_t begin = 0; begin < kSize; begin += kChunk) {
    double sum = 0;
    for (auto i = begin; i < std::min(kSize, begin + kChunk); ++i) sum += uneven(i);
    total += sum;
  }
  return total;
}

}  // namespace

TEST_CASE("a loop gives the same bits on any number of threads", "[reproducible]") {
  auto const alone = filled();
  auto const threads = GENERATE(1, 2, 4);
  Workers workers{threads};
  std::vector<double> together;
  workers.run([&] { together = filled(); });
  CHECK(together == alone);
}

TEST_CASE("a sum of doubles has a fixed order on any number of threads", "[reproducible]") {
  auto const expected = sum_in_chunks();
  CHECK(sum_over<double>(kSize, uneven) == expected);
  auto const threads = GENERATE(1, 2, 4);
  Workers workers{threads};
  for (int repeat = 0; repeat < 5; ++repeat) {
    double sum = 0;
    workers.run([&] { sum = sum_over<double>(kSize, uneven); });
    CHECK(sum == expected);
  }
}

TEST_CASE("the order of that sum matters, so the test above can fail") {
  double straight = 0;
  for (std::size_t i = 0; i < kSize; ++i) straight += uneven(i);
  CHECK(straight != sum_in_chunks());
}

TEST_CASE("every index is visited once") {
  auto const size = GENERATE(std::size_t{0}, std::size_t{1}, kChunk - 1, kChunk, kChunk + 1, kSize);
  Workers workers{4};
  std::vector<int> visits(size, 0);
  workers.run([&] { for_each_index(size, [&](std::size_t i) { ++visits[i]; }); });
  CHECK(visits == std::vector<int>(size, 1));
}

TEST_CASE("chunks may have another size") {
  Workers workers{2};
  std::vector<int> visits(100, 0);
  workers.run([&] {
    for_each_index(
        visits.size(), [&](std::size_t i) { ++visits[i]; }, 7);
  });
  CHECK(visits == std::vector<int>(100, 1));
}

TEST_CASE("a sum over nothing is zero, and integers add exactly") {
  CHECK(sum_over<double>(0, uneven) == 0);
  CHECK(sum_over<std::int64_t>(kSize, [](std::size_t i) { return static_cast<std::int64_t>(i); }) ==
        static_cast<std::int64_t>(kSize * (kSize - 1) / 2));
}

TEST_CASE("a team has the threads it was asked for, and one at least") {
  CHECK(Workers{1}.threads() == 1);
  CHECK(Workers{3}.threads() == 3);
  CHECK(Workers{0}.threads() == 1);
  CHECK(Workers{-2}.threads() == 1);
}

TEST_CASE("an exception in a loop reaches the caller, and the team can go on") {
  auto const threads = GENERATE(1, 2, 4);
  Workers workers{threads};
  auto const failing = [](std::size_t i) {
    if (i == 5 * kChunk) throw std::runtime_error{"a law failed"};
  };
  CHECK_THROWS_WITH(workers.run([&] { for_each_index(kSize, failing); }), "a law failed");
  CHECK_THROWS_WITH(for_each_index(kSize, failing), "a law failed");
  std::vector<double> values;
  workers.run([&] { values = filled(); });
  CHECK(values == filled());
}

TEST_CASE("a loop inside a loop visits every pair once") {
  Workers workers{2};
  std::atomic<int> pairs{0};
  workers.run([&] {
    for_each_index(
        5,
        [&](std::size_t) {
          for_each_index(
              5, [&](std::size_t) { ++pairs; }, 1);
        },
        1);
  });
  CHECK(pairs == 25);
}

TEST_CASE("one team may work after another, or inside of it") {
  auto const alone = filled();
  Workers outer{2};
  Workers inner{1};
  std::vector<double> first, second;
  outer.run([&] {
    inner.run([&] { first = filled(); });
    second = filled();
  });
  CHECK(first == alone);
  CHECK(second == alone);
}
