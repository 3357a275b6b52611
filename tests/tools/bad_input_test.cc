// Input that no ledger can take. Each bad line stands between two good ones: it is refused by its line, field and
// code with a sentence, and costs neither.

#include <fmt/core.h>
#include <sys/resource.h>

#include <fstream>

#include "tests/tools/program_fixture.h"
#include "tools/import/rows/record_splitter.h"

namespace duebook {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// A note with `fields` in place of its own.
std::string Note(std::string_view fields) {
  return fmt::format(R"({{"type":"NoteAdded","id":"bad","date":"2025-01-10",{}}})", fields);
}

// An invoice to C-1 with the field, or with another value of it.
std::string Invoice(std::string_view field, std::string_view value) {
  std::string line = R"({"type":"InvoiceIssued","id":"bad","date":"2025-01-10","customer":"C-1")";
  if (field != "invoice") line += R"(,"invoice":"I-9")";
  if (field != "amount") line += R"(,"amount":"10.00")";
  return fmt::format("{},\"{}\":{}}}", line, field, value);
}

std::string Quoted(std::string_view text) { return fmt::format("\"{}\"", text); }

struct BadLine {
  std::string line;
  std::string field;
  std::string code;
  std::string sentence;
};

const BadLine kBadJson[] = {
    // What is no JSON object.
    {"{", "", "bad_json", "this does not end with }"},
    {"}", "", "bad_json", "this does not begin with {"},
    {"[]", "", "bad_json", "this does not begin with {"},
    {"null", "", "bad_json", "this does not begin with {"},
    {"NoteAdded;n1;2025-01-10", "", "bad_json", "this does not begin with {"},
    {std::string(3, '\0'), "", "bad_json", "this does not begin with {"},
    {R"({"type":"NoteAdded"} x)", "", "bad_json", "this does not end with }"},
    {R"({"type":"NoteAdded"}{"type":"NoteAdded"})", "", "bad_json", "something follows the object"},
    {R"({"type":"NoteAdded",})", "", "bad_json", "a comma, colon, quote, bracket or brace is missing or too many"},
    {R"({"id":"华东" "date":"2025-01-10"})", "", "bad_json", "near column 12"},
    {R"({'type':'NoteAdded'})", "", "bad_json", "near column 2"},
    {R"({"type":"NoteAdded,"id":"y"})", "", "bad_json", "the quotes of a text are never closed"},
    {R"({"type":"NoteAdded","id":"a\qb"})", "", "bad_json", "begins no escape of JSON"},
    {R"({"type":"NoteAdded","id":"\ud800"})", "", "bad_json", "begins no escape of JSON"},
    {"{\"type\":\"Note\tAdded\"}", "", "bad_json", "a text holds a control character"},
    {Note("\"date\":2025-01-10"), "", "bad_json", "a value is neither a text in quotes nor a number"},
    {Note("\"memo\":nul"), "", "bad_json", "a value is neither a text in quotes nor a number"},
    {Note("\"memo\":truth"), "", "bad_json", "near column"},
    {Note("\"memo\":falsy"), "", "bad_json", "near column"},
    {Note("\"memo\":NaN"), "", "bad_json", "near column"},
    {Note("\"memo\":\"\xC3\x28\""), "", "bad_utf8", "not valid UTF-8, or not in the encoding that was said"},
    {Note("\"memo\":\"\xBB\xAA\xB6\xAB\""), "", "bad_utf8", "not valid UTF-8"},  // Chinese in GBK
    {Note("\"memo\":[[[[[[[[[[]]]]]]]]]]"), "", "bad_json", "nest more than 8 deep"},
    {Note("\"memo\":" + std::string(100'000, '[') + std::string(100'000, ']')), "", "bad_json", "8 deep"},
    {std::string(kMaxRecordBytes + 1, 'x'), "", "too_long", "longer than 1048576 bytes"},
    // Fields that every event has.
    {"{}", "type", "missing_field", "type, id and date are missing"},
    {R"({"type":5,"id":"bad","date":"2025-01-10"})", "type", "bad_field", "must be a text, not a number"},
    {R"({"type":"Noteadded"})", "type", "unknown_type", R"(did you mean "NoteAdded")"},
    {R"({"type":"NoteAdded","date":"2025-01-10","text":"x"})", "id", "missing_field", "id is missing"},
    {R"({"type":"NoteAdded","id":"bad","text":"x"})", "date", "missing_field", "date is missing"},
    {R"({"type":"NoteAdded","id":"bad","date":null,"text":"x"})", "date", "missing_field", "date is missing"},
    {R"({"type":"NoteAdded","id":"bad","date":"2025-02-29","text":"x"})", "date", "bad_date", "\"2025-02-29\""},
    {R"({"type":"NoteAdded","id":"bad","date":"31.12.2025","text":"x"})", "date", "bad_date", "YYYY-MM-DD"},
    {R"({"type":"NoteAdded","id":"bad","date":"2025-1-1","text":"x"})", "date", "bad_date", "YYYY-MM-DD"},
    {R"({"type":"NoteAdded","id":"bad","date":20250110,"text":"x"})", "date", "bad_field", "not a number"},
    {R"({"type":"NoteAdded","id":["a"],"date":"2025-01-10","text":"x"})", "id", "bad_field", "not a list"},
    {R"({"type":"NoteAdded","id":{},"date":"2025-01-10","text":"x"})", "id", "bad_field", "not an object"},
    {Note(R"("text":"x","text":"y")"), "text", "bad_field", "given twice"},
    {Note(R"("text":"x","txt":"y")"), "txt", "unknown_field", R"(did you mean "text")"},
    {Note(R"("text":"x","company":"Other")"), "company", "unknown_field", "no field"},
    {Note(R"("text":"x","imported":true)"), "imported", "bad_field", "--as-imported"},
    {Note(R"("text":"x","imported":"yes")"), "imported", "bad_field", "true or false"},
    {Note(R"("text":"x","customer":"C-9")"), "customer", "unknown_reference", "there is no customer C-9"},
    // Texts that are too long or hold what no text may.
    {Note(fmt::format(R"("text":"{}")", std::string(4097, 'x'))), "text", "too_long", "at most 4096"},
    {Note(R"("text":"a\u0000b")"), "text", "bad_field", "control character"},
    {Invoice("invoice", Quoted(std::string(65, 'x'))), "invoice", "too_long", "65 bytes; at most 64"},
    {Invoice("invoice", R"("I\n9")"), "invoice", "bad_field", "control character"},
    {Invoice("invoice", "9"), "invoice", "bad_field", "must be a text, not a number"},
    // Amounts and currencies.
    {Invoice("amount", Quoted("10.005")), "amount", "bad_amount", "3 decimals, but CNY has 2"},
    {Invoice("amount", "10.005"), "amount", "bad_amount", "3 decimals, but CNY has 2"},
    {Invoice("amount", Quoted("92233720368547758.08")), "amount", "bad_amount", "64 bits"},
    {Invoice("amount", Quoted(std::string(200, '9'))), "amount", "bad_amount", "64 bits"},
    {Invoice("amount", "1e30"), "amount", "bad_amount", "exponent"},
    {Invoice("amount", Quoted("-1")), "amount", "bad_amount", "without sign"},
    {Invoice("amount", Quoted("0")), "amount", "bad_amount", "above zero"},
    {Invoice("amount", Quoted("1,000.00")), "amount", "bad_amount", "1234.50"},
    {Invoice("amount", Quoted("ten")), "amount", "bad_amount", "\"ten\""},
    {Invoice("amount", Quoted("")), "amount", "missing_field", "amount is missing"},
    {Invoice("amount", "true"), "amount", "bad_field", "not true or false"},
    {Invoice("amount", "[1]"), "amount", "bad_field", "not a list"},
    {Invoice("amount", "null"), "amount", "missing_field", "amount is missing"},
    {Invoice("currency", Quoted("XXQ")), "currency", "unknown_currency", "\"XXQ\""},
    {Invoice("currency", Quoted("cny")), "currency", "unknown_currency", "\"cny\""},
    {Invoice("tax", Quoted("10.01")), "tax", "bad_amount", ""},
    // Lists.
    {Invoice("shipments", Quoted("S-1")), "shipments", "bad_field", "must be a list of texts"},
    {Invoice("shipments", "[5]"), "shipments", "bad_field", "not a number"},
    {Invoice("instalments", "5"), "instalments", "bad_field", "must be a list"},
    {Invoice("instalments", R"([{"amount":"10"}])"), "instalments.due", "missing_field", "instalments.due is missing"},
    {Invoice("instalments", R"([{"due":"2025-02-30","amount":"10"}])"), "instalments.due", "bad_date", "2025-02-30"},
    {Invoice("instalments", R"([{"due":"2025-02-03","amount":"9"}])"), "instalments", "instalments_differ", "9"},
    // Names of nothing.
    {R"({"type":"PaymentApplied","id":"bad","date":"2025-01-10","payment":"P-9","invoice":"I-1","amount":"1"})",
     "payment", "unknown_reference", "there is no payment P-9"},
    {R"({"type":"DisputeOpened","id":"bad","date":"2025-01-10","dispute":"D","invoice":"I-9","amount":"1","reason":"x"})",
     "invoice", "unknown_reference", "there is no invoice I-9"},
};

const std::string kCsvHeader = "type,id,date,customer,invoice,amount,text";

const BadLine kBadCsv[] = {
    {"NoteAdded,bad,2025-01-10,,,", "", "bad_csv", "the row has 6 cells, the header 7"},
    {"NoteAdded,bad,2025-01-10,,,,x,y", "", "bad_csv", "the row has 8 cells, the header 7"},
    {"NoteAdded,bad,2025-01-10,,,,\"x\"y", "", "bad_csv", "double a quote that is meant"},
    {"NoteAdded,bad,2025-01-10,,,,\xFF", "", "bad_utf8", "not valid UTF-8"},
    {",bad,2025-01-10,,,,x", "type", "missing_field", "type is missing"},
    {"NoteAdded,,2025-01-10,,,,x", "id", "missing_field", "id is missing"},
    {"NoteAdded,bad,2025-04-31,,,,x", "date", "bad_date", "2025-04-31"},
    {"NoteAdded,bad,2025-01-10,,,1.00,x", "amount", "unknown_field", "NoteAdded has no field"},
    {"InvoiceIssued,bad,2025-01-10,C-1,I-9,\"1.234,50\",", "amount", "bad_amount", "1.234,50"},
    {"InvoiceIssued,bad,2025-01-10,C-1,I-9,1.234,", "amount", "bad_amount", "CNY has 2"},
    {"InvoiceIssued,bad,2025-01-10,C-9,I-9,1.23,", "customer", "unknown_reference", "C-9"},
    {"NoteAdded,bad,2025-01-10,,,,\"" + std::string(kMaxRecordBytes, 'x') + "\"", "", "too_long", "1048576"},
};

class BadInput : public ProgramTest {
 protected:
  BadInput() {
    MakeLedger();
    Write("good.jsonl", Lines({kOpened, kInvoice}));
    Print("duebook import good.jsonl");
  }

  // Imports the file, and holds the one refused line against what is wanted of it.
  void ExpectRefusal(const std::string& file, const BadLine& bad, int line) {
    const std::string shown = bad.line.substr(0, 100);
    const ShellResult result = Run("duebook import " + file);
    EXPECT_EQ(result.status, 1) << shown;
    const std::string place = fmt::format("{}:{}: {}{}", file, line, bad.field, bad.field.empty() ? "" : ": ");
    EXPECT_THAT(result.err, StartsWith(place + bad.code + ": ")) << shown;
    EXPECT_THAT(result.err, HasSubstr(bad.sentence)) << shown;
    EXPECT_LT(result.err.size(), 400U) << "a message is for one look";
    EXPECT_THAT(result.out, HasSubstr("2 events recorded, 0 already there, 1 refused")) << shown;
  }

  std::string GoodNote() {
    return fmt::format(R"({{"type":"NoteAdded","id":"good{}","date":"2025-01-01","text":"x"}})", ++notes_);
  }
  std::string GoodRow() { return fmt::format("NoteAdded,good{},2025-01-01,,,,x", ++notes_); }

  int notes_ = 0;
};

TEST_F(BadInput, JsonLineCostsItselfAlone) {
  for (const BadLine& bad : kBadJson) {
    Write("bad.jsonl", Lines({GoodNote(), bad.line, GoodNote()}));
    ExpectRefusal("bad.jsonl", bad, 2);
  }
}

TEST_F(BadInput, CsvRowCostsItselfAlone) {
  for (const BadLine& bad : kBadCsv) {
    Write("bad.csv", Lines({kCsvHeader, GoodRow(), bad.line, GoodRow()}));
    ExpectRefusal("bad.csv", bad, 3);
  }
}

TEST_F(BadInput, QuotesNeverClosedCostOneRow) {
  Write("bad.csv", Lines({kCsvHeader, GoodRow(), "NoteAdded,bad,2025-01-10,,,,\"x", GoodRow()}));
  ExpectRefusal("bad.csv", {"", "", "bad_csv", "quotes in a cell are never closed"}, 3);
}

TEST_F(BadInput, LineNumbersCountTheLinesOfCells) {
  Write("bad.csv", Lines({kCsvHeader, "NoteAdded,m1,2025-01-01,,,,\"a\nb\nc\"", GoodRow(), "NoteAdded,bad"}));
  ExpectRefusal("bad.csv", {"", "", "bad_csv", "2 cells"}, 6);
}

// Files of which nothing can be read; the file after them is.
struct BadFile {
  std::string name;
  std::string text;
  std::string message;
};

const BadFile kBadFiles[] = {
    {"hello.csv", "hello world\n", "hello.csv:1: the header has no column type"},
    {"typ.csv", "typ,id,date,text\nNoteAdded,n,2025-01-01,x\n", R"(no column type; did you mean "typ")"},
    {"no-id.csv", "type,date,text\nNoteAdded,2025-01-01,x\n", "the header has no column id"},
    {"words.csv", "type of it, id of it;\n", "words.csv:1: the header has no column type"},
    {"twice.csv", "type,id,date,id\n", "the header names the column id twice"},
    {"unnamed.csv", "type,id,date,\n", "column 4 of the header has no name"},
    {"quotes.csv", "\"type,id,date\n", "quotes in a cell are never closed"},
    {"latin.csv", "type,id,date,n\xE4me\n", "not valid UTF-8"},
    {"utf16.csv", std::string("t\0y\0p\0e\0", 8), "text in UTF-16 without a mark at its beginning"},
    {"invoice.csv", "<?xml version=\"1.0\"?>\n<Invoice>\n</Invoice>\n", "the file looks like XML; "},
    {"mac.csv", "type,id,date,text\rNoteAdded,n,2025-01-01,x\r", "whose lines end with LF or CR LF"},
    {"book.csv", "PK\x03\x04rest",
     "looks like a workbook (XLSX) or another ZIP archive; if it is a workbook, call it .xlsx"},
    {"long.csv", "type,id," + std::string(kMaxRecordBytes, 'x'), "longer than 1048576 bytes"},
};

TEST_F(BadInput, FileThatIsNoneOfRecordsIsToldAndTheNextIsRead) {
  for (const BadFile& bad : kBadFiles) {
    Write(bad.name, bad.text);
    Write("next.jsonl", Lines({GoodNote()}));
    const ShellResult result = Run("duebook import " + bad.name + " next.jsonl");
    EXPECT_EQ(result.status, 1) << bad.name;
    EXPECT_THAT(result.err, HasSubstr(bad.message)) << bad.name;
    EXPECT_THAT(result.err, HasSubstr(bad.name + ":1: "));
    EXPECT_THAT(result.out, StartsWith("1 lines read, 1 events recorded")) << bad.name;
  }
}

TEST_F(BadInput, FileThatCannotBeReadIsToldAndTheNextIsRead) {
  Write("next.jsonl", Lines({GoodNote()}));
  const ShellResult folder = Run("duebook import ledger next.jsonl");
  EXPECT_EQ(folder.status, 2);
  EXPECT_THAT(folder.err, HasSubstr("ledger is a folder; name the files in it"));
  EXPECT_THAT(folder.out, StartsWith("1 lines read, 1 events recorded"));
  EXPECT_THAT(Run("duebook import absent.csv").err, HasSubstr("cannot read absent.csv: No such file or directory"));
  EXPECT_THAT(Run("duebook import good.jsonl/x").err, HasSubstr("cannot read good.jsonl/x: Not a directory"));
  EXPECT_THAT(Run("duebook import - <&-").err, HasSubstr("cannot read stdin: Bad file descriptor"));
  // Root reads whatever it likes.
  const ShellResult secret = Run("touch secret; chmod 0 secret; cat secret >/dev/null; echo $?; duebook import secret");
  if (secret.out.starts_with("1")) {
    EXPECT_THAT(secret.err, HasSubstr("cannot read secret: Permission denied"));
  }
}

TEST_F(BadInput, NothingToReadIsNoError) {
  for (const std::string text :
       {"", "\n", " \r\n\t\n", "\xEF\xBB\xBF", "type,id,date\n", "\xEF\xBB\xBFtype,id,date\r\n\r\n"}) {
    Write("empty.csv", text);
    EXPECT_THAT(Print("duebook import empty.csv"),
                StartsWith("0 lines read, 0 events recorded, 0 already there, 0 re"));
  }
  Write("empty.jsonl", "");
  Print("duebook import empty.jsonl /dev/null");
}

// What other systems write differently, and means the same.
TEST_F(BadInput, MarksAndLineEndsOfOtherSystemsAreRead) {
  for (const std::string end : {"\n", "\r\n"}) {
    for (const std::string mark : {"", "\xEF\xBB\xBF"}) {
      for (const bool last : {true, false}) {
        const std::string tail = last ? end : "";
        Write("a.jsonl", mark + GoodNote() + end + end + GoodNote() + tail);
        EXPECT_THAT(Print("duebook import a.jsonl"), StartsWith("2 lines read, 2 events recorded"));
        Write("a.csv", mark + kCsvHeader + end + GoodRow() + end + end + GoodRow() + tail);
        EXPECT_THAT(Print("duebook import a.csv"), StartsWith("2 lines read, 2 events recorded"));
      }
    }
  }
}

TEST_F(BadInput, CellsMayHoldQuotesCommasAndLines) {
  Write("a.csv", kCsvHeader + "\r\nNoteAdded,q1,2025-01-01,,,,\"He said \"\"no, \r\nnever\"\"\"\r\n");
  Print("duebook import a.csv");
  EXPECT_THAT(Print("duebook events --format jsonl"), HasSubstr(R"("text":"He said \"no, \r\nnever\"")"));
}

// Memory is bounded by the longest line that is read, so this says "refused" in a blink and goes on.
TEST_F(BadInput, EndlessLineIsRefusedWithoutHoldingIt) {
  const ShellResult result =
      Run("{ head -c 700000000 /dev/zero | tr '\\0' a; echo; cat good.jsonl; } |"
          " duebook import -");
  rusage children{};
  getrusage(RUSAGE_CHILDREN, &children);
  EXPECT_LT(children.ru_maxrss, 500'000) << "kilobytes, where the line alone has 700,000";
  EXPECT_THAT(result.err, StartsWith("stdin:1: too_long: "));
  EXPECT_THAT(result.out, StartsWith("3 lines read, 0 events recorded, 2 already there, 1 refused"));
}

// The same faults typed at the terminal.
TEST_F(BadInput, RecordRefusesAsImportDoes) {
  const auto refusal = [&](const std::string& arguments) {
    const ShellResult result = Run("duebook record " + arguments);
    EXPECT_EQ(result.status, 1) << arguments;
    return result.err;
  };
  EXPECT_THAT(refusal("NoteAdded date=2025-02-29 text=x"), HasSubstr("duebook: date: bad_date: "));
  EXPECT_THAT(refusal("NoteAdded date=2025-02-28 txt=x"), HasSubstr("duebook: txt: unknown_field: "));
  EXPECT_THAT(refusal("NoteAdded text=x"), HasSubstr("duebook: date: missing_field: "));
  EXPECT_THAT(refusal("NoteAdded date=2025-02-28 text=x text=y"), HasSubstr("duebook: text: bad_field: "));
  EXPECT_THAT(refusal("NoteAdded date=2025-02-28 text=$(printf '\\377')"), HasSubstr("duebook: text: bad_utf8: "));
  EXPECT_THAT(refusal("InvoiceIssued date=2025-02-28 customer=C-1 invoice=I-2 amount=1.005"),
              HasSubstr("duebook: amount: bad_amount: "));
  EXPECT_THAT(refusal("PaymentApplied date=2025-02-28 payment=P-1 invoice=I-1 amount=1"),
              HasSubstr("duebook: payment: unknown_reference: "));
}

}  // namespace
}  // namespace duebook
