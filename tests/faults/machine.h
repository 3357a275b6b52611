// A machine with a disk that fails as it is told, and with nothing in it that depends on chance: what RocksDB would do
// in threads of its own is done when the test says so, by the test's thread; time is counted, not measured.

#pragma once

#include <rocksdb/env.h>

#include <deque>
#include <filesystem>
#include <memory>

#include "ledger/log/event_log.h"
#include "tests/faults/fault_file_system.h"

namespace duebook::faults {

class Machine : public rocksdb::EnvWrapper {
 public:
  Machine(const std::filesystem::path& attic, uint64_t seed);

  FaultFileSystem& disk() { return *disk_; }
  // For stores small enough that some dozens of events fill a table, and a few tables are merged.
  StoreOptions store();
  // Writes tables and merges them, as far as RocksDB finds it due.
  void RunBackground();
  // Writes what is waiting to be written into tables, as a store does that ends its session.
  void WriteTables();

  void Schedule(void (*function)(void*), void* argument, Priority priority, void* tag,
                void (*unscheduled)(void*)) override;
  int UnSchedule(void* tag, Priority priority) override;
  unsigned int GetThreadPoolQueueLen(Priority priority) const override;
  std::string GenerateUniqueId() override { return "0123456789"; }

 private:
  void RunJobs(bool tables_only);
  explicit Machine(std::shared_ptr<FaultFileSystem> disk);

  struct Job {
    void (*function)(void*);
    void (*unscheduled)(void*);
    void* argument;
    void* tag;
    Priority priority;
  };

  std::shared_ptr<FaultFileSystem> disk_;
  std::deque<Job> jobs_;
};

}  // namespace duebook::faults
