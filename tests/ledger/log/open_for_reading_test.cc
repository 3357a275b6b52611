// A reader that opens a ledger while a writer opens it, records and closes it: at every single moment.

#include <gtest/gtest.h>
#include <rocksdb/env.h>
#include <rocksdb/file_system.h>
#include <spdlog/spdlog.h>

#include <functional>

#include "ledger/log/rocksdb/rocks_engine.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

// Looks at files like the real one; once, before a chosen look, something happens.
class InterruptedFileSystem : public rocksdb::FileSystemWrapper {
 public:
  InterruptedFileSystem(uint64_t looks, std::function<void()> interrupt)
      : FileSystemWrapper(rocksdb::FileSystem::Default()), looks_left_(looks), interrupt_(std::move(interrupt)) {}

  const char* Name() const override { return "InterruptedFileSystem"; }
  bool interrupted() const { return interrupted_; }

  rocksdb::IOStatus NewSequentialFile(const std::string& name, const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSSequentialFile>* file,
                                      rocksdb::IODebugContext* debug) override {
    Look();
    return target()->NewSequentialFile(name, options, file, debug);
  }
  rocksdb::IOStatus NewRandomAccessFile(const std::string& name, const rocksdb::FileOptions& options,
                                        std::unique_ptr<rocksdb::FSRandomAccessFile>* file,
                                        rocksdb::IODebugContext* debug) override {
    Look();
    return target()->NewRandomAccessFile(name, options, file, debug);
  }
  rocksdb::IOStatus GetChildren(const std::string& folder, const rocksdb::IOOptions& options,
                                std::vector<std::string>* names, rocksdb::IODebugContext* debug) override {
    Look();
    return target()->GetChildren(folder, options, names, debug);
  }
  rocksdb::IOStatus GetFileSize(const std::string& name, const rocksdb::IOOptions& options, uint64_t* size,
                                rocksdb::IODebugContext* debug) override {
    Look();
    return target()->GetFileSize(name, options, size, debug);
  }

 private:
  void Look() {
    if (interrupted_ || looks_left_-- > 0) return;
    interrupted_ = true;
    interrupt_();
  }

  uint64_t looks_left_;
  std::function<void()> interrupt_;
  bool interrupted_ = false;
};

// Opening moves what is in the write-ahead log to a table, and removes the log.
void RecordInSessions(const LedgerFolder& folder, uint64_t first_payment, uint64_t sessions) {
  for (uint64_t payment = first_payment; payment < first_payment + sessions; payment++) {
    EXPECT_NE(RecordOne(*folder.Open(), ReceivePayment("A", payment)), "failed");
  }
}

void ExpectWhole(const EventLog& log) {
  uint64_t seq = 0;
  const Status status = log.Scan(1, log.last_seq(), [&seq](EventView event) { return event.seq() == ++seq; });
  EXPECT_TRUE(status.ok());
  EXPECT_EQ(seq, log.last_seq());
}

using Sessions = std::function<void(const LedgerFolder&)>;

// Opens a ledger of three events so that the writer's sessions come before each look in turn, or each `step`th; until
// none is left.
void OpenInterrupted(EventLog::Mode mode, uint64_t step, const Sessions& sessions,
                     const std::function<void(const EventLog&)>& check) {
  spdlog::set_level(spdlog::level::off);
  bool interrupted = true;
  for (uint64_t looks = 0; interrupted && !testing::Test::HasFailure(); looks += step) {
    SCOPED_TRACE(fmt::format("interrupted after {} looks", looks));
    const LedgerFolder folder;
    EXPECT_EQ(RecordOne(*folder.Open(), OpenCustomer("A")), "recorded 1");
    RecordInSessions(folder, 1, 2);
    const auto files = std::make_shared<InterruptedFileSystem>(looks, [&folder, &sessions] { sessions(folder); });
    const std::unique_ptr<rocksdb::Env> env = rocksdb::NewCompositeEnv(files);
    StoreOptions store;
    store.engine = RocksEngine({.env = env.get()});
    const auto log = EventLog::Open(folder.path(), mode, store);
    ASSERT_TRUE(log.ok()) << log.error().ToString();
    check(**log);
    interrupted = files->interrupted();
  }
  spdlog::set_level(spdlog::level::info);
}

void ExpectAllOfBefore(const EventLog& log) {
  EXPECT_GE(log.last_seq(), 3U);
  ExpectWhole(log);
}

TEST(BesideWriter, ReaderSeesAllThatWasRecordedBefore) {
  OpenInterrupted(
      EventLog::Mode::kRead, 2, [](const LedgerFolder& folder) { RecordInSessions(folder, 3, 3); }, ExpectAllOfBefore);
}

// What is then missing is the end, which leaves no hole.
TEST(BesideWriter, ReaderSeesTheNewestEventThoughTheWriterOnlyMovesIt) {
  OpenInterrupted(
      EventLog::Mode::kRead, 1, [](const LedgerFolder& folder) { folder.Open(); }, ExpectAllOfBefore);
}

// So many sessions that tables are merged, and those that are open removed.
TEST(BesideWriter, VerifyFindsNothing) {
  OpenInterrupted(
      EventLog::Mode::kVerify, 5, [](const LedgerFolder& folder) { RecordInSessions(folder, 3, 9); }, ExpectSound);
}

}  // namespace
}  // namespace duebook
