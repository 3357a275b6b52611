// Given events, when a report is run, then these rows: a ledger in a folder of its own, told what to record in lines of
// text, and reports shown as text.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.h"
#include "projections/shared/projection.h"

namespace duebook {

class Scenario {
 public:
  Scenario();  // a new ledger of company "Acme" in CNY
  ~Scenario();
  Scenario(const Scenario&) = delete;
  Scenario& operator=(const Scenario&) = delete;

  // Each line is "DATE TYPE name=value name='value with spaces' ...", and is recorded as CSV cells would be. Without an
  // `id` the event gets "e" and the number of its line; without an actor it is recorded by "clerk". Failing
  // to record fails the test.
  void Given(const std::vector<std::string>& lines);
  // The same, as from another system: who may do what is not enforced.
  void GivenImported(const std::vector<std::string>& lines);
  // The code of the refusal that this line meets; "" if it is recorded.
  std::string Refused(const std::string& line);

  const EventLog& log() const;
  // The request for everything known, to be changed.
  ReportRequest Request() const;

 private:
  // For each line the code and sentence of its refusal; "" if it is recorded.
  std::vector<std::string> RecordLines(const std::vector<std::string>& lines, bool as_imported);

  std::string directory_;
  int lines_ = 0;
  std::unique_ptr<Ledger> ledger_;
};

// Runs the report of this name. An error fails the test and gives an empty report.
Report RunReport(std::string_view name, const ReportRequest& request);
// The same; an error is what is expected.
Error FailReport(std::string_view name, const ReportRequest& request);

// One cell as text: "100.00", "2025-01-31", "a;b", "".
std::string CellText(const Cell& cell);
// Each row's cells of these columns, joined by '|'. A name that the report doesn't have fails the test.
std::vector<std::string> RowTexts(const Report& report, const std::vector<std::string>& columns);
// The same of the rows of totals.
std::vector<std::string> TotalTexts(const Report& report, const std::vector<std::string>& columns);
// "CNY kept=100.00", ...
std::vector<std::string> FigureTexts(const Report& report);

}  // namespace duebook
