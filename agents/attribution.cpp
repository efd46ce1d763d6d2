#include "agents/attribution.h"

#include <algorithm>

#include "core/contracts.h"

namespace myoaxis {

Attribution::Attribution(Model const& model) {
  for (std::size_t i = 0; i < model.factors.size(); ++i) {
    auto const& factor = model.factors[i];
    if (factor.is_field()) continue;
    factors_.push_back(factor.params.name);
    carried_.push_back({i, factor.quantum, {}});
    for (auto const& source : factor.sources) carried_.back().sources.push_back(source_place(source.name));
  }
  sources_.emplace_back("initial");
  sources_.emplace_back("returned");
  for (auto const& type : model.experiment.organism.muscle.types) fiber_types_.push_back(type.name);
  fiber_types_.emplace_back("none");
  sessions_ = {kMerged, kOutside};
  for (std::size_t i = 0; i < model.calendar.sessions().size(); ++i)
    sessions_.push_back(static_cast<std::int64_t>(i));
  auto const size = factors_.size() * sources_.size() * fiber_types_.size() * sessions_.size();
  arrived_.assign(size, 0.0);
  exposure_.assign(size, 0.0);
}

void Attribution::see(StepReport const& report) {
  for (std::size_t i = 0; i < carried_.size(); ++i) {
    auto const quantum = carried_[i].quantum;
    for (auto const& entry : report.factors[carried_[i].number].tags) {
      auto const place = place_of(i, entry.tag);
      arrived_[place] += entry.arrived * quantum;
      exposure_[place] += entry.exposure * quantum;
    }
  }
}

std::size_t Attribution::source_place(std::string const& name) {
  auto const found = std::find(sources_.begin(), sources_.end(), name);
  if (found != sources_.end()) return static_cast<std::size_t>(found - sources_.begin());
  sources_.push_back(name);
  return sources_.size() - 1;
}

std::size_t Attribution::place_of(std::size_t factor, Tag tag) const {
  auto source = sources_.size() - 2;
  if (tag.source == kReturned) ++source;
  if (tag.source < kInitial) source = carried_[factor].sources[tag.source];
  auto const type = tag.group == kNoGroup ? fiber_types_.size() - 1 : tag.group;
  std::size_t session = tag.session + std::size_t{2};
  if (tag.session == kNoSession) session = 1;
  if (tag.session == kMergedSessions) session = 0;
  EXPECTS(session < sessions_.size());
  return ((factor * sources_.size() + source) * fiber_types_.size() + type) * sessions_.size() + session;
}

}  // namespace myoaxis
