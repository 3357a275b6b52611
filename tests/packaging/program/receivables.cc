// receivables FOLDER: makes a ledger there, records an invoice and half of its payment, and prints what is owed.

#include <fmt/format.h>

#include <iostream>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ledger/ledger.h"
#include "projections/shared/projection.h"

namespace {

using duebook::MadeCommand;
using duebook::RawValue;

duebook::Record MakeRecord(const std::vector<std::pair<std::string_view, std::string_view>>& fields) {
  duebook::Record record;
  for (const auto& [name, text] : fields) record.fields.emplace_back(name, RawValue{RawValue::Kind::kCell, text, {}});
  record.source = "receivables";
  return record;
}

int Fail(const std::string& sentence) {
  std::cerr << sentence << '\n';
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return Fail("usage: receivables FOLDER");
  const duebook::Currency currency = *duebook::Currency::Parse("CNY");
  const duebook::Status made = duebook::EventLog::Create(argv[1], {"Acme", currency, "", duebook::Time{1}});
  if (!made.ok()) return Fail(made.error().ToString());
  {
    auto ledger = duebook::Ledger::Open(argv[1], {});
    if (!ledger.ok()) return Fail(ledger.error().ToString());
    std::vector<MadeCommand> commands;
    for (const auto& record :
         {MakeRecord({{"type", "CustomerOpened"}, {"id", "1"}, {"date", "2025-01-01"}, {"customer", "C-1"}}),
          MakeRecord({{"type", "InvoiceIssued"},
                      {"id", "2"},
                      {"date", "2025-01-02"},
                      {"customer", "C-1"},
                      {"invoice", "I-1"},
                      {"amount", "100.00"}}),
          MakeRecord({{"type", "PaymentReceived"},
                      {"id", "3"},
                      {"date", "2025-01-03"},
                      {"customer", "C-1"},
                      {"payment", "P-1"},
                      {"amount", "50.00"}})}) {
      auto command = duebook::MakeCommand(record, {currency, "clerk", false});
      if (const auto* refused = std::get_if<duebook::Rejection>(&command)) return Fail(refused->sentence);
      commands.push_back(std::move(command));
    }
    const auto outcomes = (*ledger)->Record(commands, duebook::Admission::kAllOrNothing);
    if (!outcomes.ok()) return Fail(outcomes.error().ToString());
  }
  const auto log = duebook::EventLog::Open(argv[1], duebook::EventLog::Mode::kRead);
  if (!log.ok()) return Fail(log.error().ToString());
  duebook::ReportRequest request;
  request.log = log->get();
  request.cut = {*duebook::Date::Parse("2025-12-31"), (*log)->last_seq()};
  const auto report = duebook::RunReport(*duebook::FindReport("balance"), request);
  if (!report.ok()) return Fail(report.error().ToString());
  const auto& balance = std::get<duebook::Money>(report->rows.at(0).at(9));
  std::cout << balance.amount << " minor units of " << balance.currency.ToString() << '\n';
  return 0;
}
