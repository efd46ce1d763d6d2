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

/// `error`: errno as the failed call left it, before anything else could change it.
[[noreturn]] void fail_with_system(fs::path const& path, std::string const& doing, int error) {
  throw FileError{path.string(), fmt::format("cannot {}: {}", doing, std::strerror(error)),
                  "is the folder there and writable, and is there space on the disk?"};
}

/// Fingerprint of all behind the seal.
Fingerprint sealed_content(std::ifstream& file, fs::path const& path) {
  StateHash hash;
  std::vector<char> buffer(1 << 20);
  file.seekg(kSealBytes);
  errno = 0;
  while (file.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || file.gcount() > 0) {
    hash.add_bytes(buffer.data(), static_cast<std::size_t>(file.gcount()));
  }
  auto const error = errno;
  if (file.bad()) fail_with_system(path, "read", error);  // not its end, but a disk that does not answer
  return hash.fingerprint();
}

std::string seal_text(std::string const& kind, Fingerprint content) {
  auto text = fmt::format("{} 1\nfingerprint {}\n", kind, to_string(content));
  text.resize(kSealBytes, '\n');
  return text;
}

void rename_to(fs::path const& from, fs::path const& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0)
    fail_with_system(to, "put the new file in its place", errno);
}

}  // namespace

void seal(fs::path const& path, std::string const& kind) {
  errno = 0;
  std::ifstream in{path, std::ios::binary};
  if (!in) fail_with_system(path, "read back", errno);
  auto const text = seal_text(kind, sealed_content(in, path));
  errno = 0;
  std::fstream out{path, std::ios::binary | std::ios::in | std::ios::out};
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.flush();
  if (!out) fail_with_system(path, "write", errno);
  out.close();
  if (!out) fail_with_system(path, "write", errno);
  bring_to_disk(path);
}

Seal inspect_seal(fs::path const& path, std::string const& kind) {
  errno = 0;
  std::ifstream file{path, std::ios::binary};
  if (!file) fail_with_system(path, "read", errno);
  std::string front(kSealBytes, '\0');
  file.read(front.data(), static_cast<std::streamsize>(front.size()));
  if (file.bad()) fail_with_system(path, "read", errno);
  if (!front.starts_with(kind + " ")) return Seal::missing;
  if (!file) return Seal::damaged;
  return front == seal_text(kind, sealed_content(file, path)) ? Seal::whole : Seal::damaged;
}

void replace_keeping_previous(fs::path const& fresh, fs::path const& path, fs::path const& previous) {
  std::error_code ignored;
  if (fs::exists(path, ignored)) rename_to(path, previous);
  rename_to(fresh, path);
  bring_names_to_disk(path);
}

}  // namespace myoaxis
