#include "ledger/values/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace duebook {
namespace {

using namespace std::literals;

TEST(FirstEight, IsTheBeginningAsItStandsInMemory) {
  const std::string_view text = "abcdefghij";
  for (size_t size = 0; size <= text.size(); size++) {
    std::string expected(text.substr(0, std::min<size_t>(size, 8)));
    expected.resize(8);
    const uint64_t eight = FirstEight(text.substr(0, size));
    EXPECT_EQ(std::string(reinterpret_cast<const char*>(&eight), 8), expected) << size;
  }
}

TEST(Utf8, WellFormedTextIsAccepted) {
  const std::string_view good[] = {""sv,
                                   "plain"sv,
                                   "nul \0 inside"sv,
                                   "上海发票有限公司"sv,
                                   "Müller & Søn"sv,
                                   "\x7f"sv,
                                   "\xc2\x80"sv,          // U+0080, the first of two bytes
                                   "\xdf\xbf"sv,          // U+07FF
                                   "\xe0\xa0\x80"sv,      // U+0800
                                   "\xed\x9f\xbf"sv,      // U+D7FF, before the surrogates
                                   "\xee\x80\x80"sv,      // U+E000, after them
                                   "\xef\xbf\xbf"sv,      // U+FFFF
                                   "\xf0\x90\x80\x80"sv,  // U+10000
                                   "\xf4\x8f\xbf\xbf"sv,  // U+10FFFF
                                   "😀"sv};
  for (const auto text : good) EXPECT_TRUE(IsValidUtf8(text)) << text;
}

TEST(Utf8, MalformedTextIsRefusedWhereverItStands) {
  const std::string_view bad[] = {"\x80"sv,              // continuation without a start
                                  "\xbf"sv,              //
                                  "\xc0\x80"sv,          // overlong NUL
                                  "\xc1\xbf"sv,          // overlong
                                  "\xe0\x9f\xbf"sv,      // overlong
                                  "\xf0\x8f\xbf\xbf"sv,  // overlong
                                  "\xed\xa0\x80"sv,      // U+D800
                                  "\xed\xbf\xbf"sv,      // U+DFFF
                                  "\xf4\x90\x80\x80"sv,  // U+110000
                                  "\xf5\x80\x80\x80"sv,  //
                                  "\xff"sv,              //
                                  "\xfe"sv,              //
                                  "\xc3"sv,              // cut off
                                  "\xe4\xb8"sv,          //
                                  "\xf0\x9f\x98"sv,      //
                                  "\xc3\x28"sv,          // a start without continuation
                                  "\xe4\x28\x8a"sv};
  for (const auto text : bad) {
    for (size_t before = 0; before < 20; before++) {
      for (const size_t after : {size_t{0}, size_t{1}, size_t{9}}) {
        const std::string whole = std::string(before, 'x') + std::string(text) + std::string(after, 'y');
        EXPECT_FALSE(IsValidUtf8(whole)) << testing::PrintToString(whole);
      }
    }
  }
}

TEST(Text, ControlCharactersAreFound) {
  for (int c = 0; c < 0x20; c++) EXPECT_TRUE(HasControlCharacter("a"s + static_cast<char>(c) + "b")) << c;
  EXPECT_TRUE(HasControlCharacter("\x7f"));
  EXPECT_FALSE(HasControlCharacter(""));
  EXPECT_FALSE(HasControlCharacter(" ~発票é"));
}

TEST(Printable, IsOneLineOfUtf8) {
  EXPECT_EQ(Printable("Müller 发票"), "Müller 发票");
  EXPECT_EQ(Printable("a\tb\nc\x1b[31m\x7f"), "a?b?c?[31m?");
  EXPECT_EQ(Printable("M\xfcller \xe5\x8d\x8e"), "M?ller ???");
  EXPECT_EQ(Printable(""), "");
  EXPECT_EQ(Printable("\u0646\u0645\u06cc\u200c\u062e \u200d"), "\u0646\u0645\u06cc\u200c\u062e \u200d");  // joiners
  EXPECT_EQ(Printable("li\u00adna\u3164\ufe0f\U000e0100"), "li?na???");
  EXPECT_EQ(Printable("li\u200bna \u202e\u0085\u009b\u2028 \u3000"), "li?na ???? \u3000");
}

TEST(DisplayWidth, WideCharactersTakeTwoColumns) {
  struct {
    std::string_view text;
    size_t width;
  } cases[] = {
      {"", 0},
      {"INV-7", 5},
      {"上海", 4},
      {"上海 ABC", 8},
      {"ＡＢ", 4},          // full-width letters
      {"ｱｲ", 2},            // half-width katakana
      {"한국", 4},          //
      {"Müller", 6},        //
      {"Mu\u0308ller", 6},  // u and a combining diaeresis
      {"€", 1},             //
      {"😀", 2},             //
      {"a\xff"
       "b",
       3},  // a broken byte stands for one column
  };
  for (const auto& c : cases) EXPECT_EQ(DisplayWidth(c.text), c.width) << c.text;
}

}  // namespace
}  // namespace duebook
