// Tables of SAP's order-to-cash, as JSON Lines, through the shipped maps: small ones written for this test, and a real
// extract held against sums worked out from its files. The latter is skipped where the files are not at hand.

#include <fmt/core.h>

#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/tools/program_fixture.h"

namespace duebook {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kDays[] = {"2025-04-01", "2025-04-02", "2025-04-05", "2025-04-20", "2025-05-16", "2025-12-31"};

fs::path DataFolder() {
  const char* folder = std::getenv("DUEBOOK_SHARED_DATA");
  const fs::path data = folder != nullptr ? fs::path(folder) : fs::path(DUEBOOK_SOURCE_DIR) / "../shared/data";
  return data / "sap-o2c";
}

long CentsOf(std::string text) {
  const bool negative = text.starts_with('-');
  if (negative) text.erase(0, 1);
  const size_t point = std::min(text.find('.'), text.size());
  std::string decimals = point == text.size() ? "" : text.substr(point + 1);
  decimals.resize(2, '0');
  const long cents = std::stol(text.substr(0, point)) * 100 + std::stol(decimals);
  return negative ? -cents : cents;
}

std::string Amount(long cents) {
  return fmt::format("{}{}.{:02}", cents < 0 ? "-" : "", std::labs(cents) / 100, std::labs(cents) % 100);
}

// A text of the row; "" where it is null or absent.
std::string TextOf(const json& row, const char* key) {
  return row.contains(key) && row[key].is_string() ? row[key].get<std::string>() : "";
}

using Balances = std::map<std::string, long>;  // by customer

// Items posted by the day and not cleared by it.
Balances OpenItems(const std::vector<json>& rows, const std::string& day) {
  Balances sums;
  for (const json& row : rows) {
    if (TextOf(row, "postingDate").substr(0, 10) > day) continue;
    const std::string cleared = TextOf(row, "clearingDate").substr(0, 10);
    const bool open = cleared.empty() || cleared > day;
    sums[TextOf(row, "customer")] += open ? CentsOf(TextOf(row, "amountInTransactionCurrency")) : 0;
  }
  return sums;
}

// Invoices issued by the day and not cancelled by it.
Balances StandingInvoices(const std::vector<json>& rows, const std::string& day) {
  const auto by_day = [&](const json& row) { return TextOf(row, "billingDocumentDate").substr(0, 10) <= day; };
  std::map<std::string, bool> cancelled;
  for (const json& row : rows) {
    if (TextOf(row, "billingDocumentType") == "S1" && by_day(row)) cancelled[TextOf(row, "cancelledBillingDocument")];
  }
  Balances sums;
  for (const json& row : rows) {
    if (TextOf(row, "billingDocumentType") != "F2" || !by_day(row)) continue;
    const bool stands = !cancelled.contains(TextOf(row, "billingDocument"));
    sums[TextOf(row, "soldToParty")] += stands ? CentsOf(TextOf(row, "totalNetAmount")) : 0;
  }
  return sums;
}

class OrderToCash : public ProgramTest {
 protected:
  OrderToCash() { Print("duebook init ledger --company Acme --currency INR"); }

  std::string Import(const std::string& map, const std::string& rows) {
    Write("rows.jsonl", rows);
    return Print("duebook import --map " DUEBOOK_SOURCE_DIR "/tools/maps/" + map + ".toml rows.jsonl");
  }

  // All parts of a table.
  static std::string Table(const char* name) {
    std::vector<fs::path> parts;
    for (const auto& entry : fs::directory_iterator(DataFolder() / name)) parts.push_back(entry.path());
    std::sort(parts.begin(), parts.end());
    std::string rows;
    for (const fs::path& part : parts) rows += ReadWholeFile(part);
    return rows;
  }
  static std::vector<json> Rows(const std::string& text) {
    std::vector<json> rows;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) rows.push_back(json::parse(line));
    return rows;
  }

  // The last column of the balance report, for every customer in it.
  void ExpectBalances(const std::vector<json>& rows, Balances (*of)(const std::vector<json>&, const std::string&)) {
    for (const char* day : kDays) {
      std::string expected;
      for (const auto& [customer, cents] : of(rows, day)) expected += customer + "," + Amount(cents) + "\n";
      EXPECT_EQ(Print(fmt::format("duebook balance --format csv --effective {} | tail -n +2 | cut -d, -f1,10", day)),
                expected)
          << day;
    }
  }
};

TEST_F(OrderToCash, BillingDocumentsAreIssuedAndCancelled) {
  const std::string rows =
      R"({"billingDocument": "901", "billingDocumentType": "S1", "billingDocumentDate": "2025-04-03T00:00:00.000Z", "cancelledBillingDocument": "900", "totalNetAmount": "253.39", "transactionCurrency": "INR", "soldToParty": "32"})"
      "\n"
      R"({"billingDocument": "900", "billingDocumentType": "F2", "billingDocumentDate": "2025-04-02T00:00:00.000Z", "cancelledBillingDocument": "", "totalNetAmount": "253.39", "transactionCurrency": "INR", "soldToParty": "32"})"
      "\n"
      R"({"billingDocument": "902", "billingDocumentType": "F2", "billingDocumentDate": "2025-04-02T00:00:00.000Z", "cancelledBillingDocument": "", "totalNetAmount": 216.1, "transactionCurrency": "INR", "soldToParty": "32"})"
      "\n";
  EXPECT_THAT(Import("sap-billing", rows), StartsWith("3 lines read, 4 events recorded, 0 already there, 0 refused"));
  ExpectBalances(Rows(R"({"billingDocument":"902","billingDocumentType":"F2","billingDocumentDate":"2025-04-02",)"
                      R"("totalNetAmount":"216.1","soldToParty":"32"})"),
                 [](const std::vector<json>& of, const std::string& day) {
                   Balances sums = StandingInvoices(of, day);
                   if (day == "2025-04-02") sums["32"] += 25'339;  // not cancelled yet
                   return sums;
                 });
  EXPECT_THAT(Import("sap-billing", rows), StartsWith("3 lines read, 0 events recorded, 4 already there"));
}

TEST_F(OrderToCash, ItemsAreOpenUntilTheyAreCleared) {
  const std::string rows =
      R"({"accountingDocument": "94", "accountingDocumentItem": "1", "referenceDocument": "905", "customer": "32", "amountInTransactionCurrency": "897.03", "transactionCurrency": "INR", "postingDate": "2025-04-02T00:00:00.000Z", "clearingDate": "2025-04-05T00:00:00.000Z", "clearingAccountingDocument": "940"})"
      "\n"
      R"({"accountingDocument": "95", "accountingDocumentItem": "1", "referenceDocument": "906", "customer": "32", "amountInTransactionCurrency": "-100", "transactionCurrency": "INR", "postingDate": "2025-04-02T00:00:00.000Z", "clearingDate": "2025-04-20T00:00:00.000Z", "clearingAccountingDocument": "941"})"
      "\n"
      R"({"accountingDocument": "96", "accountingDocumentItem": "1", "referenceDocument": "907", "customer": "33", "amountInTransactionCurrency": "5.5", "transactionCurrency": "INR", "postingDate": "2025-04-20T00:00:00.000Z", "clearingDate": null, "clearingAccountingDocument": ""})"
      "\n";
  EXPECT_THAT(Import("sap-receivables", rows),
              StartsWith("3 lines read, 8 events recorded, 0 already there, 0 refused"));
  ExpectBalances(Rows(rows), OpenItems);
}

TEST_F(OrderToCash, TheRealBillingTableAgreesWithItsFiles) {
  if (!fs::exists(DataFolder())) GTEST_SKIP() << "there is no " << DataFolder();
  const std::string table = Table("billing_document_headers");
  EXPECT_THAT(Import("sap-billing", table), HasSubstr(" 0 already there, 0 refused"));
  EXPECT_EQ(Rows(table).size(), 163U);
  ExpectBalances(Rows(table), StandingInvoices);
}

TEST_F(OrderToCash, TheRealItemsAgreeWithTheirFiles) {
  if (!fs::exists(DataFolder())) GTEST_SKIP() << "there is no " << DataFolder();
  const std::string table = Table("journal_entry_items_accounts_receivable");
  EXPECT_THAT(Import("sap-receivables", table), HasSubstr(" 0 already there, 0 refused"));
  EXPECT_EQ(Rows(table).size(), 123U);
  ExpectBalances(Rows(table), OpenItems);
}

}  // namespace
}  // namespace duebook
