// Pages as PDF, which another program makes.

#include <fmt/core.h>

#include "tests/tools/program_fixture.h"

namespace duebook {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class Pdf : public ProgramTest {
 protected:
  Pdf() { MakeSmallCompany(); }
};

TEST_F(Pdf, IsThePageWhereWeasyPrintIs) {
  if (Run("command -v weasyprint").status != 0) GTEST_SKIP() << "weasyprint is not installed";
  Print("duebook open-items --effective 2025-02-28 --language zh --output items.pdf");
  EXPECT_THAT(Read("items.pdf"), StartsWith("%PDF-"));
  Print("duebook open-items --effective 2025-02-28 --language zh --format pdf >again.pdf; cmp items.pdf again.pdf");
  if (Run("command -v pdftotext").status == 0) {
    EXPECT_THAT(Print("pdftotext -layout items.pdf -"), HasSubstr("华东贸易"));
  }
}

// As on a machine without it.
TEST_F(Pdf, SaysWhatIsMissing) {
  Print("mkdir bin; ln -s $(command -v duebook) bin/duebook");
  const ShellResult result = Run("PATH=bin duebook aging --output aging.pdf");
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(
      result.err,
      "duebook: pdf is laid out by WeasyPrint, which is not installed; install the package weasyprint, or ask for "
      "html and print that\n");
  EXPECT_EQ(Print("ls aging.pdf 2>/dev/null || true"), "");
}

TEST_F(Pdf, NothingIsRecordedOrWrittenWhereItIsMissing) {
  Print("mkdir bin; ln -s $(command -v duebook) bin/duebook");
  Print("duebook record InterestSet date=2024-01-01 id=z rate=12");
  const char* const root = R"(duebook info --format json | grep -o '"root":"[^"]*"')";
  const std::string before = Print(root);
  for (const char* command :
       {"interest --effective 2026-01-31 --record", "remind --effective 2026-01-31 --record --output letters"}) {
    const ShellResult result = Run(fmt::format("PATH=bin duebook {} --format pdf >told.pdf", command));
    EXPECT_EQ(result.status, 1) << command;
    EXPECT_THAT(result.err, StartsWith("duebook: pdf is laid out by WeasyPrint, which is not installed")) << command;
  }
  EXPECT_EQ(Run("PATH=bin duebook statements --all --effective 2026-01-31 --output letters").status, 1);
  EXPECT_THAT(Run("duebook interest --effective 2026-01-31 --record --columns customer,interest").err,
              HasSubstr("there is no column \"interest\""));
  EXPECT_THAT(Run("duebook interest --effective 2026-01-31 --record --output nowhere/i.csv").err,
              HasSubstr("nowhere/i.csv"));
  EXPECT_EQ(Print(root), before);
  EXPECT_NE(Run("test -e letters").status, 0);
  EXPECT_THAT(Run("duebook interest --effective 2026-01-31 --record").err, HasSubstr("events recorded"))
      << "there was something to record";
  EXPECT_NE(Print(root), before);
}

TEST_F(Pdf, ThatCannotBeMadeIsTold) {
  Print(
      "mkdir bin; printf '#!/bin/sh\\necho first; echo no fonts at all; exit 4\\n' >bin/weasyprint; chmod +x "
      "bin/weasyprint");
  const ShellResult result = Run("PATH=bin:$PATH duebook aging --format pdf >aging.pdf");
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.err, "duebook: weasyprint failed: no fonts at all\n");
}

}  // namespace
}  // namespace duebook
