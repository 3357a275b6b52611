#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/projections/scenario.h"

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::IsEmpty;

Date Day(std::string_view text) { return Date::Parse(text).value(); }

class Shipments : public testing::Test {
 protected:
  void SetUp() override {
    scenario_.Given({
        "2025-01-01 CustomerOpened customer=C name=Chen salesperson=sue",
        "2025-12-10 ShipmentRecorded customer=C shipment=S1 amount=10 order=O1 signed_by=Li",
        "2025-12-12 InvoiceIssued customer=C invoice=I1 amount=10 shipments=S1",
        "2025-12-28 ShipmentRecorded customer=C shipment=S2 amount=20",
        "2025-12-29 ShipmentRecorded customer=C shipment=S3 amount=30",
        "2026-01-04 InvoiceIssued customer=C invoice=I2 amount=20 shipments=S2",
        "2025-12-30 InvoiceIssued customer=C invoice=I3 amount=40",
        "2026-01-02 ShipmentRecorded customer=C shipment=S4 amount=40 invoice=I3",
        "2025-12-31 InvoiceIssued customer=C invoice=I4 amount=50",
        "2026-01-06 ShipmentRecorded customer=C shipment=S5 amount=60",
    });
  }
  std::vector<std::string> Rows(std::string_view effective, std::string_view to = "", bool all = true) {
    ReportRequest request = scenario_.Request();
    request.cut.effective = Day(effective);
    request.without_shipment = all;
    if (!to.empty()) request.to = Day(to);
    return RowTexts(RunReport("shipments", request), {"shipment", "shipped", "amount", "invoice", "invoiced", "state"});
  }
  Scenario scenario_;
};

TEST_F(Shipments, CutSeesNothingOfWhatFollowed) {
  EXPECT_THAT(Rows("2025-12-31"),
              ElementsAre("S1|2025-12-10|10.00|I1|2025-12-12|invoiced", "S2|2025-12-28|20.00|||shipped not invoiced",
                          "S3|2025-12-29|30.00|||shipped not invoiced", "||40.00|I3|2025-12-30|invoiced not shipped",
                          "||50.00|I4|2025-12-31|invoiced not shipped"));
}

TEST_F(Shipments, TestDayBeforeTheCutShowsWhatFollowed) {
  EXPECT_THAT(Rows("2026-01-31", "2025-12-31"),
              ElementsAre("S1|2025-12-10|10.00|I1|2025-12-12|invoiced",
                          "S2|2025-12-28|20.00|I2|2026-01-04|shipped not invoiced",
                          "S3|2025-12-29|30.00|||shipped not invoiced", "||50.00|I4|2025-12-31|invoiced not shipped",
                          "S4|2026-01-02|40.00|I3|2025-12-30|invoiced not shipped"));
}

TEST_F(Shipments, OnTheDayOfTheInvoiceAShipmentIsMatched) {
  struct {
    const char* to;
    std::vector<std::string> expected;
  } cases[] = {
      {"2025-12-09", {}},
      {"2025-12-10", {"S1|2025-12-10|10.00|I1|2025-12-12|shipped not invoiced"}},
      {"2025-12-11", {"S1|2025-12-10|10.00|I1|2025-12-12|shipped not invoiced"}},
      {"2025-12-12", {"S1|2025-12-10|10.00|I1|2025-12-12|invoiced"}},
  };
  for (const auto& c : cases) EXPECT_THAT(Rows("2026-01-31", c.to), ElementsAreArray(c.expected)) << c.to;
}

TEST_F(Shipments, VoidedInvoiceLeavesItsShipmentToBeInvoiced) {
  scenario_.Given({"2025-12-20 InvoiceVoided invoice=I1 reason=error"});
  EXPECT_EQ(Rows("2025-12-19").front(), "S1|2025-12-10|10.00|I1|2025-12-12|invoiced");
  EXPECT_EQ(Rows("2025-12-20").front(), "S1|2025-12-10|10.00|||shipped not invoiced");
  EXPECT_EQ(Rows("2025-12-31", "2025-12-19").front(), "S1|2025-12-10|10.00|I1|2025-12-12|invoiced");
}

TEST_F(Shipments, FiguresAndSubtotals) {
  ReportRequest request = scenario_.Request();
  request.cut.effective = Day("2025-12-31");
  request.without_shipment = true;
  const Report report = RunReport("shipments", request);
  EXPECT_THAT(FigureTexts(report),
              ElementsAre("CNY invoiced=10.00", "CNY invoiced not shipped=90.00", "CNY shipped not invoiced=50.00"));
  EXPECT_THAT(RowTexts(report, {"shipment", "customer", "currency", "order", "signed_by"}).front(), "S1|C|CNY|O1|Li");
  request.by = "salesperson";
  request.customers = {"C"};
  EXPECT_THAT(RowTexts(RunReport("shipments", request), {"salesperson", "currency", "state", "documents", "amount"}),
              ElementsAre("sue|CNY|invoiced|1|10.00", "sue|CNY|invoiced not shipped|2|90.00",
                          "sue|CNY|shipped not invoiced|2|50.00"));
}

TEST_F(Shipments, InvoicesOfAnotherSystemAreCountedOnly) {
  const std::vector<std::string> before = Rows("2025-12-31");
  scenario_.GivenImported({"2025-12-20 InvoiceIssued customer=C invoice=OLD1 amount=1",
                           "2025-12-21 InvoiceIssued customer=C invoice=OLD2 amount=2",
                           "2025-12-22 InvoiceIssued customer=C invoice=OLD3 amount=3 shipments=S1"});
  EXPECT_EQ(Rows("2025-12-31").size(), before.size() + 2);
  EXPECT_EQ(Rows("2025-12-31", "", false).size(), before.size());
  ReportRequest request = scenario_.Request();
  request.cut.effective = Day("2025-12-31");
  EXPECT_EQ(FigureTexts(RunReport("shipments", request)).back(), "invoices without shipments=2");
  request.without_shipment = true;
  EXPECT_EQ(FigureTexts(RunReport("shipments", request)).back(), "CNY shipped not invoiced=50.00");
}

TEST_F(Shipments, InvoicesOfALedgerThatShipsNothingAreCountedOnly) {
  Scenario office;
  office.Given({"2025-01-01 CustomerOpened customer=C name=Chen", "2025-01-01 CustomerOpened customer=D name=Dong",
                "2025-12-10 InvoiceIssued customer=C invoice=I1 amount=10",
                "2025-12-20 ShipmentRecorded customer=D shipment=S1 amount=5"});
  const auto rows = [&](std::string_view effective, std::vector<std::string> customers) {
    ReportRequest request = office.Request();
    request.cut.effective = Day(effective);
    request.customers = std::move(customers);
    return RowTexts(RunReport("shipments", request), {"shipment", "invoice"});
  };
  EXPECT_THAT(rows("2025-12-19", {}), IsEmpty());
  EXPECT_THAT(rows("2025-12-20", {}), ElementsAre("|I1", "S1|"));
  EXPECT_THAT(rows("2025-12-19", {"C"}), IsEmpty());
  EXPECT_THAT(rows("2025-12-20", {"C"}), ElementsAre("|I1"));
  EXPECT_THAT(rows("2025-12-20", {"D"}), ElementsAre("S1|"));
}

TEST_F(Shipments, InvoiceOfAReversedShipmentIsListedAsNotShipped) {
  scenario_.Given({"2025-12-15 EventReversed event=e2 reason=error"});
  EXPECT_EQ(Rows("2025-12-14", "", false).front(), "S1|2025-12-10|10.00|I1|2025-12-12|invoiced");
  EXPECT_EQ(Rows("2025-12-15", "", false).front(), "||10.00|I1|2025-12-12|invoiced not shipped");
}

TEST_F(Shipments, WhatCameBackByTheTestDayIsTakenOff) {
  scenario_.Given({"2025-12-29 ShipmentReturned customer=C shipment=S2 amount=5 reason=wet",
                   "2026-01-03 ShipmentReturned customer=C shipment=S2 amount=15 reason=wet",
                   "2026-01-05 ShipmentReturned customer=C shipment=S3 amount=1 reason=wet"});
  const auto of = [&](std::string_view effective, std::string_view to, std::string_view shipment) {
    ReportRequest request = scenario_.Request();
    request.cut.effective = Day(effective);
    if (!to.empty()) request.to = Day(to);
    for (const std::string& row :
         RowTexts(RunReport("shipments", request), {"shipment", "amount", "returned", "state", "days"})) {
      if (row.starts_with(shipment)) return row;
    }
    return std::string();
  };
  EXPECT_EQ(of("2025-12-28", "", "S2"), "S2|20.00|0.00|shipped not invoiced|0");
  EXPECT_EQ(of("2025-12-31", "", "S2"), "S2|15.00|5.00|shipped not invoiced|3");
  EXPECT_EQ(of("2026-01-31", "2025-12-31", "S2"), "S2|15.00|5.00|shipped not invoiced|3");
  EXPECT_EQ(of("2026-01-31", "", "S2"), "S2|0.00|20.00|returned|6");
  EXPECT_EQ(of("2026-01-31", "2025-12-31", "S3"), "S3|30.00|0.00|shipped not invoiced|2");
  EXPECT_EQ(of("2026-01-31", "", "S3"), "S3|29.00|1.00|shipped not invoiced|33");
  ReportRequest request = scenario_.Request();
  request.cut.effective = Day("2025-12-31");
  EXPECT_EQ(RunReport("shipments", request).columns.back().name, "name");
  EXPECT_THAT(TotalTexts(RunReport("shipments", request), {"amount", "returned"}), ElementsAre("145.00|5.00"));
}

}  // namespace
}  // namespace duebook
