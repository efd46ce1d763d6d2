/// An inert dye that stays in the vessels, and its ways through the circulation at steady flow: the subject
/// is left alone, only its blood flow is looked at.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "agents/body/body_graph.h"
#include "core/transport/impulse_response.h"

namespace myoaxis {

/// Vessels by the name of a site: "vein", "right_heart", "lungs", "left_heart", "artery" or a bed, such as
/// "kidney" or "muscle.working".
Vessels const& vessels_at(BodyLayout const& body, std::string_view site);

class Tracer {
 public:
  /// Flows of an exercise intensity. `body` outlives the tracer.
  Tracer(BodyParams const& params, BodyLayout const& body, Intensity intensity);
  Tracer(Tracer const&) = delete;
  Tracer& operator=(Tracer const&) = delete;

  /// Concentration in whole blood (amount/m^3) that leaves each of `sites`, at 0, `every`, ... after a bolus
  /// of `amount` into the blood that enters `from`: one curve of `number` samples a site.
  std::vector<std::vector<double>> curves(Vessels const& from, std::span<Vessels const* const> sites,
                                          double amount, Seconds every, std::size_t number) const;

  /// From entering `from` to entering it again.
  Passage circulation(Vessels const& from) const;
  /// From entering `from` to entering `to`, of what does not come back to `from` before.
  Passage arrival(Vessels const& from, Vessels const& to) const;
  /// From entering `from` to leaving `to`, likewise.
  Passage departure(Vessels const& from, Vessels const& to) const;

  CubicMeters blood_volume() const;
  CubicMetersPerSecond cardiac_output() const { return cardiac_output_; }

 private:
  std::vector<double> entering(Vessels const& vessels) const;
  std::vector<bool> cells_of(Vessels const& vessels) const;

  BodyLayout const& body_;
  double hematocrit_;
  CubicMetersPerSecond cardiac_output_;
  FactorParams dye_;
  Layout layout_;
  Generator generator_;
};

}  // namespace myoaxis
