// A real list of 2466 invoices with their settlement, imported by its map and held against figures that this test works
// out from the file itself, without the ledger's own dates and amounts. Skipped where the file is not at hand.

#include <fmt/core.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <map>

#include "tests/tools/program_fixture.h"

namespace duebook {
namespace {

namespace fs = std::filesystem;
using Day = std::chrono::sys_days;

struct InvoiceRow {
  std::string customer;
  Day issued;
  Day due;
  Day settled;
  long cents = 0;
  bool disputed = false;
};

fs::path DataFile() {
  const char* folder = std::getenv("DUEBOOK_SHARED_DATA");
  const fs::path data = folder != nullptr ? fs::path(folder) : fs::path(DUEBOOK_SOURCE_DIR) / "../shared/data";
  return data / "ibm-late-payments" / "WA_Fn-UseC_-Accounts-Receivable.csv";
}

Day DayOf(const std::string& text) {  // 1/31/2013
  int month = 0;
  int day = 0;
  int year = 0;
  EXPECT_EQ(std::sscanf(text.c_str(), "%d/%d/%d", &month, &day, &year), 3) << text;
  return std::chrono::year(year) / month / day;
}

long CentsOf(const std::string& text) {
  const size_t point = std::min(text.find('.'), text.size());
  std::string decimals = point == text.size() ? "" : text.substr(point + 1);
  decimals.resize(2, '0');
  return std::stol(text.substr(0, point)) * 100 + std::stol(decimals);
}

std::string Amount(long cents) { return fmt::format("{}.{:02}", cents / 100, cents % 100); }

std::vector<InvoiceRow> ReadRows(const std::string& text) {
  std::vector<InvoiceRow> rows;
  std::istringstream in(text);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    if (line.ends_with('\r')) line.pop_back();
    std::vector<std::string> cells(1);
    for (const char c : line) {
      if (c == ',') {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
    rows.push_back({cells.at(1), DayOf(cells.at(4)), DayOf(cells.at(5)), DayOf(cells.at(8)), CentsOf(cells.at(6)),
                    cells.at(7) == "Yes"});
  }
  return rows;
}

// The aging report of a day as CSV: whatever is issued and not settled, by days since it was due. The map opens a
// dispute on the due date or the day of settlement, whichever is earlier, so what is open and due is in dispute.
std::string AgingOf(const std::vector<InvoiceRow>& rows, Day day) {
  struct Sums {
    std::array<long, 8> buckets{};
    long disputed = 0;
    long balance = 0;
  };
  constexpr std::array<int, 7> kEnds = {0, 30, 60, 90, 120, 180, 365};
  std::map<std::string, Sums> customers;
  for (const InvoiceRow& row : rows) {
    if (row.issued > day) continue;
    Sums& sums = customers[row.customer];  // a row also when nothing is left
    if (row.settled <= day) continue;
    const auto age = (day - row.due).count();
    size_t bucket = 0;
    while (bucket < kEnds.size() && age > kEnds[bucket]) bucket++;
    sums.buckets[bucket] += row.cents;
    sums.balance += row.cents;
    if (row.disputed && row.due <= day) sums.disputed += row.cents;
  }
  std::string csv =
      "customer,currency,not_due,1-30,31-60,61-90,91-120,121-180,181-365,366+,unapplied,disputed,balance\n";
  for (const auto& [customer, sums] : customers) {
    csv += customer + ",USD";
    for (const long cents : sums.buckets) csv += "," + Amount(cents);
    csv += ",0.00," + Amount(sums.disputed) + "," + Amount(sums.balance) + "\n";
  }
  return csv;
}

class LatePayments : public ProgramTest {
 protected:
  void SetUp() override {
    if (!fs::exists(DataFile())) GTEST_SKIP() << "there is no " << DataFile();
    text_ = ReadWholeFile(DataFile());
    Write("invoices.csv", text_);
    MakeLedger();
    summary_ = Print("duebook import --map " DUEBOOK_SOURCE_DIR "/tools/maps/invoice-settlement.toml invoices.csv");
  }
  std::string text_;
  std::string summary_;
};

TEST_F(LatePayments, AgreeWithTheFileAtEveryMonthEnd) {
  const auto rows = ReadRows(text_);
  EXPECT_EQ(rows.size(), 2466U);
  long total = 0;
  for (const InvoiceRow& row : rows) total += row.cents;
  EXPECT_EQ(Amount(total), "147703.18");
  EXPECT_THAT(summary_, testing::StartsWith("2466 lines read, "));
  EXPECT_THAT(summary_, testing::HasSubstr(" 0 already there, 0 refused"));
  EXPECT_EQ(Print("duebook balance --by currency --format csv --effective 2014-12-31"),
            "currency,invoiced,debited,credited,applied,written_off,open,unapplied,balance\n"
            "USD,147703.18,0.00,0.00,147703.18,0.00,0.00,0.00,0.00\n");
  const std::chrono::year_month first = std::chrono::year(2012) / 1;
  for (int month = 0; month < 25; month++) {
    const std::chrono::year_month_day date(Day((first + std::chrono::months(month)) / std::chrono::last));
    const Day day = date;
    const std::string effective = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                                              static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    EXPECT_EQ(Print("duebook aging --format csv --effective " + effective + " | sed 's/,[^,]*$//'"), AgingOf(rows, day))
        << effective;
  }
}

}  // namespace
}  // namespace duebook
