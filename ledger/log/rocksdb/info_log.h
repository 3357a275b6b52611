// What RocksDB has to say, in our logging instead of a file of its own.
//
// That file would be written into the ledger's folder by readers too, and a full disk would end the process: RocksDB as
// Debian builds it asserts that nothing is appended to a file after a failed append, and its logger does just that.

#pragma once

#include <rocksdb/env.h>

#include <memory>

namespace duebook {

// RocksDB's errors as warnings, its warnings for debugging, and nothing else.
std::shared_ptr<rocksdb::Logger> MakeInfoLog();

}  // namespace duebook
