#include "core/draw_words.h"

// The same integers on every CPU: only how many lanes go at once depends on it.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define MYOAXIS_FOR_EACH_CPU __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define MYOAXIS_FOR_EACH_CPU
#endif

namespace myoaxis {
namespace {

/// Philox 4x32-10 (Salmon et al. 2011) at `n` counters (entity, event), first 64 bits of each block. Written
/// with the rounds inside, unrolled, because compilers turn such a loop into vector instructions.
MYOAXIS_FOR_EACH_CPU
void fill_words(std::uint64_t key, std::uint64_t const* __restrict entities, std::uint32_t event_low,
                std::uint32_t event_high, std::uint64_t* __restrict words, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    std::uint64_t c0 = static_cast<std::uint32_t>(entities[i]), c1 = entities[i] >> 32;
    std::uint64_t c2 = event_low, c3 = event_high;
    auto key0 = static_cast<std::uint32_t>(key), key1 = static_cast<std::uint32_t>(key >> 32);
#pragma GCC unroll 10
    for (int round = 0; round < 10; ++round) {
      auto const product0 = std::uint64_t{0xD2511F53} * static_cast<std::uint32_t>(c0);
      auto const product1 = std::uint64_t{0xCD9E8D57} * static_cast<std::uint32_t>(c2);
      c0 = (product1 >> 32) ^ c1 ^ key0;
      c1 = static_cast<std::uint32_t>(product1);
      c2 = (product0 >> 32) ^ c3 ^ key1;
      c3 = static_cast<std::uint32_t>(product0);
      key0 += 0x9E3779B9;
      key1 += 0xBB67AE85;
    }
    words[i] = c0 | (c1 << 32);
  }
}

}  // namespace

void first_words(DrawKey key, std::span<std::uint64_t const> entities, std::int64_t event,
                 std::span<std::uint64_t> words) {
  EXPECTS(words.size() == entities.size());
  auto const [event_low, event_high] = Draws::event_words(event);
  fill_words(key.word(), entities.data(), event_low, event_high, words.data(), entities.size());
}

}  // namespace myoaxis
