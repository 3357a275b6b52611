// The store's own codecs: keys sort as their seqs do, and what is stored reads back, or is refused.

#include "ledger/log/framed/layout.h"

#include <gtest/gtest.h>

namespace duebook {
namespace {

TEST(Layout, KeysSortAsTheirSeqs) {
  const uint64_t seqs[] = {0, 1, 127, 128, 255, 256, 65'535, 65'536, uint64_t{1} << 32, UINT64_MAX};
  for (size_t i = 0; i < std::size(seqs); i++) {
    EXPECT_EQ(SeqFromKey(SeqKey(seqs[i])), seqs[i]);
    EXPECT_EQ(DecodeSeq(EncodeSeq(seqs[i])), seqs[i]);
    if (i > 0) {
      EXPECT_LT(SeqKey(seqs[i - 1]), SeqKey(seqs[i]));
    }
  }
}

TEST(Layout, KeysOfDifferentThingsNeverMeet) {
  const std::string keys[] = {CustomerKey("7"), DocumentKey(DocumentKind::kInvoice, "7"),
                              DocumentKey(DocumentKind::kPayment, "7"), TypeKey(EventType::InvoiceIssued),
                              TypeKey(EventType::PaymentReceived)};
  for (size_t i = 0; i < std::size(keys); i++) {
    for (size_t j = 0; j < std::size(keys); j++) {
      if (i == j) continue;
      EXPECT_FALSE(keys[i].starts_with(keys[j])) << i << " " << j;
    }
  }
}

TEST(Layout, NumberCutOffOrTooLongIsRefused) {
  EXPECT_EQ(DecodeSeq(""), std::nullopt);
  EXPECT_EQ(DecodeSeq("\x80"), std::nullopt);
  EXPECT_EQ(DecodeSeq(std::string(2, '\0')), std::nullopt);
  EXPECT_EQ(DecodeSeq(std::string(10, '\xff') + '\x01'), std::nullopt);
}

LogState SomeState() {
  LogState state;
  state.last_seq = 3;
  state.first_recorded_at = Time{-5};
  state.last_recorded_at = Time{1'700'000'000'000'000};
  state.first_date = Date::FromDays(-400);
  state.last_date = Date::FromDays(20'000);
  state.customers = 2;
  for (int i = 0; i < 3; i++) state.tree.Append(LeafHash(std::to_string(i)));
  return state;
}

TEST(Layout, StateReadsBack) {
  const LogState state = SomeState();
  const auto read = DecodeState(EncodeState(state));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->last_seq, state.last_seq);
  EXPECT_EQ(read->first_recorded_at, state.first_recorded_at);
  EXPECT_EQ(read->last_recorded_at, state.last_recorded_at);
  EXPECT_EQ(read->first_date, state.first_date);
  EXPECT_EQ(read->last_date, state.last_date);
  EXPECT_EQ(read->customers, state.customers);
  EXPECT_EQ(read->tree.Root(), state.tree.Root());
}

TEST(Layout, StateWithATreeOfAnotherSizeIsRefused) {
  LogState state = SomeState();
  state.last_seq = 4;
  EXPECT_FALSE(DecodeState(EncodeState(state)).has_value());
}

TEST(Layout, IdentityReadsBack) {
  const LedgerIdentity identity{"示例贸易有限公司", *Currency::Parse("JPY"), std::string(32, 'b'), Time{42}};
  const auto read = DecodeIdentity(EncodeIdentity(identity));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->company, identity.company);
  EXPECT_EQ(read->currency, identity.currency);
  EXPECT_EQ(read->ledger_id, identity.ledger_id);
  EXPECT_EQ(read->created_at, identity.created_at);
}

TEST(Layout, WhatIsCutOffOrTooLongIsRefused) {
  const std::string state = EncodeState(SomeState());
  const std::string identity = EncodeIdentity({"Acme", *Currency::Parse("CNY"), std::string(32, 'b'), Time{42}});
  for (size_t length = 0; length < state.size(); length++) {
    EXPECT_FALSE(DecodeState(state.substr(0, length)).has_value()) << length;
  }
  for (size_t length = 0; length < identity.size(); length++) {
    EXPECT_FALSE(DecodeIdentity(identity.substr(0, length)).has_value()) << length;
  }
  EXPECT_FALSE(DecodeState(state + '\0').has_value());
  EXPECT_FALSE(DecodeIdentity(identity + '\0').has_value());
}

}  // namespace
}  // namespace duebook
