#include <numeric>
#include <type_traits>

#include "io/run/group_writers.h"

namespace myoaxis {
namespace {

template <class Amount>
constexpr bool kOfFields = std::is_same_v<Amount, double>;

/// Calls `f(number, factor)` for each factor whose amounts are of the type.
template <class Amount, class F>
void for_each_factor(Model const& model, F&& f) {
  for (std::size_t i = 0; i < model.factors.size(); ++i) {
    if (model.factors[i].is_field() == kOfFields<Amount>) f(i, model.factors[i]);
  }
}

template <class Amount>
std::vector<std::string> factor_names(Model const& model) {
  std::vector<std::string> names;
  for_each_factor<Amount>(model,
                          [&](std::size_t, auto const& factor) { names.push_back(factor.params.name); });
  return names;
}

template <class Amount>
std::vector<std::string> ledger_source_names(Model const& model) {
  std::vector<std::string> names;
  for_each_factor<Amount>(model, [&](std::size_t, auto const& factor) {
    for (auto const& source : factor.sources) names.push_back(factor.params.name + ":" + source.name);
  });
  return names;
}

template <class Amount>
std::vector<std::string> sink_names(Model const& model) {
  std::vector<std::string> names;
  for_each_factor<Amount>(model, [&](std::size_t, auto const& factor) {
    for (std::size_t i = 0; i < factor.layout.sinks(); ++i) {
      names.push_back(factor.params.name + ":" + factor.layout.name(id_at<SinkId>(i)));
    }
  });
  return names;
}

template <class Amount>
std::string unit_of() {
  return kOfFields<Amount> ? "mol" : "1";
}

template <class Amount>
std::string amount_of(std::string const& what) {
  return (kOfFields<Amount> ? "amount " : "quanta ") + what;
}

template <class Values>
auto sum_of_amounts(Values const& values) {
  return std::accumulate(values.begin(), values.end(), typename Values::value_type{0});
}

std::int64_t carried(FactorState const& state, std::int64_t) {
  return sum_of_amounts(state.load.cargo.packets.weight) + sum_of_amounts(state.load.cargo.counts.quanta);
}
double carried(FactorState const& state, double) { return sum_of_amounts(state.load.field.content); }
auto const& ledger_of(FactorState const& state, std::int64_t) { return state.load.cargo.ledger; }
auto const& ledger_of(FactorState const& state, double) { return state.load.field.ledger; }

}  // namespace

template <class Amount>
LedgerWriter<Amount>::LedgerWriter(H5Group group, Model const& model)
    : model_{model},
      table_{(
          group.add_scale({"factor", "", "factor"}, factor_names<Amount>(model)),
          group.add_scale({"source", "", "factor and source"}, ledger_source_names<Amount>(model)),
          group.add_scale({"sink", "", "factor and what cleared or converted it"}, sink_names<Amount>(model)),
          group.add_table<double>(
              {.name = "time", .unit = "s", .long_name = "end of the interval, since day 0, 00:00"}))},
      initial_{table_.add<Amount>(
          {"initial", unit_of<Amount>(), amount_of<Amount>("at the beginning of the run"), {"factor"}})},
      released_{table_.add<Amount>({"released",
                                    unit_of<Amount>(),
                                    amount_of<Amount>("released or converted into the factor since then"),
                                    {"factor"}})},
      injected_{table_.add<Amount>(
          {"injected", unit_of<Amount>(), amount_of<Amount>("infused since then"), {"factor"}})},
      cleared_{table_.add<Amount>(
          {"cleared", unit_of<Amount>(), amount_of<Amount>("cleared or converted since then"), {"factor"}})},
      carried_{
          table_.add<Amount>({"carried",
                              unit_of<Amount>(),
                              amount_of<Amount>("in body and brain: initial + released + injected - cleared"),
                              {"factor"}})},
      by_source_{table_.add<Amount>(
          {"released_by_source", unit_of<Amount>(), amount_of<Amount>("released, by source"), {"source"}})},
      by_sink_{table_.add<Amount>({"cleared_by_sink",
                                   unit_of<Amount>(),
                                   amount_of<Amount>("cleared, by organ or process"),
                                   {"sink"}})} {
  if (kOfFields<Amount>) return;
  std::vector<double> quantum, weight;
  for_each_factor<Amount>(model, [&](std::size_t, auto const& factor) {
    quantum.push_back(factor.quantum);
    weight.push_back(static_cast<double>(factor.kind.packet_weight));
  });
  group.add_fixed<double>({"quantum", "1", "molecules in a quantum", {"factor"}}, quantum);
  group.add_fixed<double>({"packet_weight", "1", "quanta in a new packet", {"factor"}}, weight);
}

template <class Amount>
void LedgerWriter<Amount>::write(Organism const& organism) {
  std::vector<Amount> initial, released, injected, cleared, carried_now, by_source, by_sink;
  for_each_factor<Amount>(model_, [&](std::size_t i, FactorModel const& factor) {
    auto const& state = organism.factors[i];
    auto const& ledger = ledger_of(state, Amount{});
    Amount infused{0};
    for (std::size_t k = 0; k < factor.sources.size(); ++k) {
      if (factor.sources[k].infusion) infused += ledger.released[k];
    }
    initial.push_back(ledger.initial);
    released.push_back(sum_of_amounts(ledger.released) - infused);
    injected.push_back(infused);
    cleared.push_back(sum_of_amounts(ledger.cleared));
    carried_now.push_back(carried(state, Amount{}));
    by_source.insert(by_source.end(), ledger.released.begin(), ledger.released.end());
    by_sink.insert(by_sink.end(), ledger.cleared.begin(), ledger.cleared.end());
  });
  initial_.append(initial);
  released_.append(released);
  injected_.append(injected);
  cleared_.append(cleared);
  carried_.append(carried_now);
  by_source_.append(by_source);
  by_sink_.append(by_sink);
  table_.append_row(static_cast<double>(organism.now.seconds()));
}

template class LedgerWriter<std::int64_t>;
template class LedgerWriter<double>;

}  // namespace myoaxis
