#include "io/run/graph_file.h"

#include <fmt/core.h>

#include "io/run/run_identity.h"

namespace myoaxis {
namespace {

std::vector<std::string> cell_names(Layout const& layout) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < layout.cells(); ++i) names.push_back(layout.name(id_at<CellId>(i)));
  return names;
}

std::vector<std::string> graph_sink_names(Layout const& layout) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < layout.sinks(); ++i) names.push_back(layout.name(id_at<SinkId>(i)));
  return names;
}

std::vector<std::string> graph_source_names(GraphExperiment const& graph) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < graph.boluses.size(); ++i) names.push_back(fmt::format("bolus {}", i + 1));
  for (std::size_t i = 0; i < graph.infusions.size(); ++i) names.push_back(fmt::format("infusion {}", i + 1));
  return names;
}

Description time_scale() {
  return {.name = "time", .unit = "s", .long_name = "time since the beginning of the run"};
}

double time_of(GraphLoad const& load, GraphExperiment const& graph) {
  return static_cast<double>(load.steps_done()) * graph.step.value();
}

}  // namespace

GraphFile::Cells::Cells(H5Group group, GraphExperiment const& graph)
    : table{(group.add_scale({"cell", "", "cell of the transport graph"}, cell_names(*graph.layout)),
             group.add_table<double>(time_scale()))},
      content{table.add<double>({"content", "mol", "amount in the cell", {"cell"}})},
      concentration{table.add<double>({"concentration", "mol m-3", "content over volume", {"cell"}})} {
  group.add_fixed<double>({"volume", "m3", "volume of the cell", {"cell"}}, graph.volume);
}

GraphFile::Amounts::Amounts(H5Group group, Description const& scale, std::vector<std::string> const& names,
                            std::string const& meaning)
    : table{(group.add_scale(scale, names), group.add_table<double>(time_scale()))},
      amount{table.add<double>({"amount", "mol", meaning, {scale.name}})} {}

GraphFile::GraphFile(H5File file, LoadedGraph const& loaded, std::string const& command_line)
    : file_{std::move(file)},
      graph_{loaded.experiment},
      cells_{file_.group("transport"), graph_},
      sources_{file_.group("sources"),
               {"source", "", "bolus or infusion, as numbered in the configuration"},
               graph_source_names(graph_),
               "put in since the beginning"} {
  if (graph_.layout->sinks() > 0) {
    sinks_.emplace(file_.group("sinks"), Description{"sink", "", "where the solute ends"},
                   graph_sink_names(*graph_.layout), "arrived since the beginning");
  }
  write_identity(file_.root(),
                 {graph_.title, graph_.luck, loaded.resolved_toml, loaded.sha256, command_line});
  file_.root().set_attribute("quantum", graph_.quantum().value());
  file_.flush();
}

void GraphFile::write(GraphLoad const& load) {
  auto const time = time_of(load, graph_);
  auto values = load.content();
  cells_.content.append(values);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] /= graph_.volume[i];
  cells_.concentration.append(values);
  cells_.table.append_row(time);
  sources_.amount.append(load.put_in());
  sources_.table.append_row(time);
  if (!sinks_) return;
  sinks_->amount.append(load.cleared());
  sinks_->table.append_row(time);
}

void GraphFile::finish(GraphLoad const& load) {
  auto root = file_.root();
  root.set_attribute("state_hash", load.digest());
  root.set_attribute("time", time_of(load, graph_));
  root.set_attribute("status", "complete");
  file_.close();
}

}  // namespace myoaxis
