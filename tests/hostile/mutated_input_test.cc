// Files with lines changed at random: whatever stands beside a good line, the good line is recorded, and nothing ends
// the import.

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "tests/support/seed.h"
#include "tests/support/temporary_folder.h"
#include "tools/import/pipeline/import_pipeline.h"
#include "tools/import/pipeline/mapped_source.h"

namespace duebook {
namespace {

// What mutations put in: what means something to a reader of JSON, CSV, dates or amounts.
const std::string kPieces[] = {"\"",
                               "\\",
                               "{",
                               "}",
                               "[",
                               "]",
                               ",",
                               ":",
                               ";",
                               "\r",
                               "\t",
                               std::string(1, '\0'),
                               "\xFF",
                               "\xEF\xBB\xBF",
                               "\xED\xA0\x80",
                               "华",
                               "-",
                               ".",
                               "0",
                               "9",
                               "e9",
                               "\\u0000",
                               "\\ud800",
                               "null",
                               "true",
                               "\"\"",
                               "{}",
                               "[[[[[[[[[[",
                               "99999999999999999999",
                               "2025-02-30",
                               "type",
                               "\"id\":\"x\",",
                               " ",
                               "\xC2\xA0",
                               "\x7F"};

class Mutator {
 public:
  explicit Mutator(uint32_t seed) : random_(seed) {}
  size_t Below(size_t bound) { return random_() % bound; }

  // One to four changes; never a line break, which would make two lines of one.
  std::string Mutated(std::string line) {
    for (size_t changes = 1 + Below(4); changes > 0; changes--) Change(&line);
    return line;
  }

 private:
  void Change(std::string* line) {
    const size_t at = Below(line->size() + 1);
    const size_t length = std::min(1 + Below(8), line->size() - at);
    switch (Below(6)) {
      case 0:
        line->erase(at, length);
        break;
      case 1:
        line->insert(at, kPieces[Below(std::size(kPieces))]);
        break;
      case 2:
        line->replace(at, length, kPieces[Below(std::size(kPieces))]);
        break;
      case 3: {
        const char byte = static_cast<char>(Below(256));
        if (byte != '\n' && at < line->size()) (*line)[at] = byte;
        break;
      }
      case 4:
        line->insert(at, line->substr(at, length));
        break;
      default:
        line->resize(at);
    }
  }

  std::mt19937 random_;
};

// Which lines were recorded, and why others were not.
class Answers : public ImportObserver {
 public:
  Status OnBatch(const ImportSource&, const ImportBatch& batch, std::span<const Outcome> outcomes) override {
    EXPECT_EQ(outcomes.size(), batch.items.size());
    for (size_t i = 0; i < outcomes.size(); i++) {
      if (const auto* rejection = std::get_if<Rejection>(&outcomes[i])) {
        refused[batch.items[i].line] = rejection->sentence;
        EXPECT_FALSE(rejection->sentence.empty());
      } else {
        recorded.insert(batch.items[i].line);
      }
    }
    return Status();
  }
  void OnNothingRecorded() override {}
  void OnUnreadable(const Error& error) override { unreadable.push_back(error.ToString()); }

  std::map<uint64_t, std::string> refused;
  std::set<uint64_t> recorded;
  std::vector<std::string> unreadable;
};

constexpr std::string_view kMap = R"(
[file]
date = "DD.MM.YYYY"
decimal = ","
thousands = "."
optional = ["Invoice", "Amount"]

[[event]]
type = "NoteAdded"
when.Kind = "Note"
id = "{Id}"
date = "{Date}"
text = "{Text} {#row}"

[[event]]
type = "InvoiceIssued"
when = { Kind = { not = "Note" }, Amount = { sign = "positive" } }
id = "{Id}"
date = { earliest = ["{Date}", "{Date}"] }
customer = "C-1"
invoice = "{Invoice}"
amount = { from = "{Amount}", sign = "drop" }
)";

// A file of one form: a note that is good, and lines that are until they are mutated.
struct Form {
  const char* file;
  bool mapped;
  const char* header;
  std::string good;
  std::vector<std::string> others;
};

const Form kForms[] = {
    {"a.jsonl",
     false,
     "",
     R"({"type":"NoteAdded","id":"NUMBER","date":"2025-01-10","text":"华\n\"东\""})",
     {R"({"type":"InvoiceIssued","id":"NUMBER","date":"2025-01-10","customer":"C-1","invoice":"NUMBER","amount":1.5,)"
      R"("instalments":[{"due":"2025-02-01","amount":"1.00"},{"due":"2025-03-01","amount":0.5}],"memo":"\u534e \\ \"x\""})",
      R"({"type":"WriteOffPolicySet","id":"NUMBER","date":"2025-01-10","months":6,)"
      R"("bands":[{"up_to":"10.00","approvals":1,"roles":["a"]},{"approvals":2,"roles":["b","c"]}]})",
      R"({"type":"PromiseMade","id":"NUMBER","date":"2025-01-10","customer":"C-1","promise":"NUMBER","amount":"5",)"
      R"("due":"2025-02-01","invoices":["I-1"],"imported":false,"company":"Acme","memo":null})"}},
    {"a.csv",
     false,
     "type,id,date,text,customer,invoice,amount,shipments,memo\n",
     "NoteAdded,NUMBER,2025-01-10,text,,,,,\"a \"\"memo\"\", 华\"",
     {"InvoiceIssued,NUMBER,2025-01-10,,C-1,NUMBER,12.50,S-1;S-2,a memo",
      "NoteAdded,NUMBER,2025-01-10,some text,C-1,,,,华东贸易"}},
    {"a.csv",
     true,
     "Kind,Id,Date,Text,Invoice,Amount\n",
     "Note,NUMBER,10.01.2025,\"x, y\",,",
     {"Invoice,NUMBER,11.01.2025,华东,NUMBER,\"1.234,50\"", "Note,NUMBER,12.01.2025,text,,",
      "Other,NUMBER,1.1.2025,,,(5)"}},
};

class MutatedInput : public testing::Test {
 protected:
  MutatedInput() {
    CHECK(EventLog::Create(folder_ / "ledger", {"Acme", *Currency::Parse("CNY"), "", {}}).ok());
    auto opened = Ledger::Open(folder_ / "ledger");
    CHECK(opened.ok());
    ledger_ = std::move(*opened);
    auto map = ParseMap(kMap, "map.toml");
    CHECK(map.ok());
    map_ = std::make_shared<const ImportMap>(std::move(*map));
  }

  Answers Import(const std::string& path, bool mapped) {
    Answers answers;
    bool given = false;
    const CommandContext context{*Currency::Parse("CNY"), "clerk", false};
    const auto result = RunImport(
        ledger_.get(),
        [&]() -> Result<std::unique_ptr<ImportSource>> {
          if (given) return std::unique_ptr<ImportSource>();
          given = true;
          return mapped ? OpenMappedSource(path, map_, context) : OpenRecordSource(path, nullptr, context);
        },
        {.mode = ImportMode::kEach}, &answers);
    CHECK(result.ok());
    return answers;
  }

  TemporaryFolder folder_;
  std::unique_ptr<Ledger> ledger_;
  std::shared_ptr<const ImportMap> map_;
};

std::string Numbered(std::string line, const std::string& number) {
  for (size_t at = line.find("NUMBER"); at != std::string::npos; at = line.find("NUMBER")) line.replace(at, 6, number);
  return line;
}

// A file of this form in which every second line is mutated. Without `quotes` no mutated line has one.
std::string FileOf(const Form& form, int lines, bool quotes, int* numbers, Mutator* mutator) {
  std::string text = form.header;
  for (int i = 0; i < lines; i++) {
    std::string mutated = mutator->Mutated(
        Numbered(form.others[mutator->Below(form.others.size())], fmt::format("mutant-{}", ++*numbers)));
    if (!quotes) std::erase(mutated, '"');
    text += Numbered(form.good, fmt::format("good-{}", ++*numbers)) + "\n" + mutated + "\n";
  }
  return text;
}

TEST_F(MutatedInput, CostsNoGoodLine) {
  const uint32_t seed = TestSeed(15);
  TRACE_SEED(seed);
  Mutator mutator(seed);
  int numbers = 0;
  for (int round = 0; round < 40; round++) {
    for (const Form& form : kForms) {
      constexpr int kLines = 150;
      const bool is_json = *form.header == '\0';
      // An open quote in a CSV cell takes the rows up to the next quote with it, as they may be the cell's own.
      const auto file = folder_.Write(form.file, FileOf(form, kLines, is_json, &numbers, &mutator));
      Answers answers = Import(file, form.mapped);
      EXPECT_TRUE(answers.unreadable.empty()) << answers.unreadable.front();
      for (uint64_t line = is_json ? 1 : 2; line <= 2 * kLines; line += 2) {
        ASSERT_TRUE(answers.recorded.contains(line))
            << form.file << ":" << line << " in round " << round << ": " << answers.refused[line];
      }
    }
  }
  const auto fault = ledger_->log().Verify(1, [](uint64_t, uint64_t) {});
  EXPECT_TRUE(fault.ok() && !fault->has_value());
}

TEST_F(MutatedInput, WithStrayQuotesAndHeadersEndsNoImport) {
  const uint32_t seed = TestSeed(15);
  TRACE_SEED(seed);
  Mutator mutator(seed);
  int numbers = 0;
  for (int round = 0; round < 60; round++) {
    for (const Form& form : kForms) {
      std::string text = FileOf(form, 20, true, &numbers, &mutator);
      const size_t end = text.find('\n');
      if (round % 3 == 0) text.replace(0, end, mutator.Mutated(text.substr(0, end)));
      Import(folder_.Write(form.file, text), form.mapped);
      // What could not be read then can be read without what stood beside it.
      const std::string good = Numbered(form.good, fmt::format("good-{}", ++numbers));
      const Answers answers = Import(folder_.Write(form.file, form.header + good + "\n"), form.mapped);
      ASSERT_EQ(answers.recorded.size(), 1U) << form.file << " in round " << round;
    }
  }
}

TEST_F(MutatedInput, AsAMapIsReadOrToldWhy) {
  const uint32_t seed = TestSeed(15);
  TRACE_SEED(seed);
  Mutator mutator(seed);
  for (int round = 0; round < 3000; round++) {
    std::string text(kMap);
    text = mutator.Mutated(text);
    const auto map = ParseMap(text, "map.toml");
    if (!map.ok()) {
      EXPECT_THAT(map.error().sentence, testing::StartsWith("map.toml:")) << text;
    }
  }
}

}  // namespace
}  // namespace duebook
