#include "ledger/command/spelling.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "ledger/values/text.h"

namespace duebook {
namespace {

using namespace std::literals;
using testing::HasSubstr;
using testing::Optional;

TEST(Spelling, AccentsAreComposed) {
  EXPECT_EQ(Nfc("Mu\u0308ller"), "M\u00fcller");
  EXPECT_EQ(Nfc("Nguye\u0302\u0303n"), "Nguy\u1ec5n");
  EXPECT_EQ(Nfc("\u1112\u1161\u11ab"), "\ud55c");  // Hangul of three letters
  EXPECT_EQ(Nfc("\u212a"), "K");                   // the sign of kelvin
  EXPECT_EQ(Nfc("발票 発票 Müller"), "발票 発票 Müller");
  EXPECT_EQ(Nfc(""), "");
}

TEST(Spelling, WhatIsComposedAlreadyIsTold) {
  for (const std::string_view normal : {""sv, "C-7"sv, "M\u00fcller"sv, "华东机械"sv, "Nguy\u1ec5n"sv, "\ud55c"sv})
    EXPECT_TRUE(IsNfc(normal)) << normal;
  for (const std::string_view other : {"Mu\u0308ller"sv, "\u1112\u1161"sv, "\u212a"sv, "K\u2126"sv, "\uf900"sv})
    EXPECT_FALSE(IsNfc(other)) << other;
}

TEST(Spelling, ANameIsTheSameHoweverItIsComposed) {
  EXPECT_TRUE(IsSameName("Zoe\u0301", "Zo\u00e9"));
  EXPECT_FALSE(IsSameName("Zoe", "Zo\u00e9"));
  EXPECT_FALSE(IsSameName("li.na", "li.na\u200b"));
  EXPECT_TRUE(IsSameName("\xff", "\xff"));
  EXPECT_FALSE(IsSameName("\xff", "\xfe"));
}

TEST(Spelling, NothingInANameIsUnseen) {
  for (const std::string_view unseen :
       {"\u200b"sv, "\uffff"sv, "\ufffe"sv, "\ufdd0"sv, "\u200d"sv, "\u200e"sv, "\u202e"sv, "\u2066"sv, "\ufeff"sv,
        "\u00ad"sv, "\u2028"sv, "\u2029"sv, "\u2060"sv, "\u034f"sv, "\ufe0f"sv, "\u3164"sv, "\U000e0041"sv,
        "\U000e0100"sv}) {
    EXPECT_THAT(WrongWithName("li"s.append(unseen).append("na")), Optional(HasSubstr("which is not seen"))) << unseen;
    EXPECT_TRUE(WrongWithName("li.na"s.append(unseen)).has_value());
    EXPECT_TRUE(WrongWithName(std::string(unseen) + "li.na").has_value());
  }
  EXPECT_THAT(WrongWithName("K\u200b"), Optional("holds U+200B, which is not seen"s));
  for (const std::string_view control : {"\t"sv, "\n"sv, "\x7f"sv, "\u0080"sv, "\u0085"sv, "\u009b"sv, "\u009f"sv})
    EXPECT_THAT(WrongWithName("K"s.append(control).append("40")), Optional("holds a control character"s));
}

TEST(Spelling, NoBlankOfAnyKindStandsAtTheEndsOfAName) {
  for (const std::string_view blank : {" "sv, "\u00a0"sv, "\u1680"sv, "\u2003"sv, "\u202f"sv, "\u205f"sv, "\u3000"sv}) {
    EXPECT_THAT(WrongWithName("K40"s.append(blank)), Optional("has blanks at its ends"s)) << blank;
    EXPECT_THAT(WrongWithName(std::string(blank) + "K40"), Optional("has blanks at its ends"s));
    EXPECT_THAT(WrongWithName(blank), Optional("has blanks at its ends"s));
    EXPECT_EQ(WrongWithName("西湖"s.append(blank).append("茶行")), std::nullopt);
  }
}

TEST(Spelling, NamesOfAllLanguagesAreGood) {
  for (const std::string_view good : {"C-7"sv, "华东机械"sv, "Nguyễn Phúc"sv, "Müller & Söhne"sv, "발주"sv, "محمد"sv,
                                      "हिन्दी"sv, "カタカナ"sv, "😀"sv, "~"sv})
    EXPECT_EQ(WrongWithName(good), std::nullopt) << good;
}

TEST(Spelling, ProseMayHaveLinesAndTabsAndNothingThatTurnsIt) {
  EXPECT_EQ(WrongWithProse("one\n\ttwo \u200d \u2066three\u2069 \u3000"), std::nullopt);
  EXPECT_EQ(WrongWithProse("one\r\ntwo\r\n"), std::nullopt);
  EXPECT_THAT(WrongWithProse("one\rtwo\n"), Optional("holds a control character"s));
  for (const std::string_view bad : {"\r"sv, "\x1b"sv, "\x7f"sv, "\u0085"sv, "\u009b"sv})
    EXPECT_THAT(WrongWithProse("a"s.append(bad)), Optional("holds a control character"s));
  for (const std::string_view turn : {"\u202d"sv, "\u202e"sv})
    EXPECT_THAT(WrongWithProse("a"s.append(turn)), Optional(HasSubstr("turns the text")));
}

TEST(Spelling, ANewNameHasOneTo64BytesOnceItIsComposed) {
  const auto code = [](std::string_view text) -> std::optional<RejectionCode> {
    const auto rejection = JudgeNewName("user", text, kMaxNumberBytes);
    if (!rejection.has_value()) return std::nullopt;
    EXPECT_EQ(rejection->field, "user");
    return rejection->code;
  };
  std::string composed;    // 32 letters, 64 bytes
  std::string decomposed;  // 96 bytes
  for (int i = 0; i < 32; i++) composed += "\u00fc", decomposed += "u\u0308";
  EXPECT_EQ(code(composed), std::nullopt);
  EXPECT_EQ(code(decomposed), std::nullopt);
  EXPECT_EQ(code(decomposed + "x"), RejectionCode::kTooLong);
  EXPECT_EQ(code(""), RejectionCode::kMissingField);
  EXPECT_EQ(code("\xff"), RejectionCode::kBadUtf8);
  EXPECT_EQ(code("li.na\u200b"), RejectionCode::kBadField);
  // What is longer in NFC: a letter that is never composed.
  std::string grows;
  for (int i = 0; i < 16; i++) grows += "\u0958";
  EXPECT_EQ(grows.size(), 48U);
  EXPECT_EQ(code(grows), RejectionCode::kTooLong);
}

}  // namespace
}  // namespace duebook
