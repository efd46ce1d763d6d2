#include <algorithm>
#include <memory>
#include <optional>

#include "core/address.h"
#include "core/transport/packet_move.h"
#include "tools/bench/kernels.h"

namespace myoaxis {
namespace {

/// Columns of a packet: all are read and written once by a step that keeps their order.
constexpr double kPacketBytes = sizeof(std::uint64_t) + sizeof(std::int64_t) + sizeof(std::uint32_t) +
                                sizeof(std::int32_t) + 2 * sizeof(std::uint16_t) + 2 * sizeof(std::uint8_t);
constexpr int kSteps = 8;

std::uint64_t checksum_of(Cargo const& cargo) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < cargo.packets.size(); ++i) {
    sum += mix64(cargo.packets.key[i] ^ static_cast<std::uint64_t>(cargo.packets.weight[i])) *
           (cargo.packets.cell[i] + 1u);
  }
  for (auto const quanta : cargo.counts.quanta) sum = mix64(sum ^ static_cast<std::uint64_t>(quanta));
  return sum;
}

/// A random word and the packet's bytes, whichever takes longer.
Limit limit_of(Machine const& machine, double words, double bytes) {
  auto const draw = words * machine.philox_ns, memory = bytes * machine.triad_ns;
  return draw > memory ? Limit{draw, "random words"} : Limit{memory, "memory"};
}

/// One factor's packets go to their places; nothing is released or crosses.
struct PacketMove {
  TransportState::Factor factor;
  Tick begin;
  Packets now;
  std::optional<ChunkTotals> totals;

  void restart() {
    now = factor.cargo.packets;
    totals.emplace(now, factor.model->layout.cells());
  }
  Pass pass() {
    auto const& kind = factor.model->kind;
    std::vector<Donation> const nothing(factor.model->layout.cells());
    auto const moved =
        move_packets(now, *totals, *factor.tables, nothing, {kind.luck, Purpose::packet_move}, begin);
    std::uint64_t sum = moved.gone.size();
    for (auto const cell : now.cell) sum = sum * 31 + cell;
    return {now.size(), sum};
  }
};

Kernel packet_move(std::string state, TransportState start, Machine const& machine) {
  auto const most = std::max_element(start.factors.begin(), start.factors.end(), [](auto& a, auto& b) {
    return a.cargo.packets.size() < b.cargo.packets.size();
  });
  auto const work = std::make_shared<PacketMove>(PacketMove{std::move(*most), start.step.begin, {}, {}});
  auto const bytes = sizeof(std::uint64_t) + 2.0 * (sizeof(std::uint16_t) + sizeof(std::int64_t));
  return {.name = "packet_move",
          .state = std::move(state),
          .bytes_per_item = kPacketBytes,
          .limit = limit_of(machine, 1, bytes),
          .prepare = [work] { work->restart(); },
          .pass = [work] { return work->pass(); }};
}

/// `start` holds what its releases point to, so it is moved. Several whole steps of all factors, as a run
/// makes them: signals are read, then quanta move.
Kernel transport_step(std::string state, TransportState start, Machine const& machine) {
  struct Work {
    TransportState start, now;
  };
  auto work = std::make_shared<Work>(Work{std::move(start), {}});
  return {.name = "transport_step",
          .state = std::move(state),
          .bytes_per_item = kPacketBytes,
          .limit = limit_of(machine, 1, 2 * kPacketBytes),
          .prepare =
              [work] {
                work->now.step = work->start.step;
                work->now.niches = work->start.niches;
                work->now.factors = work->start.factors;
              },
          .pass =
              [work] {
                Pass pass;
                auto& now = work->now;
                TagWatch watch{now.niches, {}};
                for (int i = 0; i < kSteps; ++i) {
                  pass.items += now.packets();
                  for (auto& f : now.factors) {
                    auto const& releases = f.secreted.releases;
                    average_content(f.cargo, f.model->layout, f.tables->propagator, releases);
                    advance_cargo(f.cargo, f.model->kind, f.model->layout, *f.tables, now.step, releases,
                                  &watch);
                  }
                  now.step.begin = now.step.end();
                }
                for (auto const& f : now.factors) pass.checksum ^= checksum_of(f.cargo);
                return pass;
              }};
}

/// A cargo that begins empty takes in some 50 000 packets of muscle in one step.
struct Emission {
  TransportState::Factor factor;
  Release release;
  Step step;
  Cargo cargo;

  void clear() {
    auto const& model = *factor.model;
    std::vector<double> const nothing(model.layout.cells(), 0.0);
    cargo = make_cargo(model.kind, model.layout, nothing, model.sources.size(), step.begin);
  }
  Pass pass() {
    auto const& model = *factor.model;
    advance_cargo(cargo, model.kind, model.layout, *factor.tables, step, std::span{&release, 1});
    return {cargo.packets.size(), checksum_of(cargo)};
  }
};

Kernel emission(TransportState start, Machine const& machine) {
  auto const comes_from_fibers = [](Release const& release) { return !release.origins.empty(); };
  auto const releases_of = [](TransportState::Factor & factor) -> auto& { return factor.secreted.releases; };
  auto const factor = std::find_if(start.factors.begin(), start.factors.end(), [&](auto& candidate) {
    auto const& releases = releases_of(candidate);
    return std::any_of(releases.begin(), releases.end(), comes_from_fibers);
  });
  auto const& releases = releases_of(*factor);
  auto release = *std::find_if(releases.begin(), releases.end(), comes_from_fibers);
  release.rate = 5e4 * static_cast<double>(factor->model->kind.packet_weight) / start.step.length().value();
  auto const work = std::make_shared<Emission>(Emission{std::move(*factor), release, start.step, {}});
  return {.name = "emission",
          .state = "exercise",
          .bytes_per_item = kPacketBytes,
          .limit = limit_of(machine, 2, kPacketBytes),
          .prepare = [work] { work->clear(); },
          .pass = [work] { return work->pass(); }};
}

}  // namespace

std::vector<Kernel> transport_kernels(BenchWorld const& world, Machine const& machine) {
  auto const state_of = [&](Organism const& organism) { return transport_state(world.model, organism); };
  return {packet_move("rest", state_of(world.at_rest), machine),
          packet_move("exercise", state_of(world.exercising), machine),
          transport_step("rest", state_of(world.at_rest), machine),
          transport_step("exercise", state_of(world.exercising), machine),
          emission(state_of(world.exercising), machine)};
}

}  // namespace myoaxis
