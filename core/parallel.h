/// The only door to threads: loops over agents and sums in a fixed order.
///
/// Work is cut into chunks of a fixed size, whatever the number of threads; a loop body writes only its own
/// rows, and a sum adds the chunks' sums in their order. So one thread and many give the same bits.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

namespace myoaxis {

/// A team of threads. Loops called inside `run` use it; outside, they use the caller's thread alone.
class Workers {
 public:
  explicit Workers(int threads);
  ~Workers();
  Workers(Workers const&) = delete;
  Workers& operator=(Workers const&) = delete;

  int threads() const;
  void run(std::function<void()> const& work);

 private:
  struct Arena;
  std::unique_ptr<Arena> arena_;
};

/// Number of CPUs that this process may run on (its affinity mask).
int allowed_cpus();

inline constexpr std::size_t kChunk = 1024;

/// Calls `body(chunk_number)` for 0 .. chunks - 1, on the threads of the surrounding `Workers::run`.
void for_each_chunk(std::size_t chunks, std::function<void(std::size_t)> const& body);

/// Calls `body(i)` for i = 0 .. n - 1. The body may write what belongs to `i` and nothing else.
template <class Body>
void for_each_index(std::size_t n, Body&& body, std::size_t chunk_size = kChunk) {
  for_each_chunk((n + chunk_size - 1) / chunk_size, [&](std::size_t chunk) {
    auto const end = std::min(n, (chunk + 1) * chunk_size);
    for (auto i = chunk * chunk_size; i < end; ++i) body(i);
  });
}

/// Sum of `term(i)` over i = 0 .. n - 1, added in an order that depends on n alone.
template <class T, class Term>
T sum_over(std::size_t n, Term&& term) {
  auto const chunks = (n + kChunk - 1) / kChunk;
  std::vector<T> partial(chunks, T{});
  for_each_chunk(chunks, [&](std::size_t chunk) {
    T sum{};
    auto const end = std::min(n, (chunk + 1) * kChunk);
    for (auto i = chunk * kChunk; i < end; ++i) sum += term(i);
    partial[chunk] = sum;
  });
  T total{};
  for (auto const& sum : partial) total += sum;
  return total;
}

}  // namespace myoaxis
