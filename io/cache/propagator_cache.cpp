#include "io/cache/propagator_cache.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <system_error>
#include <vector>

#include "core/state_hash.h"
#include "io/run/build_info.h"

namespace myoaxis {
namespace {

namespace fs = std::filesystem;

/// What stands at the head of a file: 32 digits of a fingerprint of all that follows.
constexpr std::size_t kDigestLength = 32;

std::string build_digest() {
  StateHash hash;
  for (auto const& text : {git_revision(), build_description()}) hash.add(std::span<char const>{text});
  return hash.digest();
}

std::string digest_of(std::span<double const> values) {
  StateHash hash;
  hash.add(values);
  return hash.digest();
}

/// All numbers of a file in their order: cells, places and lengths, then the matrices of each length.
std::vector<double> flattened(Propagators const& propagators) {
  auto const& shape = propagators.begin()->second.at_end;
  std::vector<double> values{static_cast<double>(shape.cells()), static_cast<double>(shape.places()),
                             static_cast<double>(propagators.size())};
  for (auto const& [seconds, propagator] : propagators) {
    values.push_back(static_cast<double>(seconds));
    for (auto const* matrix : {&propagator.at_end, &propagator.average, &propagator.released}) {
      values.insert(values.end(), matrix->values().begin(), matrix->values().end());
    }
  }
  return values;
}

/// Nothing when the numbers do not fill the shape that they claim.
std::optional<Propagators> unflattened(std::span<double const> values) {
  if (values.size() < 3) return {};
  auto const cells = static_cast<std::size_t>(values[0]);
  auto const places = static_cast<std::size_t>(values[1]);
  auto const count = static_cast<std::size_t>(values[2]);
  auto const size = cells * places;
  if (values.size() != 3 + count * (1 + 3 * size)) return {};
  Propagators propagators;
  auto next = values.subspan(3);
  for (std::size_t i = 0; i < count; ++i) {
    auto const seconds = static_cast<std::int64_t>(next[0]);
    next = next.subspan(1);
    Propagator propagator{seconds, {}, {}, {}};
    for (auto* matrix : {&propagator.at_end, &propagator.average, &propagator.released}) {
      *matrix = PlaceMatrix{cells, places, next.first(size)};
      next = next.subspan(size);
    }
    propagators.emplace(seconds, std::move(propagator));
  }
  return propagators;
}

/// Removes the files that were used longest ago until no more than `largest` bytes are left.
void evict(fs::path const& folder, std::uintmax_t largest) {
  struct Entry {
    fs::file_time_type used;
    fs::path path;
    std::uintmax_t size;
  };
  std::vector<Entry> entries;
  std::uintmax_t total = 0;
  std::error_code error;
  for (auto const& file : fs::directory_iterator{folder, error}) {
    std::error_code gone;
    Entry entry{file.last_write_time(gone), file.path(), file.file_size(gone)};
    if (gone) continue;
    total += entry.size;
    entries.push_back(std::move(entry));
  }
  std::sort(entries.begin(), entries.end(), [](auto const& a, auto const& b) { return a.used < b.used; });
  for (auto const& entry : entries) {
    if (total <= largest) return;
    fs::remove(entry.path, error);
    total -= entry.size;
  }
}

}  // namespace

PropagatorCache::PropagatorCache(fs::path folder, std::uintmax_t largest)
    : folder_{std::move(folder)}, largest_{largest} {}

PropagatorCache::~PropagatorCache() {
  if (kept_ > 0) evict(folder_, largest_);
}

fs::path PropagatorCache::file_of(std::string const& key) const {
  static std::string const build = build_digest().substr(0, 16);
  return folder_ / (key + '-' + build + ".propagators");
}

std::optional<Propagators> PropagatorCache::find(std::string const& key) {
  auto const path = file_of(key);
  std::ifstream file{path, std::ios::binary};
  if (!file) return {};
  std::error_code error;
  auto const size = fs::file_size(path, error);
  if (error || size < kDigestLength || (size - kDigestLength) % sizeof(double) != 0) return {};
  std::string digest(kDigestLength, '\0');
  file.read(digest.data(), kDigestLength);
  std::vector<double> values((size - kDigestLength) / sizeof(double));
  file.read(reinterpret_cast<char*>(values.data()),
            static_cast<std::streamsize>(values.size() * sizeof(double)));
  if (!file || digest_of(values) != digest) return {};
  auto propagators = unflattened(values);
  if (!propagators) return {};
  fs::last_write_time(path, fs::file_time_type::clock::now(), error);
  ++found_;
  return propagators;
}

void PropagatorCache::keep(std::string const& key, Propagators const& propagators) {
  std::error_code error;
  fs::create_directories(folder_, error);
  auto const path = file_of(key);
  auto aside = path;
  aside += fmt::format(".{}", getpid());
  auto const values = flattened(propagators);
  {
    std::ofstream file{aside, std::ios::binary};
    file << digest_of(values);
    file.write(reinterpret_cast<char const*>(values.data()),
               static_cast<std::streamsize>(values.size() * sizeof(double)));
    file.close();
    if (!file) error = std::make_error_code(std::errc::io_error);
  }
  if (!error) fs::rename(aside, path, error);
  if (error) {
    fs::remove(aside, error);
  } else {
    ++kept_;
  }
}

std::optional<fs::path> cache_folder() {
  auto const revision = git_revision();
  if (revision == "unknown" || revision.ends_with("-dirty")) return {};
  if (auto const* chosen = std::getenv("MYOAXIS_CACHE")) {
    if (std::string{chosen} == "off") return {};
    return fs::path{chosen};
  }
  if (auto const* caches = std::getenv("XDG_CACHE_HOME"); caches && *caches != '\0') {
    return fs::path{caches} / "myoaxis";
  }
  if (auto const* home = std::getenv("HOME"); home && *home != '\0') return fs::path{home} / ".cache/myoaxis";
  return {};
}

}  // namespace myoaxis
