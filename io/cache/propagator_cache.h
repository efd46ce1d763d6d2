/// Propagators on disk: a folder of files, one for each generator and set of lengths, that runs share.
///
/// A file belongs to one build of the program on one kind of machine, so that a run gives the same bits with
/// the cache and without it. It is written aside and renamed; a file that is not whole is made anew. The
/// folder may be deleted at any time.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>

#include "core/transport/propagator_store.h"

namespace myoaxis {

class PropagatorCache final : public PropagatorStore {
 public:
  /// `largest`: bytes above which the files that were used longest ago go.
  explicit PropagatorCache(std::filesystem::path folder, std::uintmax_t largest = std::uintmax_t{4} << 30);
  ~PropagatorCache() override;
  PropagatorCache(PropagatorCache const&) = delete;
  PropagatorCache& operator=(PropagatorCache const&) = delete;

  std::optional<Propagators> find(std::string const& key) override;
  void keep(std::string const& key, Propagators const& propagators) override;

  /// How many sets were found and how many were made and kept.
  std::size_t found() const { return found_; }
  std::size_t kept() const { return kept_; }

 private:
  std::filesystem::path file_of(std::string const& key) const;

  std::filesystem::path folder_;
  std::uintmax_t largest_;
  std::atomic<std::size_t> found_ = 0;
  std::atomic<std::size_t> kept_ = 0;
};

/// The folder named by MYOAXIS_CACHE, or myoaxis in the user's folder for caches; nothing when MYOAXIS_CACHE
/// is "off", the user has no such folder, or the program does not know exactly which revision it is.
std::optional<std::filesystem::path> cache_folder();

}  // namespace myoaxis
