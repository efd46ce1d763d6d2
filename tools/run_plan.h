/// What a run says before it starts: its plan, and whether its results will find room.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "io/experiment/graph_config.h"
#include "io/run/simulation.h"
#include "tools/available_cpus.h"

namespace myoaxis {

/// A size for people: "12.3 MB".
std::string megabytes(std::size_t bytes);

void print_plan(Plan const& plan, std::filesystem::path const& output, Model const& model,
                CpuCount const& cpus);
void print_graph_plan(GraphExperiment const& graph, ExpectedSize const& size,
                      std::filesystem::path const& output, CpuCount const& cpus);

/// Warns when the results may not find room. Throws FileError when they cannot.
void check_room(std::filesystem::path const& output, ExpectedSize const& size);

}  // namespace myoaxis
