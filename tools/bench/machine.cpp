#include "tools/bench/machine.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <bit>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>

#include "core/draw_words.h"
#include "core/parallel.h"

namespace myoaxis {
namespace {

std::uint64_t bits_of(double value) { return std::bit_cast<std::uint64_t>(value); }

/// Random words of 32 768 addresses: entities and words stay in the second cache.
Kernel philox_kernel() {
  struct Data {
    std::vector<std::uint64_t> entities = std::vector<std::uint64_t>(32'768), words = entities;
  };
  auto data = std::make_shared<Data>();
  for (std::size_t i = 0; i < data->entities.size(); ++i) data->entities[i] = mix64(i);
  return {.name = "philox_word",
          .state = "",
          .bytes_per_item = 16,
          .limit = {},
          .prepare = [] {},
          .pass =
              [data] {
                DrawKey const key{Luck{1, 0}, Purpose::packet_move};
                for_each_chunk(data->entities.size() / kChunk, [&](std::size_t chunk) {
                  first_words(key, std::span{data->entities}.subspan(chunk * kChunk, kChunk), 0,
                              std::span{data->words}.subspan(chunk * kChunk, kChunk));
                });
                return Pass{data->words.size(), data->words.front() ^ data->words.back()};
              }};
}

/// a = b + s c over arrays of 64 MB each (McCalpin's STREAM triad); an item is a byte that is read or
/// written.
Kernel triad_kernel() {
  constexpr std::size_t n = 8u << 20;
  struct Data {
    std::vector<double> a = std::vector<double>(n, 0.0), b = std::vector<double>(n, 1.5),
                        c = std::vector<double>(n, 0.25);
  };
  auto data = std::make_shared<Data>();
  return {.name = "triad",
          .state = "",
          .bytes_per_item = 1,
          .limit = {},
          .prepare = [] {},
          .pass =
              [data] {
                for_each_chunk(n / 65'536, [&](std::size_t chunk) {
                  auto* const a = data->a.data();
                  auto const *b = data->b.data(), *c = data->c.data();
                  for (auto i = chunk * 65'536; i < (chunk + 1) * 65'536; ++i) a[i] = b[i] + 3 * c[i];
                });
                return Pass{n * 24, bits_of(data->a.back())};
              }};
}

/// Eight independent chains of a multiplication and an addition: what a core computes without memory.
Kernel arithmetic_kernel() {
  constexpr std::size_t rounds = 20'000, chunks = 16;
  auto sums = std::make_shared<std::vector<double>>(chunks);
  return {.name = "arithmetic",
          .state = "",
          .bytes_per_item = 0,
          .limit = {},
          .prepare = [] {},
          .pass =
              [sums] {
                for_each_chunk(chunks, [&](std::size_t chunk) {
                  std::array<double, 8> x{1, 2, 3, 4, 5, 6, 7, 8};
                  for (std::size_t round = 0; round < rounds; ++round)
                    for (auto& value : x) value = value * 0.999 + 0.001 * static_cast<double>(chunk + 1);
                  (*sums)[chunk] = x[0] + x[7];
                });
                return Pass{chunks * rounds * 8, bits_of(sums->front()) ^ bits_of(sums->back())};
              }};
}

/// A file of 32 MB in the folder for temporary files, removed when the program ends in whatever way.
class ScratchFile {
 public:
  ScratchFile() {
    auto name = (std::filesystem::temp_directory_path() / "myoaxis-bench-XXXXXX").string();
    file_ = mkstemp(name.data());
    if (file_ < 0) throw std::runtime_error{name + ": cannot be created; set TMPDIR to a folder to write in"};
    unlink(name.c_str());
  }
  ~ScratchFile() { close(file_); }
  ScratchFile(ScratchFile const&) = delete;
  ScratchFile& operator=(ScratchFile const&) = delete;

  void write_from_start(std::vector<char> const& bytes) const {
    auto const written = pwrite(file_, bytes.data(), bytes.size(), 0);
    if (written != static_cast<ssize_t>(bytes.size()) || fsync(file_) != 0)
      throw std::runtime_error{"the folder for temporary files is full; set TMPDIR to another"};
  }

 private:
  int file_ = -1;
};

Kernel write_kernel() {
  constexpr std::size_t bytes = 32u << 20;
  auto file = std::make_shared<ScratchFile>();
  auto data = std::make_shared<std::vector<char>>(bytes, 'x');
  return {.name = "plain_write",
          .state = "",
          .bytes_per_item = 1,
          .limit = {},
          .prepare = [] {},
          .pass =
              [file, data] {
                file->write_from_start(*data);
                return Pass{bytes, bytes};
              }};
}

}  // namespace

Machine measure_machine(int threads, Effort effort, std::vector<Timing>& timings) {
  std::vector<Kernel> kernels{philox_kernel(), triad_kernel(), arithmetic_kernel()};
  if (threads == 1) kernels.push_back(write_kernel());
  auto const found = time_kernels(kernels, threads, effort);
  timings.insert(timings.end(), found.begin(), found.end());
  return {.threads = threads,
          .philox_ns = found[0].ns_per_item,
          .triad_ns = found[1].ns_per_item,
          .arithmetic_ns = found[2].ns_per_item,
          .write_ns = found.size() > 3 ? found[3].ns_per_item : 0};
}

std::string processor_name() {
  std::ifstream file{"/proc/cpuinfo"};
  for (std::string line; std::getline(file, line);) {
    auto const colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
  }
  return "unknown";
}

}  // namespace myoaxis
