#include "core/serial_worker.h"

#include <utility>

namespace myoaxis {

SerialWorker::SerialWorker(std::size_t most_waiting)
    : most_waiting_{most_waiting}, thread_{[this] { work(); }} {}

SerialWorker::~SerialWorker() {
  {
    std::lock_guard const lock{mutex_};
    ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void SerialWorker::add(std::function<void()> task) {
  {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] { return error_ || tasks_.size() < most_waiting_; });
    rethrow();
    tasks_.push_back(std::move(task));
  }
  changed_.notify_all();
}

void SerialWorker::finish() {
  std::unique_lock lock{mutex_};
  changed_.wait(lock, [&] { return tasks_.empty() && !busy_; });
  rethrow();
}

void SerialWorker::rethrow() const {
  if (error_) std::rethrow_exception(error_);
}

void SerialWorker::work() {
  std::unique_lock lock{mutex_};
  while (true) {
    changed_.wait(lock, [&] { return ending_ || !tasks_.empty(); });
    if (tasks_.empty()) return;
    auto const task = std::move(tasks_.front());
    tasks_.pop_front();
    busy_ = true;
    lock.unlock();
    std::exception_ptr error;
    try {
      task();
    } catch (...) {
      error = std::current_exception();
    }
    lock.lock();
    busy_ = false;
    if (error) {
      error_ = error;
      tasks_.clear();
    }
    changed_.notify_all();
  }
}

}  // namespace myoaxis
