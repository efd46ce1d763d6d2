#include "core/state_hash.h"

#include <fmt/core.h>
#include <xxhash.h>

#include <new>

namespace myoaxis {

struct StateHash::Stream {
  XXH3_state_t* state = XXH3_createState();
  ~Stream() { XXH3_freeState(state); }
};

StateHash::StateHash() : stream_{std::make_unique<Stream>()} {
  if (stream_->state == nullptr) throw std::bad_alloc{};
  XXH3_128bits_reset(stream_->state);
}

StateHash::~StateHash() = default;

void StateHash::add_bytes(void const* data, std::size_t size) {
  if (size > 0) XXH3_128bits_update(stream_->state, data, size);
}

Fingerprint StateHash::fingerprint() const {
  auto const hash = XXH3_128bits_digest(stream_->state);
  return {hash.high64, hash.low64};
}

std::string to_string(Fingerprint fingerprint) {
  return fmt::format("{:016x}{:016x}", fingerprint.high, fingerprint.low);
}

}  // namespace myoaxis
