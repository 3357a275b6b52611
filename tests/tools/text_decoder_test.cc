#include "tools/import/rows/text_decoder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace duebook {
namespace {

using namespace std::string_view_literals;

// Decodes in pieces of so many bytes.
std::string Decoded(const std::string& encoding, std::string_view bytes, size_t piece) {
  const auto decoder = TextDecoder::Make(encoding);
  if (!decoder.ok()) return "no such encoding";
  std::string text;
  for (size_t at = 0; at < bytes.size(); at += piece) (*decoder)->Decode(bytes.substr(at, piece), &text);
  (*decoder)->Finish(&text);
  return text;
}

TEST(TextDecoder, MakesUtf8WhereverThePiecesEnd) {
  for (const size_t piece : {1, 2, 3, 100}) {
    EXPECT_EQ(Decoded("gb18030", "A\xBB\xAA\x94\x39\xDB\x35Z", piece), "A华💵Z") << piece;
    EXPECT_EQ(Decoded("UTF-16LE", "A\0\x4E\x53\x3D\xD8\xB5\xDC"sv, piece), "A华💵") << piece;
    EXPECT_EQ(Decoded("utf-16be", "\0A\x53\x4E"sv, piece), "A华") << piece;
    EXPECT_EQ(Decoded("cp1258", "x,VND", piece), "x,VND") << "whose last letter might have had an accent";
    EXPECT_EQ(Decoded("latin1", "Sp\xE4th", piece), "Späth") << piece;
    EXPECT_EQ(Decoded("windows-1252", "\x80 5", piece), "€ 5") << piece;
  }
}

TEST(TextDecoder, PutsWhatIsInNoTextInThePlaceOfWhatCannotBeRead) {
  EXPECT_EQ(Decoded("gb18030",
                    "a\xFF"
                    "b",
                    1),
            "a\xFF"
            "b");
  EXPECT_EQ(Decoded("gb18030", "a\xBB", 1), "a\xFF") << "the end of a character is missing";
  EXPECT_EQ(Decoded("utf-16le",
                    "a\0\0\xDC"
                    "b\0"sv,
                    2),
            "a\xFF"
            "b")
      << "half of a pair";
}

TEST(TextDecoder, KnowsNoEncodingByAnotherName) {
  EXPECT_EQ(Decoded("klingon", "a", 1), "no such encoding");
  EXPECT_EQ(Decoded("ascii//IGNORE", "\xE4", 1), "no such encoding");
}

TEST(TextDecoder, IsToldByAMark) {
  EXPECT_EQ(EncodingByMark("\xEF\xBB\xBFtype"), "UTF-8");
  EXPECT_EQ(EncodingByMark("\xFF\xFEt"), "UTF-16LE");
  EXPECT_EQ(EncodingByMark("\xFE\xFF"), "UTF-16BE");
  EXPECT_EQ(EncodingByMark("\x84\x31\x95\x33t"), "GB18030");
  EXPECT_EQ(EncodingByMark("type"), std::nullopt);
  EXPECT_EQ(EncodingByMark(""), std::nullopt);
}

}  // namespace
}  // namespace duebook
