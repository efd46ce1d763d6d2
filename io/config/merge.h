/// Laying one configuration tree over another, such as an experiment over the organism that it uses.
#pragma once

#include <toml++/toml.h>

namespace myoaxis {

/// Puts `over` on top of `base`. Tables are merged key by key, and an array replaces an array. A table of
/// tables put over an array of tables is laid over those whose `name` is the key; a name that none has adds
/// one: [factor.il6.organism.mouse.source.fat]. A plain value put over a parameter table replaces its `value`
/// and leaves range, organism and source as they are.
///
/// Nodes are moved, never copied, since toml++ forgets the source place of a node that is copied.
void merge(toml::table& base, toml::table&& over);

/// Fills `section` with what it leaves open and `piece` has. The section keeps its own place.
void merge_below(toml::table& section, toml::table&& piece);

/// Moves a node with its place to `table`, in place of what was there.
void put(toml::table& table, toml::key const& key, toml::node&& node);

}  // namespace myoaxis
