// An event log of as many events as a test likes, written without the rules: customers, invoices, payments and what
// happens to them, by a seed. No invoice or payment is overdrawn at any cut.

#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "ledger/event_log.h"

namespace duebook {

class LargeLog {
 public:
  // A new log in this folder. The same seed gives the same events, for any ledger.
  LargeLog(const std::filesystem::path& directory, uint32_t seed, const std::string& ledger_id);

  void Grow(uint64_t events);
  const EventLog& log() const { return *log_; }

 private:
  struct Document {
    uint64_t seq;
    uint64_t customer;  // seq
    int32_t date;
    Minor left;
  };
  struct Application {
    uint64_t seq, invoice, payment, customer;
    int32_t date;
    Minor amount;
  };

  uint32_t Below(uint32_t bound) { return random_() % bound; }
  // Encodes the next event.
  template <class Make>
  void Add(EventType type, int32_t date, uint64_t customer, std::vector<uint64_t> documents, Make&& make);
  void AddCustomer();
  void AddInvoice();
  void AddPayment();
  void AddApplication();
  void AddReversal();
  void AddDispute();
  void AddDebitNote();

  std::unique_ptr<EventLog> log_;
  std::mt19937 random_;
  std::vector<std::string> pending_;
  uint64_t next_seq_ = 1;
  int32_t today_ = 18262;  // 2020-01-01
  std::vector<uint64_t> customers_;
  std::vector<Document> invoices_, payments_;
  std::vector<Application> applications_;
};

}  // namespace duebook
