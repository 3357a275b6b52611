#include "ledger/event/event.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "tests/support/seed.h"

namespace duebook {
namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;

constexpr uint32_t kCny = 'C' | 'N' << 8 | 'Y' << 16;

// What differs between the events of these tests; the rest is well-formed.
struct Sketch {
  std::string id = "e-1";
  std::string actor = "alice";
  std::string customer = "C-1";
  std::string memo;
  int32_t date = 20'000;
  uint32_t currency = kCny;
  size_t references = 1;
  schema::EventBody type = schema::EventBody::PaymentReceived;
};

StoredEvent Finish(FlatBufferBuilder& builder, Offset<void> body, const Sketch& sketch) {
  const auto references = builder.CreateVector(std::vector<uint64_t>(sketch.references, 0));
  const auto id = builder.CreateString(sketch.id);
  const auto actor = builder.CreateString(sketch.actor);
  const auto customer = builder.CreateString(sketch.customer);
  const auto memo = builder.CreateString(sketch.memo);
  builder.Finish(schema::CreateEvent(builder, 7, 8, sketch.date, sketch.currency, false, id, actor, 0, memo, customer,
                                     references, sketch.type, body));
  return StoredEvent(std::string(reinterpret_cast<const char*>(builder.GetBufferPointer()), builder.GetSize()));
}

StoredEvent Payment(const Sketch& sketch, const std::string& number = "RCV-7", const std::string& payer = "茶馆") {
  FlatBufferBuilder builder;
  const schema::Amount amount(120'050);
  const auto body =
      schema::CreatePaymentReceivedDirect(builder, number.c_str(), &amount, nullptr, nullptr, payer.c_str());
  return Finish(builder, body.Union(), sketch);
}

StoredEvent Invoice() {
  FlatBufferBuilder builder;
  const schema::Amount amount(10'000);
  const schema::Date due(kUnsetDays);
  const schema::Date first(0), second(31);
  const schema::Amount part(5'000);
  const std::vector<Offset<flatbuffers::String>> shipments = {builder.CreateString("S-1"), builder.CreateString("S-2")};
  const std::vector<Offset<schema::Instalment>> instalments = {schema::CreateInstalment(builder, &first, &part),
                                                               schema::CreateInstalment(builder, &second, &part)};
  const auto body =
      schema::CreateInvoiceIssuedDirect(builder, "INV-1", &amount, nullptr, &due, &shipments, &instalments, nullptr);
  Sketch sketch;
  sketch.references = 3;
  sketch.type = schema::EventBody::InvoiceIssued;
  return Finish(builder, body.Union(), sketch);
}

StoredEvent Policy() {
  FlatBufferBuilder builder;
  const schema::Amount low(100'000);
  const std::vector<Offset<flatbuffers::String>> one = {builder.CreateString("controller")};
  const std::vector<Offset<flatbuffers::String>> two = {builder.CreateString("controller"),
                                                        builder.CreateString("cfo")};
  const std::vector<Offset<schema::WriteOffBand>> bands = {schema::CreateWriteOffBandDirect(builder, &low, 1, &one),
                                                           schema::CreateWriteOffBandDirect(builder, nullptr, 2, &two)};
  Sketch sketch;
  sketch.type = schema::EventBody::WriteOffPolicySet;
  return Finish(builder, schema::CreateWriteOffPolicySetDirect(builder, &bands).Union(), sketch);
}

std::string TextOf(const StoredEvent& event, std::string_view field) {
  const FieldInfo* info = event.view().info().FindField(field);
  CHECK(info != nullptr);
  return FieldText(event.view(), *info);
}

TEST(EventTypesTest, HasEveryTypeOfTheSchemaUnderItsNumber) {
  // Numbers are given one after the other.
  EXPECT_EQ(AllEventTypes().size(), static_cast<size_t>(EventType::MAX));
  for (const EventTypeInfo& info : AllEventTypes()) {
    EXPECT_EQ(schema::EnumNameEventBody(info.type), info.name);
    EXPECT_EQ(&InfoOf(info.type), &info);
    EXPECT_EQ(FindEventType(info.name), &info);
  }
  EXPECT_EQ(FindEventType("Event"), nullptr);
  EXPECT_EQ(FindEventType(static_cast<EventType>(static_cast<int>(EventType::MAX) + 1)), nullptr);
  EXPECT_EQ(FindEventType(EventType::NONE), nullptr);
}

TEST(EventTypesTest, ReadsFieldsInSchemaOrder) {
  std::vector<std::string> names;
  for (const FieldInfo& field : InfoOf(EventType::InvoiceIssued).fields) names.push_back(field.name);
  EXPECT_EQ(names, (std::vector<std::string>{"invoice", "amount", "tax", "due", "shipments", "instalments",
                                             "salesperson", "terms"}));
}

TEST(EventTypesTest, ReadsWhatTheAttributesSay) {
  struct Case {
    EventType type;
    std::string_view field;
    FieldType field_type;
    bool required, filled, internal;
    DocumentKind introduces, names;
  };
  using enum DocumentKind;
  const Case cases[] = {
      {EventType::InvoiceIssued, "invoice", FieldType::kText, true, false, false, kInvoice, kNone},
      {EventType::InvoiceIssued, "due", FieldType::kDate, false, true, false, kNone, kNone},
      {EventType::InvoiceIssued, "shipments", FieldType::kTextList, false, false, false, kNone, kShipment},
      {EventType::InvoiceIssued, "instalments", FieldType::kItems, false, true, false, kNone, kNone},
      {EventType::InvoiceVoided, "open", FieldType::kAmount, false, false, true, kNone, kNone},
      {EventType::WriteOffApproved, "request", FieldType::kHash, false, true, false, kNone, kNone},
      {EventType::WriteOffApproved, "in_force_from", FieldType::kDate, false, false, true, kNone, kNone},
      {EventType::WriteOffPolicySet, "bands", FieldType::kItems, true, false, false, kNone, kNone},
      {EventType::WriteOffPolicySet, "months", FieldType::kInteger, false, false, false, kNone, kNone},
      {EventType::CustomerOpened, "name", FieldType::kProse, false, false, false, kNone, kNone},
      {EventType::PaymentApplied, "credit_note", FieldType::kText, false, false, false, kNone, kCreditNote},
  };
  for (const Case& each : cases) {
    const FieldInfo* field = InfoOf(each.type).FindField(each.field);
    ASSERT_NE(field, nullptr) << each.field;
    EXPECT_EQ(field->type, each.field_type) << each.field;
    EXPECT_EQ(field->required, each.required) << each.field;
    EXPECT_EQ(field->filled, each.filled) << each.field;
    EXPECT_EQ(field->internal, each.internal) << each.field;
    EXPECT_EQ(field->introduces, each.introduces) << each.field;
    EXPECT_EQ(field->names, each.names) << each.field;
  }
  EXPECT_EQ(InfoOf(EventType::WriteOffPolicySet).FindField("months")->default_integer, 12);
  EXPECT_EQ(InfoOf(EventType::PaymentReceived).FindField("due"), nullptr);
}

TEST(EventTypesTest, KnowsWhoNeedsACustomerAndAnAmount) {
  EXPECT_EQ(InfoOf(EventType::CustomerOpened).customer, CustomerUse::kIntroduced);
  EXPECT_EQ(InfoOf(EventType::PaymentApplied).customer, CustomerUse::kRequired);
  EXPECT_EQ(InfoOf(EventType::NoteAdded).customer, CustomerUse::kOptional);
  EXPECT_EQ(InfoOf(EventType::RoleGranted).customer, CustomerUse::kNone);
  EXPECT_TRUE(InfoOf(EventType::WriteOffPolicySet).has_amount);
  EXPECT_FALSE(InfoOf(EventType::ContactLogged).has_amount);
  EXPECT_TRUE(InfoOf(EventType::ContactLogged).names_documents);
  EXPECT_FALSE(InfoOf(EventType::PeriodClosed).names_documents);
  EXPECT_EQ(InfoOf(EventType::PaymentApplied).introduces_by_event_id, DocumentKind::kApplication);
  EXPECT_EQ(InfoOf(EventType::PaymentReceived).introduces_by_event_id, DocumentKind::kNone);
}

TEST(DocumentKindTest, NamesAndNumbersAreEachOthersInverse) {
  std::set<std::string_view> names;
  for (int i = 1; i < kDocumentKinds; i++) {
    const auto kind = static_cast<DocumentKind>(i);
    EXPECT_EQ(KindFromName(KindName(kind)), kind);
    names.insert(KindName(kind));
  }
  EXPECT_EQ(names.size(), 19u);
  EXPECT_EQ(KindName(DocumentKind::kWriteOff), "write_off");
  EXPECT_EQ(KindFromName("customer"), DocumentKind::kNone);
}

TEST(EventTest, ListsTheDocumentsItIntroducesAndNames) {
  const StoredEvent event = Invoice();
  std::vector<std::pair<DocumentKind, std::string>> introduced, named;
  ForEachIntroduced(event.view(),
                    [&](DocumentKind kind, std::string_view number) { introduced.emplace_back(kind, number); });
  ForEachNamed(event.view(), [&](DocumentKind kind, std::string_view number) { named.emplace_back(kind, number); });
  EXPECT_EQ(introduced, (decltype(introduced){{DocumentKind::kInvoice, "INV-1"}}));
  EXPECT_EQ(named, (decltype(named){{DocumentKind::kShipment, "S-1"}, {DocumentKind::kShipment, "S-2"}}));
  EXPECT_EQ(ReferenceCount(event.view()), 3u);
}

TEST(FieldTextTest, WritesWhatACsvCellHolds) {
  EXPECT_EQ(TextOf(Payment({}), "payment"), "RCV-7");
  EXPECT_EQ(TextOf(Payment({}), "amount"), "1200.50");
  EXPECT_EQ(TextOf(Payment({}), "method"), "");
  EXPECT_EQ(TextOf(Payment({}), "payer"), "茶馆");
  EXPECT_EQ(TextOf(Invoice(), "due"), "") << "left for the ledger to fill in";
  EXPECT_EQ(TextOf(Invoice(), "tax"), "");
  EXPECT_EQ(TextOf(Invoice(), "shipments"), "S-1;S-2");
  EXPECT_EQ(TextOf(Invoice(), "instalments"), "1970-01-01 50.00;1970-02-01 50.00");
  EXPECT_EQ(TextOf(Policy(), "bands"), "1000.00 1 controller;- 2 controller+cfo");
  EXPECT_EQ(TextOf(Policy(), "months"), "12");
}

TEST(FieldTextTest, UsesTheDecimalsOfTheEventsCurrency) {
  Sketch yen;
  yen.currency = 'J' | 'P' << 8 | 'Y' << 16;
  EXPECT_EQ(TextOf(Payment(yen), "amount"), "120050");
}

TEST(VerifyEventTest, AcceptsWellFormedEvents) {
  EXPECT_TRUE(VerifyEvent(Payment({}).bytes()));
  EXPECT_TRUE(VerifyEvent(Invoice().bytes()));
  EXPECT_TRUE(VerifyEvent(Policy().bytes()));
}

TEST(VerifyEventTest, RefusesWhatIsOutOfBounds) {
  const auto with = [](auto change) {
    Sketch sketch;
    change(sketch);
    return Payment(sketch).bytes();
  };
  EXPECT_TRUE(VerifyEvent(with([](Sketch& s) { s.id = std::string(64, 'x'); })));
  EXPECT_FALSE(VerifyEvent(with([](Sketch& s) { s.id = std::string(71, 'x'); })));
  EXPECT_FALSE(VerifyEvent(with([](Sketch& s) { s.id = ""; })));
  EXPECT_FALSE(VerifyEvent(with([](Sketch& s) { s.actor = "\xff"; })));
  EXPECT_TRUE(VerifyEvent(with([](Sketch& s) { s.memo = std::string(4096, 'x'); })));
  EXPECT_FALSE(VerifyEvent(with([](Sketch& s) { s.memo = std::string(4097, 'x'); })));
  EXPECT_FALSE(VerifyEvent(with([](Sketch& s) { s.date = kUnsetDays; })));
  EXPECT_FALSE(VerifyEvent(with([](Sketch& s) { s.currency = 1; })));
  EXPECT_FALSE(VerifyEvent(with([](Sketch& s) { s.references = 2; })));
  EXPECT_FALSE(VerifyEvent(with([](Sketch& s) { s.type = static_cast<EventType>(200); })));
  EXPECT_FALSE(VerifyEvent(Payment({}, std::string(65, 'x')).bytes()));
  EXPECT_TRUE(VerifyEvent(Payment({}, "RCV-7", std::string(4096, 'x')).bytes()));
  EXPECT_FALSE(VerifyEvent(Payment({}, "RCV-7", std::string(4097, 'x')).bytes()));
}

TEST(VerifyEventTest, RefusesEveryTruncation) {
  const std::string whole = Invoice().bytes();
  for (size_t size = 0; size + 8 <= whole.size(); size++) {
    const std::string cut(whole, 0, size);
    EXPECT_FALSE(VerifyEvent(cut)) << size;
  }
}

// What passes is safe to read, however the bytes came about.
TEST(VerifyEventTest, NeverReadsOutsideOfDamagedBytes) {
  const uint32_t seed = TestSeed(13);
  TRACE_SEED(seed);
  std::mt19937 random(seed);
  for (const std::string& whole : {Payment({}).bytes(), Invoice().bytes(), Policy().bytes()}) {
    for (int i = 0; i < 3'000; i++) {
      std::string damaged = whole;
      for (uint32_t n = random() % 3 + 1; n > 0; n--) damaged[random() % damaged.size()] = static_cast<char>(random());
      if (!VerifyEvent(damaged)) continue;
      const EventView event(damaged);
      for (const FieldInfo& field : event.info().fields) EXPECT_LT(FieldText(event, field).size(), 10'000u);
    }
  }
}

}  // namespace
}  // namespace duebook
