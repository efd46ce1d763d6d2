/// The cells of the neurogenic lineage in the dentate gyrus, one agent each, from stem cell to new neuron.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/columns.h"

namespace myoaxis {

/// Five young stages, and the mature granule cell that they lead to.
enum class Stage : std::uint8_t { quiescent_stem, active_stem, progenitor, neuroblast, immature, mature };
inline constexpr std::size_t kStages = 6;
inline constexpr std::array<std::string_view, kStages> kStageNames{
    "quiescent_stem", "active_stem", "progenitor", "neuroblast", "immature", "mature"};

struct Neurons {
  std::vector<std::uint64_t> key;
  std::vector<std::uint8_t> stage;
  std::vector<std::uint16_t> niche;
  std::vector<std::uint16_t> divisions;
  std::vector<std::uint32_t> occurrence;
  std::vector<double> born;
  std::vector<double> progress;
  std::vector<double> progress_needed;
  std::vector<double> hazard;
  std::vector<double> hazard_survived;
  std::vector<std::uint8_t> label;

  static constexpr auto columns() {
    return std::tuple{
        column("key", "1", "permanent address of the cell's luck", &Neurons::key),
        column("stage", "", "stage of the lineage", &Neurons::stage, kStageNames),
        column("niche", "1", "number of the niche it lives in", &Neurons::niche),
        column("divisions", "1", "divisions since it entered its stage, or of its amplifying clone",
               &Neurons::divisions),
        column("occurrence", "1", "number of its transitions so far", &Neurons::occurrence),
        column("born", "s", "time of its last division (birth)", &Neurons::born),
        column("progress", "1", "share of the mean time to its next transition that it has lived through",
               &Neurons::progress),
        column("progress_needed", "1", "progress at which the transition happens", &Neurons::progress_needed),
        column("hazard", "1", "accumulated hazard of death in this stage", &Neurons::hazard),
        column("hazard_survived", "1", "accumulated hazard at which it dies", &Neurons::hazard_survived),
        column("label", "1",
               "thymidine analog: 0 for none, else 1 more than the divisions since it was taken up",
               &Neurons::label)};
  }
  std::size_t size() const { return key.size(); }
};

/// What happened to a cell, and when.
enum class EventKind : std::uint8_t { birth, death, transition, gliogenesis };
inline constexpr std::array<std::string_view, 4> kEventNames{"birth", "death", "transition", "gliogenesis"};

struct LineageEvents {
  std::vector<double> time;
  std::vector<std::uint64_t> cell;
  std::vector<std::uint8_t> kind;
  std::vector<std::uint8_t> stage;
  std::vector<std::uint16_t> niche;
  std::vector<double> born;

  static constexpr auto columns() {
    return std::tuple{
        column("time", "s", "time since day 0, 00:00", &LineageEvents::time),
        column("cell", "1", "key of the cell", &LineageEvents::cell),
        column("kind", "", "what happened to it", &LineageEvents::kind, kEventNames),
        column("stage", "", "stage it was in (death), or entered", &LineageEvents::stage, kStageNames),
        column("niche", "1", "number of the niche", &LineageEvents::niche),
        column("born", "s", "time of the cell's last division (birth)", &LineageEvents::born)};
  }
  std::size_t size() const { return time.size(); }
};

}  // namespace myoaxis
