#include "io/run/attribution_writer.h"

#include <algorithm>

namespace myoaxis {
namespace {

constexpr int kWritesOfARun = 32;

/// Both data sets have all dimensions.
Fixed<double> values_of(H5Group& group, std::string name, std::string unit, std::string meaning,
                        std::string details) {
  return group.reserve_fixed<double>({.name = std::move(name),
                                      .unit = std::move(unit),
                                      .long_name = std::move(meaning),
                                      .dims = {"factor", "source", "fiber_type", "session"},
                                      .description = std::move(details)});
}

H5Group& with_scales(H5Group& group, Attribution const& shape) {
  group.add_scale({.name = "factor", .unit = "", .long_name = "factor"}, shape.factors());
  group.add_scale({.name = "source",
                   .unit = "",
                   .long_name = "what released the molecules",
                   .description = "initial: there at the beginning of the run; returned: came back from the "
                                  "brain into the blood, whoever had released them; muscle: working and "
                                  "resting muscle"},
                  shape.sources());
  group.add_scale({.name = "fiber_type",
                   .unit = "",
                   .long_name = "type of the fiber that released the molecules",
                   .description = "fibers of the working muscle; none: resting muscle and all other sources"},
                  shape.fiber_types());
  group.add_scale(
      {.name = "session",
       .unit = "1",
       .long_name = "session in which the molecules were released",
       .description = "number in the calendar, as in /sessions; -1: released outside of any "
                      "session, baseline included; -2: in sessions that are no longer told apart"},
      shape.sessions());
  return group;
}

}  // namespace

AttributionWriter::AttributionWriter(H5Group group, Model const& model)
    : AttributionWriter{std::move(group), model, Attribution{model}} {}

AttributionWriter::AttributionWriter(H5Group group, Model const& model, Attribution const& shape)
    : begin_{model.begin()},
      interval_{std::max<std::int64_t>(1, (model.end() - model.begin()) / kWritesOfARun)},
      due_{model.begin()},
      arrived_{values_of(with_scales(group, shape), "arrived", "1",
                         "molecules that reached the niches since the beginning of the run",
                         "by crossing the barrier or by release in the niche; expected numbers, given the "
                         "content of the niches; those that came back count again")},
      exposure_{values_of(group, "exposure", "s",
                          "molecules in the niches, integrated over time since the beginning of the run",
                          "molecules x s; expected, given the content of the niches")} {}

void AttributionWriter::write_if_due(Attribution const& attribution, Tick now) {
  if (now < due_) return;
  due_ = begin_ + ((now - begin_) / interval_ + 1) * interval_;
  write(attribution);
}

void AttributionWriter::write(Attribution const& attribution) {
  arrived_.write(attribution.arrived());
  exposure_.write(attribution.exposure());
}

}  // namespace myoaxis
