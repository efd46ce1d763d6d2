#include <algorithm>

#include "io/run/group_writers.h"

namespace myoaxis {
namespace {

std::vector<std::string> mode_names(Model const& model) {
  std::vector<std::string> names;
  for (auto const& [name, mode] : model.experiment.organism.modes) names.push_back(name);
  return names;
}

struct PlannedWork {
  double seconds = 0;
  double oxygen = 0;  // VO2max x s
};

PlannedWork planned_work(Session const& session, ModeParams const& mode) {
  PlannedWork planned;
  for (auto const& bout : session.bouts) {
    auto const seconds = static_cast<double>(bout.end - bout.begin);
    planned.seconds += seconds;
    planned.oxygen += seconds * demand_of(mode, bout.workload).oxygen.value();
  }
  return planned;
}

double percent(double above, double below) { return below > 0 ? 100 * above / below : 0.0; }

Series<float> state_at_end(GrowingTable<double>& table, std::string name, std::string meaning) {
  return table.add<float>({.name = std::move(name), .unit = "1", .long_name = std::move(meaning)});
}

}  // namespace

BrainWriter::BrainWriter(H5Group group)
    : table_{group.add_table<double>(
          {.name = "time", .unit = "s", .long_name = "end of the interval, since day 0, 00:00"})},
      drive_{table_.add<float>({.name = "drive",
                                .unit = "1",
                                .long_name = "excitation of the motor-unit pool, relative to maximal",
                                .attributes = {{"cell_methods", "time: mean"}}})},
      exertion_{table_.add<float>({.name = "perceived_exertion",
                                   .unit = "1",
                                   .long_name = "highest perceived exertion, on Borg's scale from 6 to 20",
                                   .attributes = {{"cell_methods", "time: maximum"}}})},
      central_fatigue_{state_at_end(table_, "central_fatigue", "share of the drive lost to central fatigue")},
      affect_{state_at_end(table_, "affect", "affect, in standard deviations of the resting score")},
      fatigue_{state_at_end(table_, "fatigue", "general fatigue, 0 at rest")},
      mood_{state_at_end(table_, "mood", "mood, in standard deviations of the resting score")},
      inflammation_{state_at_end(table_, "inflammation", "inflammation of the brain, relative to rest")} {}

void BrainWriter::write(Observation const& seen) {
  drive_.append(static_cast<float>(seen.excitation));
  exertion_.append(static_cast<float>(seen.exertion));
  central_fatigue_.append(static_cast<float>(seen.brain.central_fatigue));
  affect_.append(static_cast<float>(seen.brain.affect));
  fatigue_.append(static_cast<float>(seen.brain.fatigue));
  mood_.append(static_cast<float>(seen.brain.mood));
  inflammation_.append(static_cast<float>(seen.brain.inflammation));
  table_.append_row(static_cast<double>(seen.time.seconds()));
}

SessionWriter::SessionWriter(H5Group group, Model const& model)
    : model_{model},
      modes_{mode_names(model)},
      table_{group.add_table<std::int64_t>({"session", "1", "number of the session"}, 64)},
      start_{table_.add<double>({"start", "s", "start since day 0, 00:00"})},
      end_{table_.add<double>({"end", "s", "end since day 0, 00:00"})},
      planned_work_{table_.add<double>({"planned_work", "s", "time under load as planned"})},
      planned_intensity_{table_.add<double>(
          {"planned_intensity", "%", "mean oxygen uptake under load as planned, of VO2max"})},
      mode_{table_.add<std::uint8_t>(
          {.name = "mode", .unit = "", .long_name = "mode of exercise", .flags = modes_})},
      done_{table_.add<std::uint8_t>({.name = "done",
                                      .unit = "",
                                      .long_name = "whether the subject did it",
                                      .flags = {"skipped", "done"}})},
      effort_{table_.add<double>({"effort", "1", "share of the prescribed intensity"})},
      work_{table_.add<double>({"work", "s", "time under load"})},
      intensity_{table_.add<double>({"intensity", "%", "mean oxygen uptake under load, of VO2max"})},
      impulse_{table_.add<double>(
          {"impulse", "s", "force x time of contraction, of the maximal force of the untrained muscle"})},
      force_met_{table_.add<double>({"force_met", "%", "force given, of the force asked for"})},
      exertion_{table_.add<double>({"perceived_exertion", "1", "highest, on Borg's scale from 6 to 20"})},
      mood_{table_.add<double>({"mood", "1", "mood at the start, in SD of the resting score"})},
      affect_{table_.add<double>({"affect", "1", "affect at the start, in SD of the resting score"})} {}

void SessionWriter::write(SessionState const& session) {
  auto const& planned = model_.calendar.sessions()[*session.number];
  auto const work = planned_work(planned, model_.experiment.organism.modes.at(planned.mode));
  auto const mode = std::find(modes_.begin(), modes_.end(), planned.mode) - modes_.begin();
  start_.append(static_cast<double>(planned.begin.seconds()));
  end_.append(static_cast<double>(planned.end.seconds()));
  planned_work_.append(work.seconds);
  planned_intensity_.append(percent(work.oxygen, work.seconds));
  mode_.append(static_cast<std::uint8_t>(mode));
  done_.append(session.attended ? 1 : 0);
  effort_.append(session.effort);
  work_.append(session.worked);
  intensity_.append(percent(session.oxygen, session.worked));
  impulse_.append(session.impulse);
  force_met_.append(percent(session.impulse, session.impulse + session.missed));
  exertion_.append(session.exertion);
  mood_.append(session.mood_before);
  affect_.append(session.affect_before);
  table_.append_row(static_cast<std::int64_t>(*session.number));
}

namespace {

/// Times of the samples of a record, which only an assay with a curve has.
std::vector<double> sample_times(BolusParams const& bolus) {
  std::vector<double> times;
  for (std::size_t i = 0; i < bolus.samples(); ++i)
    times.push_back(static_cast<double>(i) * bolus.every.value());
  return times;
}

GrowingTable<double> assay_table(H5Group& group, AssayParams const& assay) {
  if (assay.kind == AssayKind::indicator_dilution) {
    group.add_scale({"delay", "s", "time after the injection"}, sample_times(assay.bolus));
  }
  return group.add_table<double>({"time", "s", "time of the reading since day 0, 00:00"}, 64);
}

}  // namespace

AssayWriter::AssayWriter(H5Group group, AssayParams const& assay, Model const& model)
    : table_{assay_table(group, assay)} {
  for (auto const& quantity : quantities_of(assay, model.experiment)) {
    auto const dims =
        quantity.form == QuantityForm::curve ? std::vector<std::string>{"delay"} : std::vector<std::string>{};
    measured_.push_back(
        table_.add<double>({quantity.name, quantity.unit, quantity.meaning + ", as measured", dims}));
    truth_.push_back(table_.add<double>(
        {quantity.name + "_truth", quantity.unit, quantity.meaning + ", without error", dims}));
  }
}

void AssayWriter::write(std::span<Reading const> readings) {
  for (auto const& reading : readings) {
    if (reading.curve.empty()) {
      measured_[reading.quantity].append(reading.measured);
      truth_[reading.quantity].append(reading.truth);
    } else {
      measured_[reading.quantity].append(reading.curve);
      truth_[reading.quantity].append(reading.true_curve);
    }
  }
  table_.append_row(static_cast<double>(readings.front().time.seconds()));
}

}  // namespace myoaxis
