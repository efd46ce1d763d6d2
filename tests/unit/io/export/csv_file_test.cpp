#include "io/export/csv_file.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <limits>

#include "io/hdf5/error.h"
#include "tests/unit/io/config/temporary_folder.h"

using namespace myoaxis;

TEST_CASE("fields of a table are quoted where they need it") {
  CHECK(csv_field("blood flow") == "blood flow");
  CHECK(csv_field("a, b") == "\"a, b\"");
  CHECK(csv_field("say \"yes\"") == "\"say \"\"yes\"\"\"");
  CHECK(csv_field("two\nlines") == "\"two\nlines\"");
}

TEST_CASE("numbers read back as the same, in as few digits as that takes") {
  CHECK(csv_number(0.1F) == "0.1");
  CHECK(csv_number(0.1) == "0.1");
  CHECK(csv_number(1.0 / 3) == "0.3333333333333333");
  for (auto const number : {1.0 / 3, 6.02214076e23, -2.2250738585072014e-308, 1e22 + 4e6})
    CHECK(std::strtod(csv_number(number).c_str(), nullptr) == number);
  for (auto const number : {1.0F / 3, 3.4e38F, 1.17549435e-38F})
    CHECK(std::strtof(csv_number(number).c_str(), nullptr) == number);
  CHECK(csv_number(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
}

TEST_CASE("what is no number has the names that R knows, too") {
  CHECK(csv_number(std::numeric_limits<double>::quiet_NaN()) == "NaN");
  CHECK(csv_number(-std::numeric_limits<double>::quiet_NaN()) == "NaN");
  CHECK(csv_number(std::numeric_limits<float>::infinity()) == "Inf");
  CHECK(csv_number(-std::numeric_limits<double>::infinity()) == "-Inf");
}

TEST_CASE("a table that cannot be written is an error") {
  test::TemporaryFolder const home;
  CHECK_THROWS_AS(CsvFile{home.path() / "no/such.csv"}, FileError);
  if (std::filesystem::exists("/dev/full")) {
    CsvFile full{"/dev/full"};
    full.write({"a", "b"});
    CHECK_THROWS_AS(full.close(), FileError);
  }
}
