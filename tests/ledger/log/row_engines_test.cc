// What row_store.h asks of an engine, asked of each one that there is.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/log/rocksdb/rocks_engine.h"
#include "ledger/log/row_store.h"
#include "tests/support/memory_rows.h"
#include "tests/support/temporary_folder.h"

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Access = RowStore::Access;

struct NamedEngine {
  std::string name;
  // `memory` is the disk of an engine that has none.
  std::function<RowEngine(MemoryRows& memory)> make;
};

class RowEngines : public testing::TestWithParam<NamedEngine> {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(folder_.path() / kStoreFolder);
    const auto store = New();
    ASSERT_TRUE(store->Open(Access::kCreate).ok());
  }

  // One that is closed.
  std::unique_ptr<RowStore> New() {
    auto store = GetParam().make(memory_)(folder_.path());
    EXPECT_TRUE(store.ok()) << store.error().ToString();
    return std::move(*store);
  }
  std::unique_ptr<RowStore> Open(Access access) {
    auto store = New();
    const Status opened = store->Open(access);
    EXPECT_TRUE(opened.ok()) << opened.error().ToString();
    return store;
  }

 private:
  TemporaryFolder folder_;
  MemoryRows memory_;
};

void Put(RowStore& store, const std::vector<std::pair<std::string, std::string>>& rows,
         RowTable table = RowTable::kLog) {
  RowBatch batch;
  for (const auto& [key, value] : rows) batch.Put(table, key, value);
  const Status written = store.Write(batch);
  EXPECT_TRUE(written.ok()) << written.error().ToString();
}

std::optional<std::string> Get(const RowStore& store, std::string_view key, RowTable table = RowTable::kLog) {
  auto value = store.Get(table, key);
  EXPECT_TRUE(value.ok()) << value.error().ToString();
  return *value;
}

// The keys from where the cursor is on.
std::vector<std::string> KeysFrom(RowCursor& cursor) {
  std::vector<std::string> keys;
  for (; cursor.valid(); cursor.Next()) keys.emplace_back(cursor.key());
  EXPECT_TRUE(cursor.status().ok());
  return keys;
}

std::vector<std::string> Keys(const RowStore& store, RowTable table = RowTable::kLog) {
  const auto cursor = store.Scan(table, true);
  EXPECT_FALSE(cursor->valid());
  cursor->Seek("");
  return KeysFrom(*cursor);
}

TEST_P(RowEngines, BeginWithEmptyTables) {
  const auto store = Open(Access::kRead);
  for (const RowTable table : {RowTable::kMeta, RowTable::kLog, RowTable::kTree}) {
    EXPECT_THAT(Keys(*store, table), IsEmpty());
    EXPECT_EQ(store->Count(table).value(), 0U);
    EXPECT_EQ(Get(*store, "a", table), std::nullopt);
  }
}

TEST_P(RowEngines, KeepKeysAndValuesOfAnyBytesApartByTable) {
  const std::string key("\0\xFF", 2);
  const std::string value("\0\n\xFF", 3);
  {
    const auto store = Open(Access::kWrite);
    Put(*store, {{key, value}, {"empty", ""}}, RowTable::kMeta);
    Put(*store, {{key, "of the tree"}}, RowTable::kTree);
    EXPECT_EQ(Get(*store, key, RowTable::kMeta), value);
  }
  const auto store = Open(Access::kRead);
  EXPECT_EQ(Get(*store, key, RowTable::kMeta), value);
  EXPECT_EQ(Get(*store, "empty", RowTable::kMeta), "");
  EXPECT_EQ(Get(*store, key, RowTable::kTree), "of the tree");
  EXPECT_EQ(Get(*store, key, RowTable::kLog), std::nullopt);
}

TEST_P(RowEngines, OrderKeysByTheirBytes) {
  const auto store = Open(Access::kWrite);
  Put(*store, {{"b", ""}, {"\x7F", ""}, {"ab", ""}, {"\x80", ""}, {"a", ""}, {std::string("a\0", 2), ""}});
  EXPECT_THAT(Keys(*store), ElementsAre("a", std::string("a\0", 2), "ab", "b", "\x7F", "\x80"));
}

TEST_P(RowEngines, MoveACursorToTheRowOrToTheNearestOne) {
  const auto store = Open(Access::kWrite);
  Put(*store, {{"b", "1"}, {"d", "2"}, {"f", "3"}});
  const auto cursor = store->Scan(RowTable::kLog, false);
  cursor->Seek("d");
  ASSERT_TRUE(cursor->valid());
  EXPECT_EQ(cursor->value(), "2");
  cursor->Seek("c");
  EXPECT_THAT(KeysFrom(*cursor), ElementsAre("d", "f"));
  cursor->Seek("g");
  EXPECT_FALSE(cursor->valid());
  cursor->SeekBack("e");
  EXPECT_THAT(KeysFrom(*cursor), ElementsAre("d", "f"));
  cursor->SeekBack("d");
  EXPECT_THAT(KeysFrom(*cursor), ElementsAre("d", "f"));
  cursor->SeekBack("z");
  EXPECT_THAT(KeysFrom(*cursor), ElementsAre("f"));
  cursor->SeekBack("a");
  EXPECT_FALSE(cursor->valid());
  EXPECT_TRUE(cursor->status().ok());
}

TEST_P(RowEngines, TakeTheLaterOfTwoChangesOfOneKey) {
  const auto store = Open(Access::kWrite);
  Put(*store, {{"gone", "1"}, {"back", "1"}}, RowTable::kMeta);
  RowBatch batch;
  batch.Put(RowTable::kMeta, "gone", "2");
  batch.Delete(RowTable::kMeta, "gone");
  batch.Delete(RowTable::kMeta, "back");
  batch.Put(RowTable::kMeta, "back", "2");
  ASSERT_TRUE(store->Write(batch).ok());
  EXPECT_EQ(Get(*store, "gone", RowTable::kMeta), std::nullopt);
  EXPECT_EQ(Get(*store, "back", RowTable::kMeta), "2");
}

TEST_P(RowEngines, CountRows) {
  {
    const auto store = Open(Access::kWrite);
    Put(*store, {{"a", ""}, {"b", ""}});
    Put(*store, {{"c", ""}});
    EXPECT_EQ(store->Count(RowTable::kLog).value(), 3U);
  }
  EXPECT_EQ(Open(Access::kRead)->Count(RowTable::kLog).value(), 3U);
}

TEST_P(RowEngines, ShowAReaderOneState) {
  const auto writer = Open(Access::kWrite);
  Put(*writer, {{"a", "1"}});
  const auto reader = Open(Access::kRead);
  EXPECT_TRUE(reader->SawAllOnOpening());
  Put(*writer, {{"a", "2"}, {"b", "2"}});
  EXPECT_EQ(Get(*reader, "a"), "1");
  EXPECT_THAT(Keys(*reader), ElementsAre("a"));
  EXPECT_THAT(Keys(*Open(Access::kRead)), ElementsAre("a", "b"));
}

TEST_P(RowEngines, LetOneWriteAndTellOthers) {
  auto writer = Open(Access::kWrite);
  EXPECT_TRUE(New()->IsBeingWritten());
  const Status second = New()->Open(Access::kWrite);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, ErrorCode::kLocked);
  writer->Close();
  EXPECT_FALSE(New()->IsBeingWritten());
  EXPECT_TRUE(writer->Open(Access::kWrite).ok());
}

TEST_P(RowEngines, EndWithTheLastChangesAndMayBeWrittenToAgain) {
  {
    const auto store = Open(Access::kWrite);
    RowBatch last;
    last.Put(RowTable::kMeta, "a", "1");
    ASSERT_TRUE(store->BeginToEnd(last).ok());
    ASSERT_TRUE(store->End().ok());
    const std::string ended = store->Fingerprint();
    Put(*store, {{"b", "2"}}, RowTable::kMeta);
    ASSERT_TRUE(store->BeginToEnd(RowBatch()).ok());
    ASSERT_TRUE(store->End().ok());
    EXPECT_TRUE(ended.empty() || ended != store->Fingerprint());
  }
  const auto store = Open(Access::kRead);
  EXPECT_THAT(Keys(*store, RowTable::kMeta), ElementsAre("a", "b"));
  EXPECT_TRUE(store->CheckBytes().ok());
}

INSTANTIATE_TEST_SUITE_P(All, RowEngines,
                         testing::Values(NamedEngine{"memory", [](MemoryRows& memory) { return memory.Engine(); }},
                                         NamedEngine{"rocksdb", [](MemoryRows&) { return RocksEngine(); }}),
                         [](const auto& engine) { return engine.param.name; });

}  // namespace
}  // namespace duebook
