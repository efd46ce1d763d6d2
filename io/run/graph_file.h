/// The results file of a graph experiment: content of the cells and what went into the sinks, row by row.
#pragma once

#include <optional>
#include <string>

#include "io/experiment/graph_config.h"
#include "io/hdf5/writer.h"
#include "io/run/graph_load.h"

namespace myoaxis {

class GraphFile {
 public:
  /// Creates all groups in the new `file`. `loaded` outlives it. Throws FileError.
  GraphFile(H5File file, LoadedGraph const& loaded, std::string const& command_line);

  /// What a row of each table takes.
  FileLayout layout() { return file_.layout(); }
  void write(GraphLoad const& load);
  /// Writes the state's fingerprint and the status "complete", and closes the file.
  void finish(GraphLoad const& load);

 private:
  /// /transport: time, cell.
  struct Cells {
    Cells(H5Group group, GraphExperiment const& graph);
    GrowingTable<double> table;
    Series<double> content, concentration;
  };
  /// A group of cumulative amounts in mol: /sinks by sink, /sources by what is put in.
  struct Amounts {
    Amounts(H5Group group, Description const& scale, std::vector<std::string> const& names,
            std::string const& meaning);
    GrowingTable<double> table;
    Series<double> amount;
  };

  H5File file_;
  GraphExperiment const& graph_;
  Cells cells_;
  Amounts sources_;
  std::optional<Amounts> sinks_;  // a dimension without entries cannot be written
};

}  // namespace myoaxis
