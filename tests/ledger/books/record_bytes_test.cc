#include "ledger/books/record_bytes.h"

#include <gtest/gtest.h>

#include <tuple>

namespace duebook {
namespace {

constexpr char kKind = 'k';

// Each field of a record has a value that is not the one it begins with, and each of a record another one.
class RecordBytes : public testing::Test {
 protected:
  static Date Day(int32_t day) { return Date::FromDays(20'000 + day); }
  static Timeline Twice(int64_t amount) {
    Timeline timeline;
    timeline.Add(Day(1), amount);
    timeline.Add(Day(2), -3);
    return timeline;
  }
  void FillBase(DocumentBase* document) {
    document->seq = 123'456'789'012;
    document->date = Day(7);
    document->currency = *Currency::Parse("JPY");
    document->amount = 987'654'321;
    document->customer = names_.Keep("C-1");
  }

  static auto BaseFields(const DocumentBase& record) {
    return std::tuple(record.seq, record.date.ToString(), record.currency.ToString(), record.amount,
                      record.customer.text());
  }

  // The record when it has become bytes and is read again.
  template <class T>
  T Again(const T& record) {
    const Name number = names_.Keep("N-1");
    const auto bytes = BytesOf(number, kKind, BooksRecord(record));
    EXPECT_TRUE(bytes.has_value());
    NumberedRecord again = RecordFrom(*bytes);
    EXPECT_EQ(again.number.text(), "N-1");
    EXPECT_EQ(again.kind, kKind);
    EXPECT_TRUE(std::holds_alternative<T>(again.record));
    const T& read = std::get<T>(again.record);
    EXPECT_EQ(BaseFields(read), BaseFields(record));
    return read;
  }

  NameStore names_;
};

TEST_F(RecordBytes, OfADocumentThatOthersMayOnlyName) {
  PlainDocument document;
  FillBase(&document);
  Again(document);
}

TEST_F(RecordBytes, OfAShipment) {
  Shipment shipment;
  FillBase(&shipment);
  shipment.kept = Twice(50);
  shipment.signed_on = Day(4);
  shipment.unsigned_from = Day(2);
  shipment.invoices = {names_.Keep("I-1")};
  shipment.payment = names_.Keep("P-1");
  shipment.reversed = true;
  const Shipment again = Again(shipment);
  EXPECT_TRUE(again.kept == shipment.kept);
  EXPECT_EQ(again.signed_on, Day(4));
  EXPECT_EQ(again.unsigned_from, Day(2));
  ASSERT_EQ(again.invoices.size(), 1U);
  EXPECT_EQ(again.invoices[0].text(), "I-1");
  EXPECT_EQ(again.payment.text(), "P-1");
  EXPECT_TRUE(again.reversed);
}

TEST_F(RecordBytes, OfWhatMayBeReversed) {
  Reversible reversible;
  FillBase(&reversible);
  reversible.type = EventType::RefundPaid;
  reversible.kind = DocumentKind::kPayment;
  reversible.number = names_.Keep("P-1");
  reversible.parent_seq = 11;
  reversible.invoice_seq = 12;
  reversible.reversed = true;
  const Reversible again = Again(reversible);
  EXPECT_EQ(again.type, EventType::RefundPaid);
  EXPECT_EQ(again.kind, DocumentKind::kPayment);
  EXPECT_EQ(again.number.text(), "P-1");
  EXPECT_EQ(again.parent_seq, 11U);
  EXPECT_EQ(again.invoice_seq, 12U);
  EXPECT_TRUE(again.reversed);
}

TEST_F(RecordBytes, OfAnInvoice) {
  Invoice invoice;
  FillBase(&invoice);
  invoice.open = Twice(50);
  invoice.settled = Twice(60);
  invoice.last_movement = Day(3);
  invoice.voided = true;
  invoice.due = Day(31);
  invoice.has_schedules = true;
  invoice.discounts = names_.Keep("2/10");
  const Invoice again = Again(invoice);
  EXPECT_TRUE(again.open == invoice.open);
  EXPECT_TRUE(again.settled == invoice.settled);
  EXPECT_EQ(again.last_movement, Day(3));
  EXPECT_TRUE(again.voided);
  EXPECT_EQ(again.due, Day(31));
  EXPECT_TRUE(again.has_schedules);
  EXPECT_EQ(again.discounts.text(), "2/10");
}

TEST_F(RecordBytes, OfFunding) {
  Funding funding;
  FillBase(&funding);
  funding.unapplied = Twice(50);
  funding.applications = {names_.Keep("a1"), names_.Keep("a2")};
  funding.refunded = 4;
  funding.release = names_.Keep("r1");
  funding.reversed = true;
  const Funding again = Again(funding);
  EXPECT_TRUE(again.unapplied == funding.unapplied);
  ASSERT_EQ(again.applications.size(), 2U);
  EXPECT_EQ(again.applications[0].text(), "a1");
  EXPECT_EQ(again.applications[1].text(), "a2");
  EXPECT_EQ(again.refunded, 4);
  EXPECT_EQ(again.release.text(), "r1");
  EXPECT_TRUE(again.reversed);
}

TEST_F(RecordBytes, OfAnApplication) {
  Application application;
  FillBase(&application);
  application.discount = 5;
  application.invoice = names_.Keep("I-1");
  application.invoice_seq = 21;
  application.funding = names_.Keep("P-1");
  application.funding_seq = 22;
  application.funding_kind = DocumentKind::kCreditNote;
  application.reversed = true;
  const Application again = Again(application);
  EXPECT_EQ(again.discount, 5);
  EXPECT_EQ(again.invoice.text(), "I-1");
  EXPECT_EQ(again.invoice_seq, 21U);
  EXPECT_EQ(again.funding.text(), "P-1");
  EXPECT_EQ(again.funding_seq, 22U);
  EXPECT_EQ(again.funding_kind, DocumentKind::kCreditNote);
  EXPECT_TRUE(again.reversed);
}

TEST_F(RecordBytes, OfAPromise) {
  Promise promise;
  FillBase(&promise);
  promise.withdrawn = true;
  EXPECT_TRUE(Again(promise).withdrawn);
}

TEST_F(RecordBytes, OfADispute) {
  Dispute dispute;
  FillBase(&dispute);
  dispute.invoice = names_.Keep("I-1");
  dispute.invoice_seq = 31;
  dispute.resolved = true;
  dispute.resolved_on = Day(5);
  const Dispute again = Again(dispute);
  EXPECT_EQ(again.invoice.text(), "I-1");
  EXPECT_EQ(again.invoice_seq, 31U);
  EXPECT_TRUE(again.resolved);
  EXPECT_EQ(again.resolved_on, Day(5));
}

TEST_F(RecordBytes, OfAGuarantee) {
  Guarantee guarantee;
  FillBase(&guarantee);
  guarantee.kind = 2;
  guarantee.expires = Day(6);
  guarantee.left = Twice(70);
  guarantee.reversed = true;
  const Guarantee again = Again(guarantee);
  EXPECT_EQ(again.kind, 2);
  EXPECT_EQ(again.expires, Day(6));
  EXPECT_TRUE(again.left == guarantee.left);
  EXPECT_TRUE(again.reversed);
}

TEST_F(RecordBytes, OfAnOverride) {
  Override override;
  FillBase(&override);
  override.until = Day(7);
  override.granted_by = names_.Keep("carl");
  override.used = true;
  override.reversed = true;
  const Override again = Again(override);
  EXPECT_EQ(again.until, Day(7));
  EXPECT_EQ(again.granted_by.text(), "carl");
  EXPECT_TRUE(again.used);
  EXPECT_TRUE(again.reversed);
}

TEST_F(RecordBytes, OfAConfirmation) {
  Confirmation confirmation;
  FillBase(&confirmation);
  confirmation.order = names_.Keep("O-1");
  confirmation.valid_until = Day(8);
  confirmation.reversed_on = Day(9);
  const Confirmation again = Again(confirmation);
  EXPECT_EQ(again.order.text(), "O-1");
  EXPECT_EQ(again.valid_until, Day(8));
  EXPECT_EQ(again.reversed_on, Day(9));
}

TEST_F(RecordBytes, OfTheNumberOfABill) {
  BillNumber number;
  FillBase(&number);
  number.free_from = Day(9);
  EXPECT_EQ(Again(number).free_from, Day(9));
}

TEST_F(RecordBytes, OfAnEscalation) {
  Escalation escalation;
  FillBase(&escalation);
  escalation.closed = true;
  EXPECT_TRUE(Again(escalation).closed);
}

TEST_F(RecordBytes, OthersHaveNone) {
  Shipment returned_often, invoiced_often;
  Guarantee released_often;
  Invoice moved_often, settled_often;
  Funding used_often, applied_often, with_difference, by_bill;
  for (int day = 0; day < 5; day++) {
    for (Timeline* timeline : {&returned_often.kept, &released_often.left, &moved_often.open, &settled_often.settled,
                               &used_often.unapplied}) {
      timeline->Add(Day(day), 1);
    }
    invoiced_often.invoices.push_back(names_.Keep("i"));
    applied_often.applications.push_back(names_.Keep("a"));
  }
  with_difference.differences.Mutable().push_back(names_.Keep("d"));
  by_bill.bill.Mutable().number = names_.Keep("B-1");
  const BooksRecord others[] = {Apart<WriteOff>(WriteOff()),
                                Apart<Customer>(Customer()),
                                Apart<Control>(Control()),
                                Schedules(),
                                returned_often,
                                invoiced_often,
                                released_often,
                                moved_often,
                                settled_often,
                                used_often,
                                applied_often,
                                with_difference,
                                by_bill};
  for (const BooksRecord& record : others) {
    EXPECT_FALSE(BytesOf(names_.Keep("N"), kKind, record).has_value()) << record.index();
  }
  static_assert(std::variant_size_v<BooksRecord> == 13 + 4, "each of them has a test here");
}

}  // namespace
}  // namespace duebook
