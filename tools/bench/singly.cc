// duebook-singly LEDGER [COMMANDS]: how long each command of one session takes that records single payments, one after
// the other, in a ledger imported from duebook-generate. It adds to the ledger.

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <random>

#include "ledger/ledger.h"
#include "projections/tracks.h"

namespace duebook::bench {

namespace {

using Clock = std::chrono::steady_clock;

double MillisecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

Command Payment(const std::string& id, uint64_t customer, Currency currency) {
  const std::string of = fmt::format("C{}", customer);
  Record record;
  for (const auto& [name, text] :
       std::initializer_list<std::pair<std::string_view, std::string_view>>{{"type", "PaymentReceived"},
                                                                            {"id", id},
                                                                            {"date", "2025-12-30"},
                                                                            {"customer", of},
                                                                            {"payment", id},
                                                                            {"amount", "12.50"}}) {
    record.fields.emplace_back(name, RawValue{RawValue::Kind::kCell, text, {}});
  }
  auto made = MakeCommand(record, {currency, "bench", false});
  CHECK(std::holds_alternative<Command>(made));
  return std::get<Command>(std::move(made));
}

void Run(const std::string& folder, size_t commands) {
  LedgerOptions options;
  options.tracks = MakeAllTracks;
  const auto ledger = std::move(Ledger::Open(folder, std::move(options)).value());
  const LogState before = ledger->log().state();
  std::mt19937_64 random(1);
  std::vector<double> took;
  for (size_t i = 0; i < commands; i++) {
    Command command = Payment(fmt::format("single-{}-{}", before.last_seq, i), random() % before.customers,
                              ledger->log().identity().currency);
    const auto start = Clock::now();
    const auto outcome = ledger->Record(std::move(command));
    took.push_back(MillisecondsSince(start));
    CHECK(outcome.ok() && std::holds_alternative<Recorded>(*outcome));
  }
  const auto longest = std::max_element(took.begin(), took.end());
  fmt::print("the longest: {:.1f} ms, command {} of {}\n", *longest, longest - took.begin() + 1, commands);
  std::sort(took.begin(), took.end());
  fmt::print("the median: {:.1f} ms; of a hundred, the longest but one: {:.1f} ms\n", took[commands / 2],
             took[commands * 99 / 100]);
}

}  // namespace

}  // namespace duebook::bench

int main(int argc, char** argv) {
  const size_t commands = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 20'000;
  if (argc < 2 || commands == 0) {
    std::fputs("usage: duebook-singly LEDGER [COMMANDS]\n", stderr);
    return 2;
  }
  duebook::bench::Run(argv[1], commands);
  return 0;
}
