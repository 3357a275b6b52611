#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/projections/scenario.h"

namespace duebook {
namespace {

using testing::ElementsAre;

Date Day(std::string_view text) { return Date::Parse(text).value(); }

class Papers : public testing::Test {
 protected:
  void SetUp() override {
    scenario_.Given({
        "2025-01-01 CustomerOpened customer=C name=Chen",
        "2025-03-01 ShipmentRecorded customer=C shipment=S1 amount=10 order=O1",
        "2025-03-02 ShipmentRecorded customer=C shipment=S2 amount=20 signed_by=Li",
    });
  }
  std::vector<std::string> Rows(std::string_view effective, bool with_iou = false) {
    ReportRequest request = scenario_.Request();
    request.cut.effective = Day(effective);
    request.asks_for_iou = with_iou;
    return RowTexts(RunReport("papers", request), {"shipment", "amount", "confirmed", "signed", "invoice", "invoiced",
                                                   "days_to_sign", "days_to_invoice", "missing"});
  }
  std::vector<std::string> Missing(std::string_view effective, bool with_iou = false) {
    ReportRequest request = scenario_.Request();
    request.cut.effective = Day(effective);
    request.asks_for_iou = with_iou;
    return RowTexts(RunReport("papers", request), {"shipment", "missing"});
  }
  Scenario scenario_;
};

TEST_F(Papers, AreMissingOnceItIsTimeForThem) {
  EXPECT_THAT(Missing("2025-03-04"), ElementsAre("S1|price_confirmation", "S2|price_confirmation"));
  EXPECT_THAT(Missing("2025-03-05"), ElementsAre("S1|price_confirmation;signature", "S2|price_confirmation"));
  EXPECT_THAT(Missing("2025-03-31"), ElementsAre("S1|price_confirmation;signature", "S2|price_confirmation"));
  EXPECT_THAT(Missing("2025-04-01"), ElementsAre("S1|price_confirmation;signature;invoice", "S2|price_confirmation"));
}

TEST_F(Papers, SayWhenEachCameAndHowLongItTook) {
  scenario_.Given({
      "2025-02-20 PriceConfirmed customer=C confirmation=K0 order=O1 valid_until=2025-02-28",
      "2025-02-21 PriceConfirmed customer=C confirmation=K1 order=O1",
      "2025-02-22 PriceConfirmed customer=C confirmation=K2 order=O2",
      "2025-03-06 DeliverySigned shipment=S1 signed_by=Wang",
      "2025-03-11 InvoiceIssued customer=C invoice=I1 amount=10 shipments=S1",
      "2025-03-12 InvoiceIssued customer=C invoice=I2 amount=1 shipments=S1",
      "2025-03-05 ShipmentReturned shipment=S2 amount=20",
  });
  EXPECT_THAT(Rows("2025-04-30"), ElementsAre("S1|10.00|2025-02-21|2025-03-06|I1;I2|2025-03-11|5|10|",
                                              "S2|0.00|2025-02-22|2025-03-02|||0||"));
}

TEST_F(Papers, AreNotMissingOfWhatCameBackAsAWhole) {
  scenario_.Given(
      {"2025-03-05 ShipmentReturned shipment=S1 amount=4", "2025-04-10 ShipmentReturned shipment=S1 amount=6"});
  EXPECT_EQ(Missing("2025-04-09", true).front(), "S1|price_confirmation;signature;invoice;iou");
  EXPECT_EQ(Missing("2025-04-10", true).front(), "S1|");
}

TEST_F(Papers, ThatAreUndoneOrVoidCountUpToTheDayBefore) {
  scenario_.Given({
      "2025-03-01 PriceConfirmed id=k customer=C confirmation=K1 order=O1",
      "2025-03-02 DeliverySigned id=s shipment=S1 signed_by=Wang",
      "2025-03-03 InvoiceIssued customer=C invoice=I1 amount=10 shipments=S1",
      "2025-05-01 EventReversed event=k reason=x",
      "2025-05-02 EventReversed event=s reason=x",
      "2025-05-03 InvoiceVoided invoice=I1 reason=x",
  });
  EXPECT_THAT(Missing("2025-04-30").front(), "S1|");
  EXPECT_THAT(Missing("2025-05-01").front(), "S1|price_confirmation");
  EXPECT_THAT(Missing("2025-05-02").front(), "S1|price_confirmation;signature");
  EXPECT_THAT(Missing("2025-05-03").front(), "S1|price_confirmation;signature;invoice");
}

TEST_F(Papers, AnIouIsMissingWhereItIsAskedForAndNoneNamesTheGoods) {
  scenario_.Given({
      "2025-03-01 PriceConfirmed customer=C confirmation=K1 order=O1",
      "2025-03-03 InvoiceIssued customer=C invoice=I1 amount=10 shipments=S1",
      "2025-03-04 DebtAcknowledged customer=C acknowledgement=A1 amount=10 as_of=2025-03-04 signed_by=Wang",
  });
  EXPECT_THAT(Missing("2025-03-04", true), ElementsAre("S1|iou", "S2|iou"));
  scenario_.Given({
      "2025-03-05 DebtAcknowledged customer=C acknowledgement=A2 amount=10 as_of=2025-03-04 signed_by=Wang "
      "kind=statement invoices=I1",
      "2025-03-06 DebtAcknowledged customer=C acknowledgement=A3 amount=20 as_of=2025-03-04 signed_by=Wang "
      "shipments=S2",
  });
  EXPECT_THAT(Missing("2025-03-06", true), ElementsAre("S1|signature", "S2|"));
}

TEST_F(Papers, ThatWereAttachedWithoutTheirFileAreTold) {
  const std::string hash(64, 'a');
  scenario_.Given({
      "2025-03-01 PriceConfirmed customer=C confirmation=K1",
      "2025-03-03 DocumentAttached id=d shipment=S2 name=delivery.pdf sha256=" + hash,
      "2025-03-04 EventReversed event=d reason=x",
  });
  EXPECT_THAT(Missing("2025-03-03").back(), "S2|file");
  EXPECT_THAT(Missing("2025-03-04").back(), "S2|");
  scenario_.Given({
      "2025-03-05 InvoiceIssued customer=C invoice=I2 amount=20 shipments=S2",
      "2025-03-05 DebtAcknowledged customer=C acknowledgement=A1 amount=20 as_of=2025-03-05 signed_by=Li invoices=I2",
      "2025-03-06 DocumentAttached acknowledgement=A1 name=iou.pdf kind=iou sha256=" + hash,
  });
  EXPECT_THAT(Missing("2025-03-05", true).back(), "S2|");
  EXPECT_THAT(Missing("2025-03-06", true).back(), "S2|file");
  EXPECT_THAT(Missing("2025-03-06").back(), "S2|");
  EXPECT_EQ(scenario_.Refused("2025-03-05 DocumentAttached name=x sha256=" + hash), "missing_field");
  EXPECT_EQ(scenario_.Refused("2025-03-05 DocumentAttached name=x shipment=S1 confirmation=K1 sha256=" + hash),
            "bad_field");
}

}  // namespace
}  // namespace duebook
