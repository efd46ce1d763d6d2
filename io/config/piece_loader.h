/// Finds the file of a piece (an organism, a factor, a regime) by its name, and reads it.
#pragma once

#include <toml++/toml.h>

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "io/config/diagnostics.h"
#include "io/config/search_path.h"

namespace myoaxis {

/// What is asked for: a piece by its name, by whom, and where an answer would go.
struct Request {
  std::string name;
  Place place;
  std::string section;
  std::string key;  // "use" or "preset"; empty in a list
  std::string folder;
};

/// Finds and reads pieces, each laid over the piece that it may use itself.
class PieceLoader {
 public:
  PieceLoader(SearchPath const& search, Diagnostics& diagnostics)
      : search_{search}, diagnostics_{diagnostics} {}

  /// The file of the piece; empty when there is none. `trail` holds the files that led here.
  std::filesystem::path find(Request const& request, std::vector<std::filesystem::path> const& trail) const;

  /// The piece, already laid over the piece that it uses itself.
  std::optional<toml::table> load(Request const& request, std::vector<std::filesystem::path> const& trail);

  /// Whether a piece so far has named a part of itself so.
  bool is_part(std::string const& name) const { return parts_.contains(name); }

  SearchPath const& search() const { return search_; }
  Diagnostics& diagnostics() { return diagnostics_; }

 private:
  std::optional<toml::table> load_file(std::filesystem::path const& path, Request const& request,
                                       std::vector<std::filesystem::path> trail);
  /// Puts in what `use_parts = ["muscle"]` names: for organisms/mouse.toml, organisms/mouse/muscle.toml.
  void add_parts(toml::table& piece, std::filesystem::path const& path, Request const& request);
  std::filesystem::path part_file(std::filesystem::path const& path, Request const& request,
                                  std::string const& part) const;
  void report_missing(Request const& request, std::filesystem::path const& beside);

  SearchPath const& search_;
  Diagnostics& diagnostics_;
  std::set<std::string> parts_;
};

/// The piece that `key` in the table `section` asks for, or nothing (a key of a wrong type is a problem).
std::optional<Request> request_in(toml::table const& table, std::string const& section,
                                  std::string const& key, std::string const& folder,
                                  Diagnostics& diagnostics);

}  // namespace myoaxis
