#include "core/serial_worker.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <stdexcept>
#include <thread>
#include <vector>

using myoaxis::SerialWorker;

TEST_CASE("tasks are done in their order, however many wait") {
  std::vector<int> done;
  SerialWorker worker{3};
  for (int i = 0; i < 200; ++i) worker.add([&done, i] { done.push_back(i); });
  worker.finish();
  REQUIRE(done.size() == 200);
  for (int i = 0; i < 200; ++i) CHECK(done[static_cast<std::size_t>(i)] == i);
}

TEST_CASE("no more tasks wait than allowed") {
  std::atomic<bool> go = false;
  std::atomic<int> added = 0;
  SerialWorker worker{2};
  std::thread adding{[&] {
    for (int i = 0; i < 6; ++i) {
      worker.add([&] {
        while (!go) std::this_thread::yield();
      });
      ++added;
    }
  }};
  std::this_thread::sleep_for(std::chrono::milliseconds{20});
  CHECK(added <= 3);  // one in work, two waiting
  go = true;
  adding.join();
  worker.finish();
  CHECK(added == 6);
}

TEST_CASE("the error of a task reaches whoever adds or waits, and ends the work") {
  std::atomic<int> done = 0;
  SerialWorker worker{100};
  worker.add([] { throw std::runtime_error{"disk full"}; });
  CHECK_THROWS_WITH(worker.finish(), "disk full");
  CHECK_THROWS_WITH(worker.add([&] { ++done; }), "disk full");
  CHECK(done == 0);
}

TEST_CASE("what was added is done before the worker goes") {
  int done = 0;
  {
    SerialWorker worker{10};
    for (int i = 0; i < 5; ++i) worker.add([&] { ++done; });
  }
  CHECK(done == 5);
}
