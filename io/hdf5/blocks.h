/// Goes through a data set in blocks, so that one of any size takes little memory.
#pragma once

#include <hdf5.h>

#include <cstddef>
#include <functional>

namespace myoaxis::hdf5 {

/// Whole rows of chunks: where they lie in the data set, their shape in memory, and the bytes that they take
/// there in the type in which they are stored.
struct Block {
  hid_t place;
  hid_t memory;
  std::size_t bytes;
};

/// Shows all blocks in their order, until `see` returns false. Returns whether it saw all; false too when the
/// data set cannot be described. Throws std::bad_alloc or std::length_error when its extent is absurd.
bool for_each_block(hid_t dataset, std::function<bool(Block const&)> const& see);

}  // namespace myoaxis::hdf5
