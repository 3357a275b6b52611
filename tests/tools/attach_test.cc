// Files that `attach` keeps, with the built program.

#include "tests/tools/program_fixture.h"

namespace duebook {
namespace {

using testing::HasSubstr;

class Attach : public ProgramTest {
 protected:
  void SetUp() override {
    MakeLedger();
    Write("given.jsonl", Lines({kOpened, kInvoice}));
    Print("duebook --ledger ledger import given.jsonl");
    Write("合同.pdf", "%PDF-1.7 a contract");
  }
};

TEST_F(Attach, KeepsTheFileAndRecordsWhatItIsAbout) {
  EXPECT_THAT(Print("duebook --ledger ledger attach 合同.pdf --to invoice:I-1 --kind contract --date 2025-02-01"),
              HasSubstr("attached 合同.pdf to invoice:I-1 as event 3; kept as files/"));
  EXPECT_EQ(Print("cat ledger/files/*"), "%PDF-1.7 a contract");
  EXPECT_THAT(Print("duebook --ledger ledger events --type DocumentAttached"),
              HasSubstr("Document 合同.pdf (application/pdf) attached to invoice I-1, contract, 19 bytes"));
  Print("duebook --ledger ledger attach 合同.pdf --to customer:C-1 --date 2025-02-01");
  Print("duebook --ledger ledger verify");
}

TEST_F(Attach, BackupCopiesAndVerifyReadsIt) {
  Print("duebook --ledger ledger attach 合同.pdf --to invoice:I-1 --date 2025-02-01");
  Print("duebook --ledger ledger backup copy");
  Print("duebook --ledger copy verify");
  Print("rm ledger/files/*");
  const ShellResult verified = Run("duebook --ledger ledger verify");
  EXPECT_EQ(verified.status, 1);
  EXPECT_THAT(verified.err, HasSubstr("that an event names is not kept"));
  Print("printf x >> $(echo copy/files/*)");
  EXPECT_EQ(Run("duebook --ledger copy verify").status, 1);
}

TEST_F(Attach, KeepsNothingThatIsRefused) {
  const ShellResult unknown = Run("duebook --ledger ledger attach 合同.pdf --to invoice:I-9");
  EXPECT_EQ(unknown.status, 1);
  EXPECT_THAT(unknown.err, HasSubstr("invoice: unknown_reference: there is no invoice I-9"));
  for (const char* to : {"I-1", "invoice:", "refund:R-1"}) {
    const ShellResult wrong = Run(std::string("duebook --ledger ledger attach 合同.pdf --to ") + to);
    EXPECT_EQ(wrong.status, 2) << to;
    EXPECT_THAT(wrong.err, HasSubstr("write it as KIND:NUMBER, such as invoice:42")) << to;
  }
  EXPECT_EQ(Run("test -e ledger/files").status, 1);
}

TEST_F(Attach, AnExportIsToldToLackItsFilesUntilTheyAreCopied) {
  Print("duebook --ledger ledger attach 合同.pdf --to invoice:I-1 --date 2025-02-01");
  Print("duebook --ledger ledger events --format jsonl --output all.jsonl");
  Print("duebook init other --company Acme --currency CNY");
  EXPECT_THAT(
      Run("duebook --ledger other import all.jsonl").err,
      HasSubstr("1 file that these events name is not kept here: copy what lies in files of the ledger that they "
                "come from into other/files; `duebook verify` names what is missing\n"));
  EXPECT_EQ(Run("duebook --ledger other verify").status, 1);
  Print("cp -r ledger/files other");
  Print("duebook --ledger other verify");
  EXPECT_EQ(Run("duebook --ledger other import all.jsonl").err, "");
}

// By hand nothing is kept: the hash alone is recorded, and nobody misses the file.
TEST_F(Attach, IsNotNeededToRecordTheHashOfAFile) {
  Print("duebook --ledger ledger record DocumentAttached date=2025-02-01 invoice=I-1 name=x.pdf sha256=" +
        std::string(64, 'a'));
  Print("duebook --ledger ledger verify");
}

}  // namespace
}  // namespace duebook
