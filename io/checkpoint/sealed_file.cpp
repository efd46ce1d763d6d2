#include "io/checkpoint/sealed_file.h"

#include <fmt/core.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>
#include <vector>

#include "core/state_hash.h"
#include "io/checkpoint/durable.h"
#include "io/hdf5/error.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(fs::path const& path, std::string const& doing) {
  throw FileError{path.string(), fmt::format("cannot {}: {}", doing, std::strerror(errno)),
                  "is the folder there and writable, and is there space on the disk?"};
}

/// Fingerprint of all behind the seal.
Fingerprint content_of(std::ifstream& file) {
  StateHash hash;
  std::vector<char> buffer(1 << 20);
  file.seekg(kSealBytes);
  while (file.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || file.gcount() > 0) {
    hash.add_bytes(buffer.data(), static_cast<std::size_t>(file.gcount()));
  }
  return hash.fingerprint();
}

std::string seal_text(std::string const& kind, Fingerprint content) {
  auto text = fmt::format("{} 1\nfingerprint {}\n", kind, to_string(content));
  text.resize(kSealBytes, '\n');
  return text;
}

void rename_to(fs::path const& from, fs::path const& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) fail(to, "put the new file in its place");
}

}  // namespace

void seal(fs::path const& path, std::string const& kind) {
  std::ifstream in{path, std::ios::binary};
  if (!in) fail(path, "read back");
  auto const text = seal_text(kind, content_of(in));
  std::fstream out{path, std::ios::binary | std::ios::in | std::ios::out};
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  if (!out) fail(path, "write");
  bring_to_disk(path);
}

Seal inspect_seal(fs::path const& path, std::string const& kind) {
  std::ifstream file{path, std::ios::binary};
  if (!file) fail(path, "read");
  std::string front(kSealBytes, '\0');
  file.read(front.data(), static_cast<std::streamsize>(front.size()));
  if (!front.starts_with(kind + " ")) return Seal::missing;
  if (!file) return Seal::damaged;
  return front == seal_text(kind, content_of(file)) ? Seal::whole : Seal::damaged;
}

void replace_keeping_previous(fs::path const& fresh, fs::path const& path, fs::path const& previous) {
  std::error_code ignored;
  if (fs::exists(path, ignored)) rename_to(path, previous);
  rename_to(fresh, path);
  bring_names_to_disk(path);
}

}  // namespace myoaxis
