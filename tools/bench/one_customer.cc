// duebook-generate-one-customer STORY EVENTS: writes a history, as JSON Lines, in which everything happens to one
// customer, or to one of its documents. What takes time by the square of that is seen here first. Stories:
//
//   promises           promises that name no invoice, and payments
//   invoice-promises   promises that all name one invoice, and payments applied to it
//   write-offs         requests under a policy, each approved by too few; to be imported with --as-imported
//   applications       of one payment, each on the day before that of the one recorded before it
//   reversal           of a payment with applications

#include <fmt/core.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "ledger/values/date.h"

namespace duebook::bench {

namespace {

Date FirstDay() { return *Date::FromCivil(2023, 1, 1); }
std::string DayText(int64_t day) { return FirstDay().AddDays(day).ToString(); }

// Prints {"type":..., "id":"e<n>", "date":..., REST}.
class Story {
 public:
  explicit Story(uint64_t events) : events_(events) {}

  template <class... Args>
  void Tell(const char* type, const std::string& date, fmt::format_string<Args...> rest, Args&&... args) {
    fmt::print(R"({{"type":"{}","id":"e{}","date":"{}",)", type, ++told_, date);
    fmt::print(rest, std::forward<Args>(args)...);
    fmt::print("}}\n");
  }
  bool GoesOn() const { return told_ < events_; }
  uint64_t told() const { return told_; }
  // A day of the three hundred that the whole takes.
  std::string Today() const { return DayText(1 + static_cast<int64_t>(told_ * 300 / events_)); }

  // The customer, with an invoice and a payment that are large enough for all events.
  void Begin(const std::string& date) {
    Tell("CustomerOpened", date, R"("customer":"C","name":"Chen Trading")");
    Tell("InvoiceIssued", date, R"("customer":"C","invoice":"I","amount":"{}")", 10 * events_);
    Tell("PaymentReceived", date, R"("customer":"C","payment":"P","amount":"{}")", 10 * events_);
  }

 private:
  uint64_t events_;
  uint64_t told_ = 0;
};

void TellPromises(Story* story, bool on_invoice) {
  story->Begin(DayText(0));
  while (story->GoesOn()) {
    const uint64_t number = story->told();
    const std::string today = story->Today();
    story->Tell("PromiseMade", today, R"("customer":"C","promise":"PR-{}","amount":"{}","due":"{}"{})", number,
                2 + number % 2, DayText(330), on_invoice ? R"(,"invoices":["I"])" : "");
    story->Tell("PaymentReceived", today, R"("customer":"C","payment":"P-{}","amount":"2")", number);
    story->Tell("PaymentApplied", today, R"("payment":"P-{}","invoice":"I","amount":"2")", number);
  }
}

void TellWriteOffs(Story* story) {
  story->Begin(DayText(0));
  story->Tell("WriteOffPolicySet", DayText(0),
              R"("actor":"adm","bands":[{{"up_to":"100","approvals":1}},{{"approvals":2}}])");
  while (story->GoesOn()) {
    const uint64_t number = story->told();
    const std::string today = story->Today();
    story->Tell("WriteOffRequested", today,
                R"("write_off":"W-{}","invoice":"I","amount":"1","reason":"bankrupt","actor":"ann")", number);
    story->Tell("WriteOffApproved", today, R"("write_off":"W-{}","actor":"bob")", number);
  }
}

// The calendar has three and a half million days.
void TellApplications(Story* story, uint64_t events) {
  story->Begin(FirstDay().AddDays(-static_cast<int64_t>(events)).ToString());
  for (int64_t day = 0; story->GoesOn(); day--) {
    story->Tell("PaymentApplied", DayText(day), R"("payment":"P","invoice":"I","amount":"1")");
  }
}

void TellReversal(Story* story) {
  story->Begin(DayText(0));
  while (story->GoesOn()) {
    story->Tell("PaymentApplied", story->Today(), R"("payment":"P","invoice":"I","amount":"1")");
  }
  story->Tell("PaymentReversed", DayText(400), R"("payment":"P","reason":"bounced")");
}

}  // namespace

// Whether there is such a story.
bool Tell(std::string_view name, uint64_t events) {
  Story story(events);
  if (name == "promises" || name == "invoice-promises") {
    TellPromises(&story, name == "invoice-promises");
  } else if (name == "write-offs") {
    TellWriteOffs(&story);
  } else if (name == "applications") {
    TellApplications(&story, events);
  } else if (name == "reversal") {
    TellReversal(&story);
  } else {
    return false;
  }
  return true;
}

}  // namespace duebook::bench

int main(int argc, char** argv) {
  if (argc != 3 || !duebook::bench::Tell(argv[1], std::strtoull(argv[2], nullptr, 10))) {
    std::fputs(
        "usage: duebook-generate-one-customer promises|invoice-promises|write-offs|applications|reversal EVENTS\n",
        stderr);
    return 2;
  }
  return std::fflush(stdout) == 0 ? 0 : 1;
}
