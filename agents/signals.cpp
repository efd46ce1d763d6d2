#include "agents/signals.h"

#include <algorithm>

namespace myoaxis {

Signals make_signals(Model const& model) {
  return {std::vector<double>(model.factors.size() * model.body.tissues.size(), 0.0), 0};
}

void note_fold(Signals& signals, std::size_t factor, std::vector<double> const& fold, double seconds) {
  for (std::size_t i = 0; i < fold.size(); ++i) {
    signals.weighted_fold[factor * fold.size() + i] += seconds * fold[i];
  }
}

void forget(Signals& signals) {
  std::fill(signals.weighted_fold.begin(), signals.weighted_fold.end(), 0.0);
  signals.seconds = 0;
}

ProcessFactors process_factors(std::vector<double> const& folds, Model const& model) {
  ProcessFactors drives, gates;
  drives.fill(1);
  gates.fill(1);
  for (std::size_t i = 0; i < folds.size(); ++i) {
    for (auto const& effect : model.factors[i].params.effects) {
      auto const process = static_cast<std::size_t>(effect.process);
      if (effect.kind == EffectKind::drive) {
        drives[process] *= drive_factor(folds[i], effect);
      } else {
        gates[process] *= gate_factor(folds[i], effect);
      }
    }
  }
  ProcessFactors factors;
  for (std::size_t i = 0; i < kProcesses; ++i) factors[i] = combined(drives[i], gates[i]);
  return factors;
}

ProcessFactors process_factors(Signals const& signals, Model const& model, std::size_t tissue) {
  std::vector<double> folds(model.factors.size(), 1.0);
  if (signals.seconds > 0) {
    for (std::size_t i = 0; i < folds.size(); ++i) {
      folds[i] = signals.weighted_fold[i * model.body.tissues.size() + tissue] / signals.seconds;
    }
  }
  return process_factors(folds, model);
}

NicheModulation niche_modulation(ProcessFactors const& processes, InflammationParams const& inflammation,
                                 double level) {
  auto const of = [&](Process process) { return processes[static_cast<std::size_t>(process)]; };
  return {.activation = of(Process::activation),
          .proliferation = of(Process::proliferation),
          .survival = of(Process::survival) * suppression(level, inflammation.survival_exponent),
          .maturation = of(Process::maturation) * suppression(level, inflammation.maturation_exponent)};
}

}  // namespace myoaxis
