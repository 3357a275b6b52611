#include "tools/render/vocabulary.h"

#include <gtest/gtest.h>

#include "ledger/event.h"
#include "projections/projection.h"

namespace duebook {
namespace {

TEST(VocabularyTest, HasAWordForEveryReportAndEventType) {
  for (const ReportInfo& report : AllReports()) {
    const std::string name(report.name);
    EXPECT_NE(Word(name, Language::kChinese), name);
    EXPECT_EQ(Word(name, Language::kEnglish), name);
  }
  for (const EventTypeInfo& type : AllEventTypes()) EXPECT_NE(Word(type.name, Language::kChinese), type.name);
}

TEST(VocabularyTest, KnowsNamesInParts) {
  EXPECT_EQ(Word("CNY not_due before", Language::kChinese), "CNY 未到期 变动前");
  EXPECT_EQ(Word("CNY partly kept", Language::kChinese), "CNY 部分履行");
  EXPECT_EQ(Word("31-60 before", Language::kChinese), "31-60 变动前");
  EXPECT_EQ(Word("no word of ours", Language::kChinese), "no word of ours");
}

TEST(VocabularyTest, LeavesTextsAsTheyAre) {
  EXPECT_EQ(ShownCell(std::string("open"), Language::kChinese), "open");
  EXPECT_EQ(ShownCell(Term{"open"}, Language::kChinese), "未清");
  EXPECT_EQ(ShownCell(Term{"open"}, Language::kEnglish), "open");
}

}  // namespace
}  // namespace duebook
