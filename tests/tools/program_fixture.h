// Tests that run the built program: each in a folder of its own, with a ledger in it if it asks for one.

#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>

#include "tests/support/shell.h"
#include "tests/support/temporary_folder.h"

namespace duebook {

inline std::string Lines(std::initializer_list<std::string_view> lines) {
  std::string text;
  for (const std::string_view line : lines) text.append(line).append("\n");
  return text;
}

// A customer, and a good line about it; most tests need no more.
inline constexpr std::string_view kOpened =
    R"({"type":"CustomerOpened","id":"c1","date":"2025-01-01","actor":"ann","customer":"C-1","name":"华东贸易"})";
inline constexpr std::string_view kInvoice =
    R"({"type":"InvoiceIssued","id":"i1","date":"2025-01-10","actor":"ann","customer":"C-1","invoice":"I-1","amount":"100.00"})";

// Two customers, two currencies, and something for every report.
inline std::string SmallCompany() {
  return Lines({
      R"({"type":"CustomerOpened","id":"c1","date":"2025-01-01","actor":"ann","customer":"C-1","name":"华东贸易","terms":"net 30","salesperson":"sam"})",
      R"({"type":"CustomerOpened","id":"c2","date":"2025-01-01","actor":"ann","customer":"C-2","name":"Nordwind, \"Söhne\"","salesperson":"sue"})",
      R"({"type":"ShipmentRecorded","id":"s1","date":"2025-01-08","actor":"ann","customer":"C-1","shipment":"SH-1","amount":"1000.00"})",
      R"({"type":"InvoiceIssued","id":"i1","date":"2025-01-10","actor":"ann","customer":"C-1","invoice":"I-1","amount":"1000.00","shipments":["SH-1"]})",
      R"({"type":"InvoiceIssued","id":"i2","date":"2025-01-20","actor":"ann","customer":"C-2","invoice":"I-2","amount":"500.00","currency":"EUR","due":"2025-03-31"})",
      R"({"type":"InvoiceIssued","id":"i3","date":"2025-01-25","actor":"ann","customer":"C-1","invoice":"I-3","amount":"80.00"})",
      R"({"type":"PaymentReceived","id":"p1","date":"2025-02-01","actor":"bob","customer":"C-1","payment":"P-1","amount":"400.00"})",
      R"({"type":"PaymentApplied","id":"a1","date":"2025-02-01","actor":"bob","payment":"P-1","invoice":"I-1","amount":"300.00"})",
      R"({"type":"PromiseMade","id":"m1","date":"2025-02-10","actor":"ann","customer":"C-1","promise":"PR-1","amount":"700.00","due":"2025-03-01","invoices":["I-1"]})",
      R"({"type":"DisputeOpened","id":"d1","date":"2025-02-12","actor":"ann","dispute":"D-1","invoice":"I-1","amount":"50.00","reason":"damaged"})",
      R"({"type":"WriteOffRequested","id":"w1","date":"2025-02-20","actor":"ann","write_off":"W-1","invoice":"I-3","amount":"80.00","reason":"too small"})",
      R"({"type":"WriteOffApproved","id":"w2","date":"2025-02-21","actor":"cfo","write_off":"W-1"})",
  });
}

class ProgramTest : public testing::Test {
 protected:
  ShellResult Run(const std::string& script) { return RunInShell(script, DUEBOOK_PROGRAM, folder_.path()); }

  // Runs what must succeed, and answers what it prints on standard output.
  std::string Print(const std::string& script) {
    const ShellResult result = Run(script);
    EXPECT_EQ(result.status, 0) << script << "\n" << result.err;
    return result.out;
  }

  void Write(std::string_view name, std::string_view text) { folder_.Write(name, text); }
  std::string Read(std::string_view name) { return ReadWholeFile(folder_ / name); }

  void MakeLedger(const std::string& name = "ledger") {
    Print("duebook init " + name + " --company Acme --currency CNY");
  }
  void MakeSmallCompany() {
    MakeLedger();
    Write("company.jsonl", SmallCompany());
    Print("duebook import company.jsonl");
  }

  TemporaryFolder folder_;
};

}  // namespace duebook
