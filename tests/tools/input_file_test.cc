// Files are read as text, whatever comes of them at once.

#include "tools/import/rows/input_file.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "ledger/values/files.h"
#include "tests/support/temporary_folder.h"

namespace duebook {
namespace {

using namespace std::string_view_literals;

Result<std::string> AllOf(const std::string& path, const std::string& encoding = "") {
  auto file = InputFile::Open(path);
  RETURN_IF_ERROR(file);
  RETURN_IF_ERROR(file->StartText(encoding));
  std::string text;
  while (true) {
    const auto count = file->Read(10, &text);
    RETURN_IF_ERROR(count);
    if (*count == 0) return text;
  }
}

class InputFileText : public testing::Test {
 protected:
  std::string Text(std::string_view bytes, const std::string& encoding = "") {
    const auto text = AllOf(folder_.Write("file", bytes), encoding);
    return text.ok() ? *text : text.error().ToString();
  }

  // Returns the text of a pipe of which each piece comes when the one before it was read.
  std::string TextOfPieces(const std::vector<std::string_view>& pieces) {
    const std::string pipe = (folder_ / "pipe").string();
    CHECK(::mkfifo(pipe.c_str(), kReadableByAll) == 0);
    std::thread writer([&] {
      const OpenFile end(pipe, O_WRONLY);
      for (const std::string_view piece : pieces) {
        CHECK(::write(end.descriptor(), piece.data(), piece.size()) == static_cast<ssize_t>(piece.size()));
        int waiting = 1;
        while (waiting > 0) CHECK(::ioctl(end.descriptor(), FIONREAD, &waiting) == 0);
      }
    });
    const auto text = AllOf(pipe);
    writer.join();
    return text.ok() ? *text : text.error().ToString();
  }

  TemporaryFolder folder_;
};

TEST_F(InputFileText, IsInTheEncodingThatXmlDeclares) {
  const std::string latin = "<?xml version='1.0' encoding='ISO-8859-1' ?>\xFC";
  EXPECT_EQ(Text(latin), "<?xml version='1.0' encoding='ISO-8859-1' ?>ü");
  EXPECT_EQ(TextOfPieces({"<?xm", "l encoding", "='latin1'?>\xFC"}), "<?xml encoding='latin1'?>ü");
  EXPECT_EQ(Text(latin, "cp437"), "<?xml version='1.0' encoding='ISO-8859-1' ?>ⁿ") << "what is said goes before it";
  for (const std::string text : {"<?xml encoding='UTF-8'?>\xFC", "<?xml version='1.0'?>\xFC", "<?xml encoding",
                                 "<?xml encoding=", "<?xml encoding='latin1", "<?xml?> encoding='latin1'"}) {
    EXPECT_EQ(Text(text), text);
  }
  EXPECT_THAT(
      Text("<?xml encoding='utf-16'?>"),
      testing::HasSubstr(":1: the XML says that it is encoded in \"utf-16\", which it is not; say with --encoding"));
  EXPECT_THAT(Text("<?xml encoding='klingon'?>"), testing::HasSubstr("\"klingon\", which is none that is known"));
}

TEST_F(InputFileText, HasNoMark) {
  EXPECT_EQ(Text("\xEF\xBB\xBFtype,id"), "type,id");
  EXPECT_EQ(Text("\xFF\xFEt\0y\0"sv), "ty");
  EXPECT_EQ(Text("\xFE\xFF\0t\0y"sv), "ty");
  EXPECT_EQ(Text("\x84\x31\x95\x33\xBB\xAA"), "华");
  EXPECT_EQ(Text("\xEF\xBB\xBF"), "");
  EXPECT_EQ(Text("\xFF\xFE"), "");
  EXPECT_EQ(Text(""), "");
  EXPECT_EQ(Text("ab"), "ab");
}

TEST_F(InputFileText, IsInTheEncodingThatAMarkSaysOrElseTheReader) {
  EXPECT_EQ(Text("Sp\xE4th", "latin1"), "Späth");
  EXPECT_EQ(Text("\xEF\xBB\xBFSpäth", "latin1"), "Späth");
  EXPECT_EQ(Text("Sp\xE4th", "UTF-8"), "Sp\xE4th") << "bytes as they are, to be shown where the row is refused";
  EXPECT_THAT(Text("a", "klingon"), testing::HasSubstr("there is no encoding klingon"));
}

TEST_F(InputFileText, HasNoMarkThatComesInPieces) {
  EXPECT_EQ(TextOfPieces({"\xEF", "\xBB", "\xBF", "type,id", "\n1,2"}), "type,id\n1,2");
}

TEST_F(InputFileText, IsDecodedWhereAMarkComesInPieces) {
  EXPECT_EQ(TextOfPieces({"\xFF", "\xFE"sv, "t\0y"sv, "\0"sv}), "ty");
}

}  // namespace
}  // namespace duebook
