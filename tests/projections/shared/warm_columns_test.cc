// Reports from columns that whoever asks keeps, extended while the ledger grows, are those of columns that are loaded.

#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <string>

#include "projections/history/growing_history.h"
#include "projections/shared/projection.h"
#include "tests/projections/scenario.h"
#include "tools/render/render.h"

namespace duebook {
namespace {

// Every report that can be asked without a subject, as text; an error is its sentence.
std::string AllTexts(ReportRequest request, uint64_t known) {
  request.cut.known = known;
  request.before = Cut{request.cut.effective, known / 2};
  std::string texts;
  for (const ReportInfo& info : AllReports()) {
    const auto report = RunReport(info, request);
    texts += report.ok() ? RenderJson(*report, request.log->identity()) : report.error().ToString() + "\n";
  }
  return texts;
}

TEST(WarmColumns, MakeTheReportsThatLoadedOnesMake) {
  Scenario scenario;
  const auto columns = std::make_shared<GrowingHistory>();
  const auto expect_same = [&] {
    ASSERT_TRUE(columns->CatchUp(scenario.log()).ok());
    for (uint64_t known = 0; known <= scenario.log().last_seq(); known += 2) {
      ReportRequest loaded = scenario.Request();
      loaded.subject = "C-1";
      ReportRequest warm = loaded;
      warm.columns = columns;
      EXPECT_EQ(AllTexts(warm, known), AllTexts(loaded, known)) << known;
    }
  };
  scenario.Given({
      "2025-01-01 CustomerOpened customer=C-1 name=Chen salesperson=sam",
      "2025-01-01 CustomerOpened customer=C-2 name=Nord",
      "2025-01-08 ShipmentRecorded customer=C-1 shipment=SH-1 amount=1000",
      "2025-01-10 InvoiceIssued customer=C-1 invoice=I-1 amount=1000 shipments=SH-1",
      "2025-01-20 InvoiceIssued customer=C-2 invoice=I-2 amount=500 currency=EUR due=2025-03-31",
  });
  expect_same();
  scenario.Given({
      "2025-02-01 PaymentReceived customer=C-1 payment=P-1 amount=400",
      "2025-02-01 PaymentApplied payment=P-1 invoice=I-1 amount=300",
      "2025-02-10 PromiseMade customer=C-1 promise=PR-1 amount=700 due=2025-03-01 invoices=I-1",
      "2025-02-12 DisputeOpened dispute=D-1 invoice=I-1 amount=50 reason=damaged",
  });
  expect_same();
}

TEST(WarmColumns, AreNotAskedWhereCustomersAreNamed) {
  Scenario scenario;
  scenario.Given({"2025-01-01 CustomerOpened customer=C-1 name=Chen",
                  "2025-01-10 InvoiceIssued customer=C-1 invoice=I-1 amount=1000"});
  ReportRequest request = scenario.Request();
  request.columns = std::make_shared<GrowingHistory>();
  EXPECT_TRUE(RunReport("balance", request).rows.empty());
  request.customers = {"C-1"};
  EXPECT_EQ(RowTexts(RunReport("balance", request), {"customer", "balance"}), std::vector<std::string>{"C-1|1000.00"});
}

}  // namespace
}  // namespace duebook
