/// Configuration trees as text: the canonical TOML of a resolved configuration, and short values for
/// messages.
#pragma once

#include <toml++/toml.h>

#include <string>

#include "io/config/diagnostics.h"

namespace myoaxis {

/// Where a piece of TOML stands in its file. Line 0 for what was given by `--set`.
Place place_of(toml::source_region const& source);

/// The place of a node: of its `value` when it is a parameter table.
Place place_of(toml::node const& node);

/// True for a parameter with provenance: a table with the key `value`.
bool is_parameter_table(toml::node const& node);

/// `node` on one line, in TOML.
std::string inline_text(toml::node const& node);

/// The same for a message: cut where it gets long, and a parameter table shown by its value.
std::string shown(toml::node const& node);

/// The text of a value for a message, cut where it gets long.
std::string shortened(std::string text);

/// Canonical TOML: keys sorted, parameters on one line with their value first, other tables as [a.b], arrays
/// of tables as [[a.b]]. Two trees with equal contents give equal texts, whatever the layout of the files
/// they were read from.
std::string canonical_text(toml::table const& table);

}  // namespace myoaxis
