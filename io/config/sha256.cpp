#include "io/config/sha256.h"

#include <fmt/core.h>
#include <openssl/evp.h>

#include <array>
#include <iterator>
#include <stdexcept>

namespace myoaxis {

std::string sha256_hex(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error{"OpenSSL cannot compute SHA-256"};
  }
  std::string hex;
  for (unsigned i = 0; i < length; ++i) fmt::format_to(std::back_inserter(hex), "{:02x}", digest[i]);
  return hex;
}

}  // namespace myoaxis
