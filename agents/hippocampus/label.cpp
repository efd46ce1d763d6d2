#include "agents/hippocampus/label.h"

namespace myoaxis {

void label_cells(Neurons& neurons, LabelParams const& params) {
  for (std::size_t i = 0; i < neurons.size(); ++i) {
    auto const stage = Stage{neurons.stage[i]};
    if (stage != Stage::active_stem && stage != Stage::progenitor) continue;
    if (in_s_phase(neurons.progress[i] / neurons.progress_needed[i], params)) neurons.label[i] = kFreshLabel;
  }
}

std::array<std::int64_t, kStages> count_labeled(Neurons const& neurons, LabelParams const& params) {
  std::array<std::int64_t, kStages> counts{};
  for (std::size_t i = 0; i < neurons.size(); ++i) {
    if (is_seen(neurons.label[i], params)) ++counts[neurons.stage[i]];
  }
  return counts;
}

std::int64_t count_doublecortin(Neurons const& neurons, LabelParams const& params, Tick now) {
  std::int64_t count = 0;
  auto const time = static_cast<double>(now.seconds());
  for (std::size_t i = 0; i < neurons.size(); ++i) {
    auto const stage = Stage{neurons.stage[i]};
    auto const age = time - neurons.born[i];
    auto const young = stage == Stage::neuroblast || stage == Stage::immature;
    if (young && age >= params.dcx_from.value() && age <= params.dcx_to.value()) ++count;
  }
  return count;
}

}  // namespace myoaxis
