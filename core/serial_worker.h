/// A thread of its own that does tasks one after another, in the order in which they were added.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

namespace myoaxis {

class SerialWorker {
 public:
  /// At most `most_waiting` tasks wait; who adds one more waits for room.
  explicit SerialWorker(std::size_t most_waiting);
  /// Does what was added. The error of a task is lost here, so call `finish` where it matters.
  ~SerialWorker();
  SerialWorker(SerialWorker const&) = delete;
  SerialWorker& operator=(SerialWorker const&) = delete;

  /// Throws what an earlier task threw; after an error no task is done anymore.
  void add(std::function<void()> task);
  /// Waits until all tasks are done. Throws what one of them threw.
  void finish();

 private:
  void work();
  void rethrow() const;

  std::size_t most_waiting_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> tasks_;
  std::exception_ptr error_;
  bool busy_ = false;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace myoaxis
