/// Which parameters of an experiment the traits of its subjects change.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "io/config/read_context.h"

namespace myoaxis {

struct Trait;

/// Numbers of the parameters that one trait changes.
struct Touched {
  std::vector<std::size_t> scaled;
  std::vector<std::size_t> sharing;
};

/// Gathers trait by trait, to find what no two traits may change.
class TraitParameters {
 public:
  /// Told what is wrong with a key of the trait ("scales", "sharing").
  using Report = std::function<void(std::string_view key, std::string const& message)>;

  /// `parameters` outlive this.
  explicit TraitParameters(std::vector<Parameter> const& parameters);

  /// What the trait changes. Nothing when something was reported, or when a piece names parameters of a
  /// factor that the experiment has not.
  Touched add(Trait const& trait, Report const& report);

  std::vector<Parameter> const& parameters() const { return parameters_; }

 private:
  std::vector<std::size_t> matching(std::string const& pattern) const;
  bool is_left_out(std::string const& pattern) const;
  std::vector<std::size_t> find(Trait const& trait, std::string_view key,
                                std::vector<std::string> const& patterns, Report const& report) const;

  struct Owner {
    std::string trait;
    bool alone = false;  // a fraction: no other trait may change it
  };
  std::vector<Parameter> const& parameters_;
  std::vector<std::string> keys_;
  std::map<std::size_t, Owner> owners_;
};

}  // namespace myoaxis
