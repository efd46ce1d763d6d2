#include "io/run/group_writers.h"

namespace myoaxis {

StateWriter::StateWriter(H5Group group)
    : table_{group.add_table<double>({"time", "s", "time of the state, since day 0, 00:00"})},
      high_{table_.add<std::uint64_t>(
          {"hash_high", "1", "upper half of the fingerprint of the complete state (XXH3, 128 bits)"})},
      low_{table_.add<std::uint64_t>({"hash_low", "1", "lower half of it"})} {}

void StateWriter::write(Tick time, Fingerprint state) {
  high_.append(state.high);
  low_.append(state.low);
  table_.append_row(static_cast<double>(time.seconds()));
}

OutcomeWriter::OutcomeWriter(H5Group group, std::vector<Outcome> const& outcomes)
    : values_{make_values(group, outcomes)} {
  std::vector<std::string> units, meanings;
  for (auto const& outcome : outcomes) {
    units.push_back(outcome.unit);
    meanings.push_back(outcome.meaning);
  }
  group.add_fixed({"unit", "", "unit of the value", {"outcome"}}, units);
  group.add_fixed({"meaning", "", "what it is", {"outcome"}}, meanings);
}

Fixed<double> OutcomeWriter::make_values(H5Group& group, std::vector<Outcome> const& outcomes) {
  std::vector<std::string> names;
  for (auto const& outcome : outcomes) names.push_back(outcome.name);
  group.add_scale({"outcome", "", "name of the outcome"}, names);
  return group.reserve_fixed<double>(
      {"value", "1", "value in the unit that the data set unit names; NaN: no occasion", {"outcome"}});
}

void OutcomeWriter::write(std::vector<Outcome> const& outcomes) {
  std::vector<double> values;
  for (auto const& outcome : outcomes) values.push_back(outcome.value);
  values_.write(values);
}

}  // namespace myoaxis
