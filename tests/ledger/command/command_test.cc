#include "ledger/command/command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/records.h"

namespace duebook {
namespace {

TEST(MakeCommandTest, EncodesWhatTheRecordSays) {
  Record record = PaymentRecord();
  record = With(record, "actor", CellValue("alice"));
  record = With(record, "memo", CellValue("part\nof the old account"));
  record = With(record, "payer", CellValue("北京茶馆"));
  const Command command = Accepted(record);
  const EventView event = command.event();
  EXPECT_EQ(event.type(), EventType::PaymentReceived);
  EXPECT_EQ(event.id(), "e-7");
  EXPECT_EQ(event.date().ToString(), "2025-03-01");
  EXPECT_EQ(event.actor(), "alice");
  EXPECT_EQ(event.customer(), "C-1");
  EXPECT_EQ(event.memo(), "part\nof the old account");
  EXPECT_EQ(event.source(), "test.csv:2");
  EXPECT_EQ(event.currency().ToString(), "CNY");
  EXPECT_FALSE(event.imported());
  EXPECT_EQ(event.seq(), 0u);
  EXPECT_EQ(TextOf(command, "payment"), "RCV-7");
  EXPECT_EQ(TextOf(command, "amount"), "1200.50");
  EXPECT_EQ(TextOf(command, "method"), "");
  EXPECT_EQ(TextOf(command, "payer"), "北京茶馆");
}

TEST(MakeCommandTest, KeepsEventsSmall) {
  Record record = PaymentRecord();
  record.source = "";
  EXPECT_LE(Accepted(record).event().bytes().size(), 200u);
}

TEST(MakeCommandTest, ReadsJsonAndCellsAlike) {
  Record json;
  json.source = "test.jsonl:1";
  for (const auto& [name, value] : PaymentRecord().fields) json.fields.emplace_back(name, TextValue(value.text));
  json = With(json, "amount", NumberValue("1200.5"));
  EXPECT_TRUE(SameContent(Accepted(PaymentRecord()), Accepted(json).event()));
}

TEST(MakeCommandTest, DefaultsActorCurrencyAndImported) {
  CommandContext context = CnyContext();
  EXPECT_EQ(Accepted(PaymentRecord()).event().actor(), "clerk");
  EXPECT_EQ(Accepted(With(PaymentRecord(), "actor", CellValue("bob"))).event().actor(), "bob");
  EXPECT_EQ(Accepted(With(PaymentRecord(), "currency", CellValue("KWD"))).event().currency().ToString(), "KWD");
  context.as_imported = true;
  EXPECT_TRUE(Accepted(PaymentRecord(), context).event().imported());
  EXPECT_TRUE(Accepted(With(PaymentRecord(), "imported", BoolValue("true")), context).event().imported());
  EXPECT_FALSE(Accepted(With(PaymentRecord(), "imported", BoolValue("false")), context).event().imported());
  EXPECT_FALSE(Accepted(With(PaymentRecord(), "imported", CellValue("false"))).event().imported());
}

TEST(MakeCommandTest, IgnoresWhatAnExportAdds) {
  Record record = With(PaymentRecord(), "seq", NumberValue("17"));
  record = With(record, "recorded_at", TextValue("2025-01-01T00:00:00Z"));
  record = With(record, "source", TextValue("old.csv:3"));
  EXPECT_TRUE(SameContent(Accepted(record), Accepted(PaymentRecord()).event()));
  EXPECT_EQ(Accepted(record).event().source(), "test.csv:2");
}

TEST(MakeCommandTest, MakesAnySourceFit) {
  Record record = PaymentRecord();
  record.source = "caf\xe9.csv:2";
  EXPECT_EQ(Accepted(record).event().source(), "caf?.csv:2");
  record.source = std::string(5000, 'x') + ":2";
  EXPECT_EQ(Accepted(record).event().source().size(), 4096u);
}

// One row a fault: a payment with this field set to this value, and the answer.
TEST(MakeCommandTest, RefusesFaultsWithCodeAndField) {
  struct Case {
    std::string_view field;
    RawValue value;
    std::string_view answer;
  };
  const std::string long_number(65, 'x'), number(64, 'x'), number_of_reversal = number + ":12", long_prose(4097, 'x'),
                                                           prose(4096, 'x');
  const Case cases[] = {
      {"id", TextValue(number), "accepted"},
      {"id", TextValue(long_number), "too_long id"},
      {"id", TextValue(number_of_reversal), "accepted"},
      {"id", TextValue(" a"), "bad_field id"},
      {"payment", TextValue("a "), "bad_field payment"},
      {"id", TextValue("a\tb"), "bad_field id"},
      {"id", TextValue("a\x7f"), "bad_field id"},
      {"id", TextValue("\xc3\x28"), "bad_utf8 id"},
      {"id", TextValue(""), "missing_field id"},
      {"id", NumberValue("7"), "bad_field id"},
      {"memo", TextValue(prose), "accepted"},
      {"memo", TextValue(long_prose), "too_long memo"},
      {"memo", TextValue("two\r\n\tlines"), "accepted"},
      {"memo", TextValue("\x1b[2J"), "bad_field memo"},
      {"memo", ListValue({}), "bad_field memo"},
      {"type", TextValue("PaymentRecieved"), "unknown_type type"},
      {"type", NumberValue("7"), "bad_field type"},
      {"ammount", CellValue("1"), "unknown_field ammount"},
      {"invoice", CellValue("INV-1"), "unknown_field invoice"},
      {"payment", TextValue(""), "missing_field payment"},
      {"payment", NumberValue("7"), "bad_field payment"},
      {"payment", BoolValue("true"), "bad_field payment"},
      {"payment", ObjectValue({}), "bad_field payment"},
      {"date", TextValue("2024-02-29"), "accepted"},
      {"date", TextValue("2025-02-29"), "bad_date date"},
      {"date", TextValue("2025-2-9"), "bad_date date"},
      {"date", TextValue("01.02.2025"), "bad_date date"},
      {"date", TextValue("\xff"), "bad_utf8 date"},
      {"date", NumberValue("20250101"), "bad_field date"},
      {"amount", TextValue("0.01"), "accepted"},
      {"amount", TextValue("1.100"), "bad_amount amount"},
      {"amount", TextValue("+1.00"), "bad_amount amount"},
      {"amount", TextValue(".5"), "bad_amount amount"},
      {"amount", TextValue("92233720368547758.07"), "accepted"},
      {"amount", TextValue("92233720368547758.08"), "bad_amount amount"},
      {"amount", TextValue("99999999999999999999"), "bad_amount amount"},
      {"amount", TextValue("0.00"), "bad_amount amount"},
      {"amount", TextValue("-1.00"), "bad_amount amount"},
      {"amount", TextValue("1.005"), "bad_amount amount"},
      {"amount", NumberValue("1.5e3"), "bad_amount amount"},
      {"amount", TextValue("1,200.00"), "bad_amount amount"},
      {"amount", TextValue("twelve"), "bad_amount amount"},
      {"amount", BoolValue("true"), "bad_field amount"},
      {"currency", TextValue("JPY"), "bad_amount amount"},
      {"currency", TextValue("cny"), "unknown_currency currency"},
      {"currency", TextValue("ABC"), "unknown_currency currency"},
      {"currency", NumberValue("156"), "bad_field currency"},
      {"company", TextValue("Acme"), "unknown_field company"},
      {"imported", BoolValue("true"), "bad_field imported"},
      {"imported", TextValue("yes"), "bad_field imported"},
      {"actor", TextValue("a\nb"), "bad_field actor"},
  };
  for (const Case& each : cases) {
    EXPECT_EQ(Answer(With(PaymentRecord(), each.field, each.value)), each.answer)
        << each.field << " = " << each.value.text.substr(0, 80);
  }
}

TEST(MakeCommandTest, FindsWhatIsNoTextWhereverInItItStands) {
  for (const char odd : {'\x1f', '\0', '\x7f', '\x80', '\xff'}) {
    for (size_t size = 1; size <= 20; size++) {
      for (size_t at = 0; at < size; at++) {
        std::string text(size, '~');
        text[at] = odd;
        EXPECT_NE(Answer(With(PaymentRecord(), "payment", TextValue(text))), "accepted") << at << " of " << size;
      }
    }
  }
  for (size_t size = 1; size <= 20; size++) {
    const std::string text(size, '!');
    EXPECT_EQ(Answer(With(PaymentRecord(), "payment", TextValue(text))), "accepted") << size;
  }
}

TEST(MakeCommandTest, AsksForWhatIsRequired) {
  for (const std::string_view field : {"type", "id", "date", "customer", "payment", "amount"}) {
    EXPECT_EQ(Answer(Without(PaymentRecord(), field)), "missing_field " + std::string(field));
  }
  CommandContext nobody = CnyContext();
  nobody.default_actor = "";
  EXPECT_EQ(Answer(PaymentRecord(), nobody), "accepted") << "a payment need not say who recorded it";
  const Record request = CellsRecord({{"type", "WriteOffRequested"},
                                      {"id", "w"},
                                      {"date", "2025-03-01"},
                                      {"write_off", "W"},
                                      {"invoice", "I"},
                                      {"amount", "1.00"}});
  EXPECT_EQ(Answer(request, nobody), "missing_field actor");
}

TEST(MakeCommandTest, RefusesAFieldGivenTwice) {
  Record record = PaymentRecord();
  record.fields.emplace_back("payment", CellValue("RCV-7"));
  EXPECT_EQ(Answer(record), "bad_field payment");
}

TEST(MakeCommandTest, NamesTheFirstFaultInOrderOfPrecedence) {
  Record record = PaymentRecord();
  record = With(record, "currency", CellValue("ABC"));
  EXPECT_EQ(Answer(record), "unknown_currency currency");
  record = With(record, "amount", CellValue("-1"));
  EXPECT_EQ(Answer(record), "bad_amount amount");
  record = With(record, "date", CellValue("2025-13-01"));
  EXPECT_EQ(Answer(record), "bad_date date");
  record = Without(record, "customer");
  EXPECT_EQ(Answer(record), "missing_field customer");
  record = With(record, "colour", CellValue("red"));
  EXPECT_EQ(Answer(record), "unknown_field colour");
  record = With(record, "type", CellValue("PaymentLost"));
  EXPECT_EQ(Answer(record), "unknown_type type");
  record = With(record, "memo", CellValue("\xff"));
  EXPECT_EQ(Answer(record), "bad_utf8 memo");
}

TEST(MakeCommandTest, SuggestsTheNameThatWasMeant) {
  const auto sentence = [](const Record& record) {
    return std::get<Rejection>(MakeCommand(record, CnyContext())).sentence;
  };
  EXPECT_EQ(sentence(With(PaymentRecord(), "ammount", CellValue("1"))),
            "PaymentReceived has no field \"ammount\"; did you mean \"amount\"");
  EXPECT_EQ(sentence(With(PaymentRecord(), "type", CellValue("paymentReceived"))),
            "there is no event type \"paymentReceived\"; did you mean \"PaymentReceived\"");
}

TEST(MakeCommandTest, HoldsInternalFieldsBackFromDoors) {
  const Record record = CellsRecord(
      {{"type", "PaymentReversed"}, {"id", "e-8"}, {"date", "2025-03-01"}, {"payment", "RCV-7"}, {"amount", "5"}});
  EXPECT_EQ(Answer(record), "unknown_field amount");
  EXPECT_EQ(Answer(Without(record, "amount")), "accepted");
}

TEST(MakeCommandTest, TakesNoCustomerWhereNoneBelongs) {
  const Record record = CellsRecord(
      {{"type", "RoleGranted"}, {"id", "e-1"}, {"date", "2025-03-01"}, {"user", "ann"}, {"role", "controller"}});
  EXPECT_EQ(Answer(record), "accepted");
  EXPECT_EQ(Answer(With(record, "customer", CellValue("C-1"))), "unknown_field customer");
  EXPECT_EQ(Answer(With(record, "currency", CellValue("XYZ"))), "unknown_currency currency");
  EXPECT_EQ(Accepted(With(record, "currency", CellValue("USD"))).event().currency().ToString(), "USD");
}

TEST(MakeCommandTest, AppliesExactlyOneOfPaymentAndCreditNote) {
  EXPECT_EQ(Answer(ApplicationRecord()), "accepted");
  EXPECT_EQ(Answer(Without(ApplicationRecord(), "payment")), "missing_field payment");
  EXPECT_EQ(Answer(With(ApplicationRecord(), "credit_note", CellValue("CN-1"))), "bad_field credit_note");
  EXPECT_EQ(Answer(With(Without(ApplicationRecord(), "payment"), "credit_note", CellValue("CN-1"))), "accepted");
  EXPECT_EQ(Answer(With(ApplicationRecord(), "payment", NumberValue("7"))), "bad_field payment");
  EXPECT_EQ(Answer(With(ApplicationRecord(), "discount", CellValue("0"))), "accepted");
  EXPECT_EQ(Answer(With(ApplicationRecord(), "discount", CellValue("-1"))), "bad_amount discount");
}

TEST(CommandTest, LeavesCurrencyAndCustomerToTheDocuments) {
  Command command = Accepted(With(ApplicationRecord(), "discount", CellValue("2")));
  EXPECT_TRUE(command.event().currency().empty());
  EXPECT_EQ(command.event().customer(), "");
  EXPECT_EQ(command.open_amounts().size(), 2u);

  const auto rejection = command.SetCurrency(*Currency::Parse("JPY"));
  ASSERT_TRUE(rejection.has_value());
  EXPECT_EQ(rejection->code, RejectionCode::kBadAmount);
  EXPECT_EQ(rejection->field, "amount");
  EXPECT_TRUE(command.event().currency().empty());

  EXPECT_FALSE(command.SetCurrency(*Currency::Parse("KWD")).has_value());
  EXPECT_EQ(TextOf(command, "amount"), "100.500");
  EXPECT_EQ(TextOf(command, "discount"), "2.000");
  for (const std::string customer : {"C-1", "", "一二三四五六七八九十一二三四五六七八九十"}) {
    Command with_customer = command;
    with_customer.SetCustomer(customer);
    EXPECT_EQ(with_customer.event().customer(), customer);
    EXPECT_EQ(with_customer.event().bytes().size() % 8, 0u);
    EXPECT_EQ(TextOf(with_customer, "invoice"), "INV-1");
    EXPECT_TRUE(VerifyEvent(with_customer.event().bytes()));
  }
}

TEST(CommandTest, RefusesAmountsThatTheDocumentsCurrencyCannotHold) {
  Command command = Accepted(With(ApplicationRecord(), "amount", CellValue("92233720368547759")));
  EXPECT_EQ(command.SetCurrency(*Currency::Parse("CNY"))->code, RejectionCode::kBadAmount);
  EXPECT_FALSE(command.SetCurrency(*Currency::Parse("JPY")).has_value());
}

TEST(CommandTest, TakesTheLedgersCurrencyWhenNoDocumentIsNamed) {
  const Record record = CellsRecord({{"type", "CreditNoteIssued"},
                                     {"id", "e-1"},
                                     {"date", "2025-03-01"},
                                     {"customer", "C-1"},
                                     {"credit_note", "CN-1"},
                                     {"amount", "5"}});
  EXPECT_EQ(Accepted(record).event().currency().ToString(), "CNY");
  EXPECT_TRUE(Accepted(With(record, "invoice", CellValue("INV-1"))).event().currency().empty());
  EXPECT_EQ(Answer(Without(record, "customer")), "missing_field customer");
}

TEST(CommandTest, IsPatchedInPlace) {
  Command command = Accepted(ApplicationRecord());
  ASSERT_EQ(command.event().reference_count(), 3u);
  command.SetSequence(42, Time{1'700'000'000'000'000});
  command.SetReference(0, 1);
  command.SetReference(2, 7);
  EXPECT_EQ(command.event().seq(), 42u);
  EXPECT_EQ(command.event().recorded_at().microseconds, 1'700'000'000'000'000);
  EXPECT_EQ(command.event().reference(0), 1u);
  EXPECT_EQ(command.event().reference(1), 0u);
  EXPECT_EQ(command.event().reference(2), 7u);
}

TEST(MakeCommandTest, NamesAllThatIsMissingAtOnce) {
  const struct {
    Record record;
    const char* field;
    const char* sentence;
  } cases[] = {
      {CellsRecord({{"memo", "x"}}), "type", "type, id and date are missing"},
      {CellsRecord({{"type", "InvoiceIssued"}}), "id",
       "id, date, invoice, amount and customer (or a document that "
       "tells it) are missing"},
      {CellsRecord({{"type", "CustomerOpened"}, {"id", "e"}}), "date", "date and customer are missing"},
      {CellsRecord({{"type", "PaymentApplied"}, {"id", "e"}, {"date", "2025-01-01"}, {"invoice", "I"}}), "amount",
       "amount and payment or credit_note are missing"},
      {CellsRecord({{"type", "WriteOffRequested"}, {"id", "e"}, {"date", "2025-01-01"}, {"invoice", "I"}}), "write_off",
       "write_off, amount and actor (who asks for the write-off) are missing"},
      {CellsRecord({{"type", "NoteAdded"}, {"id", "e"}, {"date", "2025-01-01"}}), "text", "text is missing"},
  };
  CommandContext nobody = CnyContext();
  nobody.default_actor = "";
  for (const auto& each : cases) {
    EXPECT_EQ(Answer(each.record, nobody), std::string("missing_field ") + each.field);
    EXPECT_EQ(SentenceOf(each.record, nobody), each.sentence);
  }
}

TEST(CommandTest, MakesRoomForReferencesToParents) {
  struct Case {
    Record record;
    size_t references;
  };
  const Case cases[] = {
      {PaymentRecord(), 1},
      {CellsRecord({{"type", "ApplicationReversed"}, {"id", "e"}, {"date", "2025-01-01"}, {"application", "a-1"}}), 4},
      {CellsRecord({{"type", "RecoveryReceived"},
                    {"id", "e"},
                    {"date", "2025-01-01"},
                    {"recovery", "r"},
                    {"write_off", "w"},
                    {"amount", "1"}}),
       3},
      {CellsRecord({{"type", "PromiseMade"},
                    {"id", "e"},
                    {"date", "2025-01-01"},
                    {"promise", "p"},
                    {"amount", "1"},
                    {"due", "2025-02-01"},
                    {"invoices", "INV-1;INV-2; INV-3"}}),
       4},
      {CellsRecord({{"type", "NoteAdded"},
                    {"id", "e"},
                    {"date", "2025-01-01"},
                    {"text", "t"},
                    {"invoice", "i"},
                    {"dispute", "d"},
                    {"write_off", "w"}}),
       6},
  };
  for (const Case& each : cases) EXPECT_EQ(Accepted(each.record).event().reference_count(), each.references);
}

TEST(CommandTest, LetsTheLedgerFillInDueDatesAndRequests) {
  const Record invoice = InvoiceRecord();
  Command command = Accepted(invoice);
  EXPECT_FALSE(command.IsGiven("due"));
  EXPECT_EQ(TextOf(command, "due"), "");
  command.Set("due", *Date::Parse("2025-03-31"));
  EXPECT_EQ(TextOf(command, "due"), "2025-03-31");
  EXPECT_FALSE(command.IsGiven("due")) << "given means by the record";
  EXPECT_TRUE(Accepted(With(invoice, "due", CellValue("2025-04-01"))).IsGiven("due"));

  const Record approval =
      CellsRecord({{"type", "WriteOffApproved"}, {"id", "e-2"}, {"date", "2025-03-01"}, {"write_off", "W-1"}});
  Command approved = Accepted(approval);
  EXPECT_FALSE(approved.IsGiven("request"));
  const Hash hash = Sha256("request");
  approved.Set("request", hash);
  EXPECT_EQ(TextOf(approved, "request"), ToHex(hash));
  const std::string hex = ToHex(hash);
  EXPECT_TRUE(Accepted(With(approval, "request", CellValue(hex))).IsGiven("request"));
  EXPECT_EQ(Answer(With(approval, "request", CellValue(hex.substr(1)))), "bad_field request");

  EXPECT_FALSE(approved.SetCurrency(*Currency::Parse("CNY")).has_value());
  EXPECT_EQ(TextOf(approved, "in_force_from"), "");
  EXPECT_EQ(AmountOf(approved.event().body<schema::WriteOffApproved>().amount()), 0);
  approved.Set("in_force_from", *Date::Parse("2025-03-02"));
  approved.Set("amount", Minor{1234});
  EXPECT_EQ(TextOf(approved, "in_force_from"), "2025-03-02");
  EXPECT_EQ(TextOf(approved, "amount"), "12.34");
}

}  // namespace
}  // namespace duebook
