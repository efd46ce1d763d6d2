/// What the user is told when a data file cannot be made, read or written.
#include "io/hdf5/error.h"

#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <vector>

#include "io/hdf5/reader.h"
#include "io/hdf5/writer.h"
#include "tests/unit/io/hdf5/scratch_file.h"

namespace myoaxis {
namespace {

template <class F>
FileError error_of(F&& action) {
  try {
    action();
  } catch (FileError const& error) {
    return error;
  }
  return {"", "nothing was thrown", ""};
}

/// As if the disk were full: the process may write files of at most `bytes`.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : previous_handler_{std::signal(SIGXFSZ, SIG_IGN)} {
    getrlimit(RLIMIT_FSIZE, &previous_);
    auto limit = previous_;
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileSizeLimit(FileSizeLimit const&) = delete;
  FileSizeLimit& operator=(FileSizeLimit const&) = delete;
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &previous_);
    std::signal(SIGXFSZ, previous_handler_);
  }

 private:
  rlimit previous_{};
  void (*previous_handler_)(int);
};

}  // namespace

TEST_CASE("a file in a folder that does not exist names path, reason and cure", "[io]") {
  ScratchFolder const folder;
  auto const path = folder.path("missing/out.h5");
  auto const error = error_of([&] { H5File::create(path); });
  CHECK(error.path() == path);
  CHECK(error.reason() == "cannot create the file: No such file or directory");
  CHECK(error.cure() == "check the spelling, or create the folder first");
  CHECK(error.what() == path + ": " + error.reason() + " (" + error.cure() + ")");
}

TEST_CASE("a folder is no file to write or to read", "[io]") {
  ScratchFolder const folder;
  auto const created = error_of([&] { H5File::create(folder.path("")); });
  CHECK(created.reason() == "cannot create the file: Is a directory");
  CHECK(created.cure() == "name a file, not a folder");
  CHECK_THROWS_AS(H5Reader::open(folder.path("")), FileError);
}

TEST_CASE("a file that is not HDF5 is called so", "[io]") {
  ScratchFolder const folder;
  std::ofstream{folder.path("table.csv")} << "time,bdnf\n0,1\n";
  auto const error = error_of([&] { H5Reader::open(folder.path("table.csv")); });
  CHECK(error.reason() == "cannot open the file: file signature not found");
  CHECK(error.cure() == "this is not an HDF5 file, or a damaged one");
}

TEST_CASE("a data set that is missing is named", "[io]") {
  ScratchFolder const folder;
  H5File::create(folder.path("a.h5")).close();
  auto const reader = H5Reader::open(folder.path("a.h5"));
  CHECK_THROWS_WITH(reader.read_doubles("blood/bdnf"),
                    Catch::Contains("cannot open the data set 'blood/bdnf'"));
}

TEST_CASE("a disk that fills up is reported by the flush at the latest", "[io]") {
  ScratchFolder const folder;
  auto file = H5File::create(folder.path("full.h5"), Filters::none);
  auto table = file.group("brain").add_table<double>({"time", "s", "time"});
  auto mood = table.add<double>({"mood", "1", "mood"});
  file.flush();
  auto const error = error_of([&] {
    FileSizeLimit const limit{64 * 1024};
    std::vector<double> const rows(100'000, 0.5);
    mood.append(rows);
    table.append_rows(rows);
    file.flush();
  });
  CHECK(error.path() == folder.path("full.h5"));
  CHECK_THAT(error.reason(), Catch::Contains("File too large"));
  CHECK_THAT(error.cure(), Catch::Contains("free some space"));
}

}  // namespace myoaxis
