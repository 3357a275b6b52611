#include "tests/faults/machine.h"

#include <rocksdb/system_clock.h>

#include <algorithm>
#include <atomic>

#include "ledger/log/rocksdb/rocks_engine.h"

namespace duebook::faults {

namespace {

// Far in the future, so that whoever waits until a time of this clock waits until he is woken.
constexpr uint64_t kStart = 4'000'000'000'000'000;

constexpr int kMostJobs = 16;

class CountedTime : public rocksdb::SystemClockWrapper {
 public:
  CountedTime() : SystemClockWrapper(rocksdb::SystemClock::Default()) {}
  const char* Name() const override { return "CountedTime"; }
  uint64_t NowMicros() override { return now_++; }
  uint64_t NowNanos() override { return NowMicros() * 1000; }
  void SleepForMicroseconds(int micros) override { now_ += static_cast<uint64_t>(micros); }
  rocksdb::Status GetCurrentTime(int64_t* seconds) override {
    *seconds = static_cast<int64_t>(NowMicros() / 1'000'000);
    return rocksdb::Status::OK();
  }

 private:
  std::atomic<uint64_t> now_ = kStart;
};

}  // namespace

Machine::Machine(const std::filesystem::path& attic, uint64_t seed)
    : Machine(std::make_shared<FaultFileSystem>(attic, seed)) {}

Machine::Machine(std::shared_ptr<FaultFileSystem> disk)
    : EnvWrapper(rocksdb::NewCompositeEnv(disk)), disk_(std::move(disk)) {
  file_system_ = disk_;
  system_clock_ = std::make_shared<CountedTime>();
}

StoreOptions Machine::store() {
  StoreOptions options;
  options.engine =
      RocksEngine({.env = this, .write_buffer_bytes = size_t{64} << 10, .tables_before_merge = 2, .work = [this] {
                     WriteTables();
                   }});
  return options;
}

void Machine::RunBackground() { RunJobs(/*tables_only=*/false); }

void Machine::WriteTables() { RunJobs(/*tables_only=*/true); }

void Machine::RunJobs(bool tables_only) {
  disk_->set_background(true);
  // What fails is tried again and again, in reality once a second.
  for (int jobs = 0; jobs < kMostJobs; jobs++) {
    const auto next = std::find_if(jobs_.begin(), jobs_.end(), [tables_only](const Job& job) {
      return !tables_only || job.priority == Priority::HIGH;
    });
    if (next == jobs_.end()) break;
    const Job job = *next;
    jobs_.erase(next);
    job.function(job.argument);
  }
  disk_->set_background(false);
}

void Machine::Schedule(void (*function)(void*), void* argument, Priority priority, void* tag,
                       void (*unscheduled)(void*)) {
  jobs_.push_back({function, unscheduled, argument, tag, priority});
}

int Machine::UnSchedule(void* tag, Priority priority) {
  int count = 0;
  for (auto job = jobs_.begin(); job != jobs_.end();) {
    if (job->tag != tag || job->priority != priority) {
      ++job;
      continue;
    }
    if (job->unscheduled != nullptr) job->unscheduled(job->argument);
    job = jobs_.erase(job);
    count++;
  }
  return count;
}

unsigned int Machine::GetThreadPoolQueueLen(Priority priority) const {
  return static_cast<unsigned int>(
      std::count_if(jobs_.begin(), jobs_.end(), [priority](const Job& job) { return job.priority == priority; }));
}

}  // namespace duebook::faults
