/// Random numbers are addressed, not consumed: a draw is a pure function of (seed, subject, purpose, entity,
/// event).
///
/// The generator is Philox 4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3", SC11)
/// from Random123. Its key is mix64 of seed, subject and purpose; its counter holds the entity's key (64
/// bits), the event (40 bits) and a block number (24 bits). So results depend neither on threads, nor on the
/// order of visits, nor on other agents, and two regimes share the luck of one subject.
#pragma once

#include <Random123/philox.h>

#include <array>
#include <cstdint>

#include "core/address.h"
#include "core/contracts.h"
#include "core/purpose.h"

namespace myoaxis {

/// Whose luck it is: the seed of the study and the number of the subject.
struct Luck {
  std::uint64_t seed = 0;
  std::uint64_t subject = 0;
};

/// The generator's key for one subject and purpose: computed once, used for all entities of a loop.
class DrawKey {
 public:
  DrawKey(Luck luck, Purpose purpose)
      : word_{child_key(mix64(luck.seed), luck.subject, static_cast<std::uint64_t>(purpose))} {}
  std::uint64_t word() const { return word_; }

 private:
  std::uint64_t word_;
};

/// The stream of 64-bit words at one address; a value on the stack that fits Boost.Random's distributions.
class Draws {
 public:
  using result_type = std::uint64_t;

  /// `entity`: the permanent key of an agent. `event`: an occurrence number or an absolute time, from -2^39
  /// to 2^39 - 1; never a row or the index of a step.
  Draws(Luck luck, Purpose purpose, std::uint64_t entity, std::int64_t event)
      : Draws{DrawKey{luck, purpose}, entity, event} {}

  Draws(DrawKey key, std::uint64_t entity, std::int64_t event) : key_{{low(key.word()), high(key.word())}} {
    auto const [event_low, event_high] = event_words(event);
    counter_ = {{low(entity), high(entity), event_low, event_high}};
  }

  /// The event's part of the counter, at the first block.
  static std::array<std::uint32_t, 2> event_words(std::int64_t event) {
    EXPECTS(event >= -kEventOffset && event < kEventOffset);
    auto const shifted = static_cast<std::uint64_t>(event + kEventOffset);
    return {low(shifted), (high(shifted) & 0xffu) << 24};
  }

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return ~result_type{0}; }

  result_type operator()() {
    if (position_ == 0) block_ = r123::Philox4x32{}(counter_, key_);
    auto const word = result_type{block_[2 * position_]} | (result_type{block_[2 * position_ + 1]} << 32);
    if (++position_ == 2) next_block();
    return word;
  }

 private:
  static constexpr std::int64_t kEventOffset = std::int64_t{1} << 39;
  static constexpr std::uint32_t low(std::uint64_t word) { return static_cast<std::uint32_t>(word); }
  static constexpr std::uint32_t high(std::uint64_t word) { return static_cast<std::uint32_t>(word >> 32); }

  void next_block() {
    position_ = 0;
    ++counter_[3];
    EXPECTS((counter_[3] & 0xffffffu) != 0);  // 2^24 blocks are never used up by one event
  }

  r123::Philox4x32::key_type key_;
  r123::Philox4x32::ctr_type counter_;
  r123::Philox4x32::ctr_type block_{};
  std::uint32_t position_ = 0;
};

/// A number from [0, 1) with 53 random bits.
inline double unit_interval(Draws& draws) { return static_cast<double>(draws() >> 11) * 0x1.0p-53; }

}  // namespace myoaxis
