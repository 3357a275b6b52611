// RocksDB as the engine of an event log: its rows in a database in DIRECTORY/store, each table a column family.

#pragma once

#include <cstddef>
#include <functional>

#include "ledger/log/row_store.h"

namespace rocksdb {
class Env;
}

namespace duebook {

// On what RocksDB lies. Tests give a disk of their own, that fails as disks do, and little memory, so that few events
// are enough for all that a store does with many.
struct RocksOptions {
  rocksdb::Env* env = nullptr;    // files and threads; null: the machine's own. Must outlive the store
  size_t write_buffer_bytes = 0;  // gathered in memory before it goes into a table; 0: as is best for real ledgers
  int tables_before_merge = 0;    // likewise
  std::function<void()> work;     // does what `env` has threads for; null: these do it by themselves
};

RowEngine RocksEngine(RocksOptions options = {});

}  // namespace duebook
