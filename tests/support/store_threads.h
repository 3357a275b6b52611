// Threads for stores in processes that tests fork.
//
// RocksDB keeps its threads in one pool for the whole process. A child has the pool but none of its threads, and would
// wait for them for ever when it writes a table.

#pragma once

#include <rocksdb/env.h>

#include <thread>

#include "ledger/log/event_log.h"
#include "ledger/log/rocksdb/rocks_engine.h"

namespace duebook {

// The machine, with a thread of its own for each job.
class ThreadForEachJob : public rocksdb::EnvWrapper {
 public:
  ThreadForEachJob() : EnvWrapper(rocksdb::Env::Default()) {}
  const char* Name() const override { return "ThreadForEachJob"; }
  void Schedule(void (*function)(void*), void* argument, Priority /*priority*/, void* /*tag*/,
                void (* /*unscheduled*/)(void*)) override {
    std::thread(function, argument).detach();
  }
  int UnSchedule(void* /*tag*/, Priority /*priority*/) override { return 0; }
  unsigned int GetThreadPoolQueueLen(Priority /*priority*/) const override { return 0; }
};

// Whether this process is such a child.
inline bool is_forked = false;

// How tests open stores.
inline StoreOptions TestStore() {
  static ThreadForEachJob own_threads;
  StoreOptions options;
  if (is_forked) options.engine = RocksEngine({.env = &own_threads});
  return options;
}

}  // namespace duebook
