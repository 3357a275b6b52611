#include "tests/support/raw_store.h"

#include <rocksdb/db.h>

#include <vector>

#include "ledger/log/framed/frame.h"
#include "ledger/log/framed/layout.h"
#include "ledger/values/check.h"

namespace duebook {

bool ReplaceText(std::string* event, std::string_view old, std::string_view text) {
  CHECK(old.size() == text.size() && old.size() < 256);
  std::string kept = {static_cast<char>(old.size()), '\0', '\0', '\0'};
  const size_t length = kept.size();
  kept.append(old).push_back('\0');
  bool any = false;
  for (size_t at = event->find(kept); at != std::string::npos; at = event->find(kept, at + 1), any = true) {
    event->replace(at + length, text.size(), text);
  }
  return any;
}

RawStore::RawStore(const std::filesystem::path& ledger) {
  const std::string path = (ledger / "store").string();
  std::vector<std::string> names;
  CHECK(rocksdb::DB::ListColumnFamilies({}, path, &names).ok());
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  descriptors.reserve(names.size());
  for (const std::string& name : names) descriptors.emplace_back(name, rocksdb::ColumnFamilyOptions());
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* database = nullptr;
  CHECK(rocksdb::DB::Open({}, path, descriptors, &handles, &database).ok());
  database_.reset(database);
  for (size_t i = 0; i < names.size(); i++) families_[names[i]] = handles[i];
}

RawStore::~RawStore() {
  for (const auto& [name, handle] : families_) database_->DestroyColumnFamilyHandle(handle);
}

std::map<std::string, std::string> RawStore::Entries(const std::string& family) const {
  std::map<std::string, std::string> entries;
  const std::unique_ptr<rocksdb::Iterator> iterator(database_->NewIterator({}, Handle(family)));
  for (iterator->SeekToFirst(); iterator->Valid(); iterator->Next()) {
    entries.emplace(iterator->key().ToString(), iterator->value().ToString());
  }
  CHECK(iterator->status().ok());
  return entries;
}

std::map<uint64_t, std::string> RawStore::Frames() const {
  std::map<uint64_t, std::string> frames;
  for (const auto& [key, value] : Entries("log")) CHECK(LoadFrame(value, &frames[SeqFromKey(key)]));
  return frames;
}

void RawStore::PutFrame(uint64_t first_seq, const std::string& bytes) {
  Put("log", SeqKey(first_seq), StoredFrame(bytes));
}

void RawStore::Put(const std::string& family, const std::string& key, const std::string& value) {
  CHECK(database_->Put({}, Handle(family), key, value).ok());
}

void RawStore::Delete(const std::string& family, const std::string& key) {
  CHECK(database_->Delete({}, Handle(family), key).ok());
}

void RawStore::DropFamily(const std::string& family) { CHECK(database_->DropColumnFamily(Handle(family)).ok()); }

void RawStore::Flush() {
  for (const auto& [name, handle] : families_) CHECK(database_->Flush({}, handle).ok());
}

void RawStore::Compact(const std::string& family) {
  rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction =
      rocksdb::BottommostLevelCompaction::kForce;  // else tables may be moved as they are
  CHECK(database_->CompactRange(options, Handle(family), nullptr, nullptr).ok());
}

rocksdb::ColumnFamilyHandle* RawStore::Handle(const std::string& family) const {
  const auto found = families_.find(family);
  CHECK(found != families_.end());
  return found->second;
}

}  // namespace duebook
