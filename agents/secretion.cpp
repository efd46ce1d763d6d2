#include "agents/secretion.h"

#include "agents/muscle/secretion_rate.h"
#include "agents/muscle/transcription_response.h"
#include "core/parallel.h"

namespace myoaxis {
namespace {

/// Running sum of the fibers' release rates (quanta/s); advances their transcription responses.
std::vector<double> fiber_rates(Secretion& secretion, SourceParams const& source, double quanta_per_kilogram,
                                Fibers const& fibers, Seconds dt) {
  std::vector<double> rates(fibers.size());
  for_each_index(fibers.size(), [&](std::size_t i) {
    TranscriptionState transcription{secretion.stage_1[i], secretion.stage_2[i], secretion.response[i]};
    auto const response =
        advance_transcription(transcription, fibers.activation[i], source.transcription_delay, dt);
    secretion.stage_1[i] = transcription.first;
    secretion.stage_2[i] = transcription.second;
    secretion.response[i] = transcription.third;
    auto const rate =
        secretion_rate(Fraction{fibers.activation[i]}, response, secretion.capacity[i], source.fibers);
    rates[i] = rate.value() * fibers.mass[i] * quanta_per_kilogram;
  });
  for (std::size_t i = 1; i < rates.size(); ++i) rates[i] += rates[i - 1];
  return rates;
}

}  // namespace

Secreted secrete(FactorState& state, FactorModel const& factor, Fibers const& fibers, Intensity task,
                 std::optional<std::size_t> session, Seconds dt) {
  auto const number = session ? static_cast<std::uint16_t>(*session) : kNoSession;
  Secreted secreted;
  secreted.fiber_rates.resize(factor.sources.size());
  for (std::size_t i = 0; i < factor.sources.size(); ++i) {
    auto const& source = factor.params.sources[i];
    auto const& site = factor.sources[i];
    auto fold = 1.0;
    if (site.fiber_cell) {
      auto& rates = secreted.fiber_rates[i];
      rates = fiber_rates(state.secretion[i], source, factor.quanta_per_kilogram(), fibers, dt);
      secreted.muscle_rate += rates.back();
      secreted.releases.push_back({i, site.key, *site.fiber_cell, rates.back(), rates, number});
    } else {
      auto const response =
          advance_transcription(state.transcription[i], task.value(), source.transcription_delay, dt);
      fold += source.exercise_fold.value() * task.value() + source.transcription_fold.value() * response;
    }
    for (auto const& target : site.targets) {
      secreted.releases.push_back({i, site.key, target.cell, target.rest_rate * fold, {}, number});
    }
  }
  return secreted;
}

}  // namespace myoaxis
