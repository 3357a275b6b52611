// The store of a ledger as the RocksDB database that it is: to change behind the ledger's back what nobody should.

#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace rocksdb {
class DB;
class ColumnFamilyHandle;
}  // namespace rocksdb

namespace duebook {

// Replaces every text of an event's bytes that is `old` by one of the same length; false if there is none. It is sought
// with its length before it and the zero behind it, as FlatBuffers keeps texts: a time or a hash may happen to have the
// letters. Texts of less than 256 bytes only.
bool ReplaceText(std::string* event, std::string_view old, std::string_view text);

class RawStore {
 public:
  explicit RawStore(const std::filesystem::path& ledger);
  ~RawStore();
  RawStore(const RawStore&) = delete;
  RawStore& operator=(const RawStore&) = delete;

  // The bytes of all frames, by the seq of their first event.
  std::map<uint64_t, std::string> Frames() const;
  void PutFrame(uint64_t first_seq, const std::string& bytes);

  // All entries of a column family: "log", "tree", "default".
  std::map<std::string, std::string> Entries(const std::string& family) const;
  void Put(const std::string& family, const std::string& key, const std::string& value);
  void Delete(const std::string& family, const std::string& key);
  void DropFamily(const std::string& family);
  // Moves everything from the write-ahead log into tables.
  void Flush();
  // Drops what was overwritten or deleted in a column family.
  void Compact(const std::string& family);

 private:
  rocksdb::ColumnFamilyHandle* Handle(const std::string& family) const;

  std::unique_ptr<rocksdb::DB> database_;
  std::map<std::string, rocksdb::ColumnFamilyHandle*> families_;
};

}  // namespace duebook
