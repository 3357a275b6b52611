// Workbooks, as a spreadsheet reads them.

#include <fmt/core.h>

#include "tests/tools/program_fixture.h"
#include "tools/workbook/workbook_check.h"

namespace duebook {
namespace {

using testing::HasSubstr;

// Prints each cell of each sheet: its place, the format of its number, and its value.
constexpr const char* kReader = R"python(
import re, sys, zipfile
book = zipfile.ZipFile(sys.argv[1])
text = lambda part: book.read(part).decode('utf-8')
shared = [re.sub('<[^>]*>', '', s) for s in re.findall('<si>(.*?)</si>', text('xl/sharedStrings.xml'), re.S)]
styles = text('xl/styles.xml')
codes = dict(re.findall('numFmtId="([0-9]+)" formatCode="([^"]*)"', styles))
formats = re.findall('<xf numFmtId="([0-9]+)"', styles.split('<cellXfs')[1])
for name in sorted(n for n in book.namelist() if n.startswith('xl/worksheets/sheet')):
    sheet = text(name)
    for word in ('frozen', 'autoFilter'): print(name, word, word in sheet)
    for attributes, value in re.findall('<c ([^>]*)><v>(.*?)</v>', sheet):
        get = lambda key: (re.findall(key + '="([^"]*)"', attributes) or [''])[0]
        code = codes.get(formats[int(get('s') or 0)], '')
        print(get('r'), shared[int(value)] if get('t') == 's' else value + ' as ' + code)
print('times', set(part.date_time for part in book.infolist()), re.findall('[0-9-]+T[0-9:]+Z', text('docProps/core.xml')))
)python";

class Xlsx : public ProgramTest {
 protected:
  Xlsx() {
    MakeLedger();
    Write("reader.py", kReader);
    Print("duebook record CustomerOpened date=2025-01-01 customer=C-1 name==SUM");
    Print("duebook record InvoiceIssued date=2025-01-02 customer=C-1 invoice=0017 amount=1234.50 due=2025-02-01");
    Print("duebook record InvoiceIssued date=2025-01-02 customer=C-1 invoice=I-2 amount=5000 currency=JPY");
    Print("duebook record InvoiceIssued date=2025-01-02 customer=C-1 invoice=I-3 amount=12345678901234.56");
  }
  // Returns what a spreadsheet finds in the workbook that the command writes.
  std::string Cells(const std::string& command) {
    Print("duebook " + command + " --output book.xlsx");
    return Print("python3 reader.py book.xlsx");
  }
};

TEST_F(Xlsx, HasTextsAsTextsAmountsAsNumbersAndDatesAsDates) {
  const std::string cells = Cells("open-items --effective 2025-03-01");
  for (const char* cell : {"B1 invoice\n", "B2 I-2\n", "B4 0017\n", "C2 JPY\n", "F2 5000 as #,##0\n",
                           "F4 1234.5 as #,##0.00\n", "E4 45689 as yyyy-mm-dd\n", "H4 28 as \n"}) {
    EXPECT_THAT(cells, HasSubstr(cell));
  }
  EXPECT_THAT(cells, HasSubstr("F3 12345678901234.56\n")) << "which a spreadsheet would round";
  EXPECT_THAT(cells, HasSubstr("sheet1.xml frozen True\nxl/worksheets/sheet1.xml autoFilter True"));
  EXPECT_THAT(cells, HasSubstr("open-items at 2025-03-01, known up to event 4"));
}

TEST_F(Xlsx, IsInTheLanguageOfItsReaders) {
  EXPECT_THAT(Cells("open-items --effective 2025-03-01 --language zh"), HasSubstr("B1 发票\n"));
}

// No time of its making is in it but that of the last event which it knows.
TEST_F(Xlsx, IsTheSameEachTime) {
  Print("duebook aging --effective 2025-03-01 --output again.xlsx");
  const std::string info = Print("duebook info --format json");
  const std::string recorded = info.substr(info.find("\"recorded_to\":\"") + 15, 19) + "Z";
  EXPECT_THAT(Cells("aging --effective 2025-03-01"),
              HasSubstr(fmt::format("times {{(1980, 1, 1, 0, 0, 0)}} ['{0}', '{0}']", recorded)));
  Print("cmp again.xlsx book.xlsx");
}

// "_x0041_" would be read as the letter A.
TEST_F(Xlsx, HasTextsThatLookLikeEscapesAsTheyAre) {
  Print("duebook record CustomerOpened date=2025-01-01 customer=_x0041_ name=_x_x0042_");
  const std::string cells = Cells("customers");
  EXPECT_THAT(cells, HasSubstr("_x005F_x0041_\n"));
  EXPECT_THAT(cells, HasSubstr("_x_x005F_x0042_\n"));
}

// As where a temporary file took no more, which the library that makes workbooks does not see.
TEST_F(Xlsx, ThatIsNotWholeIsFound) {
  Print("duebook aging --effective 2025-03-01 --output book.xlsx");
  Write("cut.py", R"python(
import sys, zipfile
book = zipfile.ZipFile('book.xlsx')
with zipfile.ZipFile('cut.xlsx', 'w', zipfile.ZIP_DEFLATED) as cut:
    for part in book.namelist():
        bytes = book.read(part)
        if part == sys.argv[1]: bytes = eval(sys.argv[2])
        cut.writestr(part, bytes)
print(book.read('xl/worksheets/sheet1.xml').count(b'<c ') + book.read('xl/worksheets/sheet2.xml').count(b'<c '))
)python");
  const auto check = [&](const std::string& part, const std::string& change) {
    const size_t cells = std::stoul(Print("python3 cut.py " + part + " '" + change + "'"));
    EXPECT_FALSE(CheckWorkbook(Read("cut.xlsx"), cells + 1).ok());
    return CheckWorkbook(Read("cut.xlsx"), cells).ok();
  };
  EXPECT_TRUE(check("nothing", ""));
  EXPECT_FALSE(check("xl/worksheets/sheet1.xml", "bytes[:900]"));
  EXPECT_FALSE(check("xl/worksheets/sheet1.xml",
                     "bytes.replace(bytes[bytes.index(b\"<c \"):bytes.index(b\"</c>\") + 4], b\"\")"));
  EXPECT_FALSE(check("xl/sharedStrings.xml", "bytes.replace(b\"<si><t>customer</t></si>\", b\"\")"));
  const std::string whole = Read("book.xlsx");
  EXPECT_FALSE(CheckWorkbook(whole.substr(0, whole.size() / 2), 1).ok());
}

TEST_F(Xlsx, LeavesNoTemporaryFiles) {
  Print("mkdir temporary; TMPDIR=temporary duebook aging --effective 2025-03-01 --output a.xlsx");
  EXPECT_EQ(Print("ls temporary"), "");
  const ShellResult failed = Run("TMPDIR=nowhere duebook aging --effective 2025-03-01 --output b.xlsx");
  EXPECT_EQ(failed.status, 1);
  EXPECT_THAT(failed.err, HasSubstr("temporary"));
  EXPECT_EQ(Print("ls b.xlsx 2>/dev/null || true"), "");
}

}  // namespace
}  // namespace duebook
