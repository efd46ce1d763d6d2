#include "io/run/graph_simulation.h"

#include "io/run/graph_file.h"
#include "io/run/graph_load.h"
#include "io/run/partial_file.h"

namespace myoaxis {

std::string simulate_graph(LoadedGraph const& loaded, GraphRequest const& request) {
  auto const& graph = loaded.experiment;
  PartialFile partial{request.output};
  auto new_file = H5File::create(partial.path());
  partial.created();
  GraphFile file{std::move(new_file), loaded, request.command_line};
  GraphLoad load{graph, request.store};
  load.inject_due();
  file.write(load);
  while (load.steps_done() < graph.steps) {
    load.advance();
    load.inject_due();
    if (load.steps_done() % graph.every == 0 || load.steps_done() == graph.steps) file.write(load);
  }
  file.finish(load);
  partial.hand_over();
  return load.digest();
}

}  // namespace myoaxis
