// duebook-append FOLDER [EVENTS]: how fast events become durable, beside what the disk and RocksDB give in the same
// run.
//
// Prints one line a measure: what, figure a second, ratio to the limit named. FOLDER must be on the disk to be
// measured.

#include <fcntl.h>
#include <fmt/core.h>
#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "ledger/ledger.h"
#include "tools/bench/generator.h"
#include "tools/import/rows/json_record.h"

namespace duebook::bench {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kWhile{2};

double SecondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// How often a second `body` can be done, over a while.
template <class Body>
double RateOf(Body body) {
  const auto start = Clock::now();
  uint64_t times = 0;
  for (; Clock::now() - start < kWhile; times++) body();
  return static_cast<double>(times) / SecondsSince(start);
}

void Say(std::string_view what, double rate, std::string_view of, double limit) {
  fmt::print("{:<44}{:>12.0f}/s", what, rate);
  if (limit > 0) fmt::print("   {:.2f} of {}", rate / limit, of);
  fmt::print("\n");
  std::fflush(stdout);
}

double BareSyncs(const fs::path& folder) {
  const std::string block(4096, 'x');
  const int file = ::open((folder / "bare").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  CHECK(file >= 0);
  const double rate = RateOf([&] {
    CHECK(::write(file, block.data(), block.size()) == static_cast<ssize_t>(block.size()));
    CHECK(::fdatasync(file) == 0);
  });
  ::close(file);
  return rate;
}

// Records a second of 128 bytes in synced batches of this many.
double RawRecords(const fs::path& folder, uint64_t batch_size, uint64_t records) {
  rocksdb::Options options;
  options.create_if_missing = true;
  options.compression = rocksdb::kZSTD;
  rocksdb::DB* opened = nullptr;
  CHECK(rocksdb::DB::Open(options, (folder / fmt::format("raw-{}", batch_size)).string(), &opened).ok());
  const std::unique_ptr<rocksdb::DB> database(opened);
  std::mt19937_64 random(1);
  std::string value(128, ' ');
  rocksdb::WriteOptions synced;
  synced.sync = true;
  uint64_t key = 0;
  const auto start = Clock::now();
  while (key < records && (batch_size > 1 || Clock::now() - start < kWhile)) {
    rocksdb::WriteBatch batch;
    for (uint64_t i = 0; i < batch_size; i++) {
      for (size_t at = 0; at < 64; at += 8) {  // half of it compresses, as events do
        const uint64_t bits = random();
        std::memcpy(value.data() + at, &bits, sizeof bits);
      }
      batch.Put(fmt::format("{:016}", key++), value);
    }
    CHECK(database->Write(synced, &batch).ok());
  }
  return static_cast<double>(key) / SecondsSince(start);
}

std::unique_ptr<Ledger> NewLedger(const fs::path& folder) {
  CHECK(EventLog::Create(folder, {"Bench", *Currency::Parse("CNY"), "", Time{1}}).ok());
  return std::move(Ledger::Open(folder).value());
}

std::vector<MadeCommand> Encode(uint64_t events) {
  std::vector<MadeCommand> commands;
  commands.reserve(events);
  Generator generator(events, 1);
  JsonRecordReader reader;
  const CommandContext context{*Currency::Parse("CNY"), "bench", false};
  std::string line;
  while (generator.Next(&line)) {
    line.reserve(line.size() + simdjson::SIMDJSON_PADDING);
    Record record;
    CHECK(!reader.Read({line.data(), line.size() - 1}, &record).has_value());
    auto made = MakeCommand(record, context);
    CHECK(std::holds_alternative<Command>(made));
    commands.push_back(std::move(made));
    line.clear();
  }
  return commands;
}

// Events a second, in batches of this many.
double Append(Ledger& ledger, std::vector<MadeCommand> commands, size_t batch_size) {
  const auto start = Clock::now();
  for (size_t first = 0; first < commands.size(); first += batch_size) {
    const size_t count = std::min(batch_size, commands.size() - first);
    const auto outcomes = ledger.Record(std::span(commands).subspan(first, count));
    CHECK(outcomes.ok());
    for (const Outcome& outcome : *outcomes) CHECK(std::holds_alternative<Recorded>(outcome));
  }
  return static_cast<double>(commands.size()) / SecondsSince(start);
}

// Single events a second by this many clients, each waiting for its own.
double Singles(Ledger& ledger, int clients) {
  std::atomic<uint64_t> recorded = 0;
  static std::atomic<uint64_t> number = 0;
  const auto start = Clock::now();
  std::vector<std::thread> threads;
  threads.reserve(static_cast<size_t>(clients));
  for (int i = 0; i < clients; i++) {
    threads.emplace_back([&] {
      const CommandContext context{*Currency::Parse("CNY"), "bench", false};
      while (Clock::now() - start < kWhile) {
        const std::string id = fmt::format("single-{}", ++number);
        Record record;
        for (const auto& [name, text] :
             std::initializer_list<std::pair<std::string_view, std::string_view>>{{"type", "PaymentReceived"},
                                                                                  {"id", id},
                                                                                  {"date", "2025-06-30"},
                                                                                  {"customer", "C0"},
                                                                                  {"payment", id},
                                                                                  {"amount", "12.50"}}) {
          record.fields.emplace_back(name, RawValue{RawValue::Kind::kCell, text, {}});
        }
        const auto outcome = ledger.Record(MakeCommand(record, context));
        CHECK(outcome.ok() && std::holds_alternative<Recorded>(*outcome));
        recorded++;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return static_cast<double>(recorded) / SecondsSince(start);
}

void Run(const fs::path& folder, uint64_t events) {
  fs::create_directories(folder);
  const double syncs = BareSyncs(folder);
  Say("bare sync of 4 KB", syncs, "", 0);
  const double raw_single = RawRecords(folder, 1, events);
  Say("raw RocksDB, one by one", raw_single, "bare syncs", syncs);
  const double raw = RawRecords(folder, 1000, events);
  Say("raw RocksDB, batches of 1000", raw, "", 0);
  const auto start = Clock::now();
  const std::vector<MadeCommand> commands = Encode(events);
  Say("JSON line to command, one thread", static_cast<double>(events) / SecondsSince(start), "", 0);
  for (const size_t batch_size : {size_t{1000}, size_t{8000}}) {
    const auto ledger = NewLedger(folder / fmt::format("ledger-{}", batch_size));
    Say(fmt::format("ledger, batches of {}", batch_size), Append(*ledger, commands, batch_size), "raw RocksDB", raw);
    if (batch_size != 1000) continue;
    for (const int clients : {1, 8, 64}) {
      Say(fmt::format("ledger, single events, {} clients", clients), Singles(*ledger, clients), "bare syncs", syncs);
    }
  }
}

}  // namespace

}  // namespace duebook::bench

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: duebook-append FOLDER [EVENTS]\n");
    return 2;
  }
  duebook::bench::Run(argv[1], argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1'000'000);
  return 0;
}
