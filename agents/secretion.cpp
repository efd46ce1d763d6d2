#include "agents/secretion.h"

#include <utility>

#include "agents/muscle/secretion_rate.h"
#include "agents/muscle/transcription_response.h"
#include "core/parallel.h"

namespace myoaxis {
namespace {

/// What of the fiber's activity the source follows.
double driver_of(SourceParams const& source, Fibers const& fibers, std::size_t i) {
  auto const relief = source.driver == FiberDriver::anaerobic_activation ? 1 + fibers.oxidative[i] : 1.0;
  return fibers.activation[i] / relief;
}

/// Running sum of the fibers' release rates (quanta/s); advances their transcription responses.
std::vector<double> fiber_rates(Secretion& secretion, SourceParams const& source, double quanta_per_kilogram,
                                Fibers const& fibers, Seconds dt) {
  std::vector<double> rates(fibers.size());
  for_each_index(fibers.size(), [&](std::size_t i) {
    auto const driver = driver_of(source, fibers, i);
    TranscriptionState transcription{secretion.stage_1[i], secretion.stage_2[i], secretion.response[i]};
    auto const response = advance_transcription(transcription, driver, source.transcription_delay, dt);
    secretion.stage_1[i] = transcription.first;
    secretion.stage_2[i] = transcription.second;
    secretion.response[i] = transcription.third;
    auto const trained = 1 + (source.trained_fold.value() - 1) * fibers.secretory[i];
    auto const rate =
        secretion_rate(Fraction{driver}, response, secretion.capacity[i] * trained, source.fibers);
    rates[i] = rate.value() * fibers.mass[i] * (1 + fibers.growth[i]) * quanta_per_kilogram;
  });
  for (std::size_t i = 1; i < rates.size(); ++i) rates[i] += rates[i - 1];
  return rates;
}

void add_releases(Secreted& secreted, SourceSite const& site, std::size_t source, double fold) {
  for (auto const& target : site.targets) {
    secreted.releases.push_back(
        {source, site.key, target.cell, target.rest_rate * fold, {}, secreted.session});
  }
}

void add_fibers(Secreted& secreted, SourceSite const& site, std::size_t source, std::vector<double> rates,
                Fibers const& fibers) {
  secreted.fiber_rates[source] = std::move(rates);
  auto const& sums = secreted.fiber_rates[source];
  secreted.muscle_rate += sums.back();
  secreted.releases.push_back(
      {source, site.key, *site.fiber_cell, sums.back(), sums, secreted.session, fibers.type});
}

}  // namespace

Secreted secrete(FactorState& state, FactorModel const& factor, Fibers const& fibers,
                 Activity const& activity) {
  auto const dt = activity.step.length();
  auto const knocked_out = factor.is_knocked_out(activity.step.begin);
  Secreted secreted;
  secreted.session = activity.session ? static_cast<std::uint16_t>(*activity.session) : kNoSession;
  secreted.fiber_rates.resize(factor.sources.size());
  for (std::size_t i = 0; i < factor.params.sources.size(); ++i) {
    auto const& source = factor.params.sources[i];
    auto const& site = factor.sources[i];
    auto fold = 1.0;
    if (site.fiber_cell) {
      auto rates = fiber_rates(state.secretion[i], source, factor.quanta_per_kilogram(), fibers, dt);
      if (!knocked_out) add_fibers(secreted, site, i, std::move(rates), fibers);
    } else {
      auto const response = advance_transcription(state.transcription[i], activity.oxygen.value(),
                                                  source.transcription_delay, dt);
      fold += source.exercise_fold.value() * activity.oxygen.value() +
              source.transcription_fold.value() * response;
    }
    if (!knocked_out) add_releases(secreted, site, i, fold);
  }
  for (auto i = factor.params.sources.size(); i < factor.sources.size(); ++i) {
    auto const& infusion = factor.sources[i].infusion;
    if (infusion && infusion->acts_at(activity.step.begin)) add_releases(secreted, factor.sources[i], i, 1);
  }
  return secreted;
}

}  // namespace myoaxis
