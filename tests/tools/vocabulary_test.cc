#include "tools/render/vocabulary.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "ledger/event/event.h"
#include "projections/reports/work_entries.h"
#include "projections/reports/write_off_register.h"
#include "projections/shared/projection.h"

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

TEST(VocabularyTest, HasAWordForEveryViolation) {
  for (const WriteOffBreak violation : AllWriteOffBreaks()) {
    const std::string name(BreakName(violation));
    EXPECT_NE(Word(name, Language::kChinese), name);
  }
}

TEST(VocabularyTest, HasAWordForEveryColumn) {
  for (const ReportInfo& info : AllReports()) {
    Report report{std::string(info.name), {}, {}, {}, {}, {}};
    report.language = Language::kChinese;
    for (const ReportColumn& column : info.columns) {
      const bool is_any_name = column.name.find_first_not_of("ABCDEIMNRTUYN-") == std::string_view::npos;  // "N-M"
      if (!is_any_name) EXPECT_NE(Heading({std::string(column.name)}, report), column.name) << info.name;
    }
  }
}

TEST(VocabularyTest, HasAWordForAllThatIsToBeDone) {
  for (const std::string_view kind :
       {kReminderWork, kPromiseDueWork, kPromiseBrokenWork, kFollowUpWork, kEscalationWork, kDisputeWork,
        kCreditNoteWork, kApplyWork, kHoldWork, kReleaseWork, kApproveWork, kBillWork}) {
    EXPECT_NE(Word(Term{std::string(kind), "work"}, Language::kChinese), kind);
  }
}

// A column, a report and a state may have one name and be called differently.
TEST(VocabularyTest, CallsAsTheReportDoes) {
  Report bills{"bills", {}, {{"to"}, {"state"}}, {{"Bank", Term{"held", "bill"}}}, {}, {}};
  bills.language = Language::kChinese;
  EXPECT_EQ(Heading(bills.columns[0], bills), "受让方");
  Report credit{"credit", {}, {{"limit"}}, {}, {}, {}};
  credit.language = Language::kChinese;
  EXPECT_EQ(ReportName(credit), "客户信用表");
  Report disputes{"disputes", {}, {{"state", ColumnType::kWord}}, {{Term{"open", "dispute"}}}, {}, {}};
  disputes.states = {Term{"open", "dispute"}};
  disputes.language = Language::kChinese;
  EXPECT_EQ(FigureName("CNY open", disputes), "CNY 处理中");
  EXPECT_EQ(FigureName("CNY balance before", disputes), "CNY 余额 变动前");
  disputes.language = Language::kEnglish;
  EXPECT_EQ(FigureName("CNY open", disputes), "CNY open");
}

// A method or a channel that is free text is none of our words by chance.
TEST(VocabularyTest, LeavesFreeTextAsItWasRecorded) {
  EXPECT_EQ(ShownCell(Term{"phone", "channel"}, Language::kChinese), "电话");
  EXPECT_EQ(ShownCell(Term{"open", "channel"}, Language::kChinese), "open");
  EXPECT_EQ(ShownCell(Term{"discount", "method"}, Language::kChinese), "discount");
}

TEST(VocabularyTest, KnowsNamesInParts) {
  EXPECT_EQ(Word("CNY not_due before", Language::kChinese), "CNY 未到期 变动前");
  EXPECT_EQ(Word("CNY partly kept", Language::kChinese), "CNY 部分履行");
  EXPECT_EQ(Word("31-60 before", Language::kChinese), "31-60天 变动前");
  EXPECT_EQ(Word("no word of ours", Language::kChinese), "no word of ours");
  EXPECT_EQ(Word("missing_role 12 17", Language::kChinese), "缺少审批角色 12 17");
  EXPECT_EQ(Word("net 60", Language::kChinese), "60 天内付清");
  EXPECT_EQ(Word("", Language::kChinese), "");
}

// One name may stand for two things, which other languages tell apart.
TEST(VocabularyTest, KnowsWhatANameIsSaidOf) {
  EXPECT_EQ(ShownCell(Term{"open", "dispute"}, Language::kChinese), "处理中");
  EXPECT_EQ(ShownCell(Term{"resolved", "dispute"}, Language::kChinese), "已解决");
  EXPECT_EQ(ShownCell(std::vector<Term>{{"self_approval", "role"}, {"missing_role", "role"}}, Language::kChinese),
            "给自己授权; 授权人不是管理员");
  EXPECT_EQ(ShownCell(Term{"granted_without_administrator", "role"}, Language::kChinese), "授权时尚无管理员");
  EXPECT_EQ(ShownCell(Term{"open", "dispute"}, Language::kEnglish), "open");
}

TEST(VocabularyTest, EveryBucketHasItsUnit) {
  EXPECT_EQ(Word("1-30", Language::kChinese), "1-30天");
  EXPECT_EQ(Word("366+", Language::kChinese), "366天以上");
  EXPECT_EQ(Word("46+", Language::kChinese), "46天以上");
  for (const char* other : {"12", "-30", "30-", "2025-01-31", "+", "30+5"}) {
    EXPECT_EQ(Word(other, Language::kChinese), other);
  }
}

TEST(VocabularyTest, LeavesTextsAsTheyAre) {
  EXPECT_EQ(ShownCell(std::string("open"), Language::kChinese), "open");
  EXPECT_EQ(ShownCell(Term{"open"}, Language::kChinese), "未清");
  EXPECT_EQ(ShownCell(Term{"open"}, Language::kEnglish), "open");
  EXPECT_EQ(ShownCell(std::vector<Term>{{"self_approval"}, {"splitting"}}, Language::kChinese),
            "批准本人的申请; 拆分申请");
  EXPECT_EQ(ShownCell(std::vector<Term>{{"self_approval"}, {"splitting"}}, Language::kEnglish),
            "self_approval; splitting");
}

}  // namespace
}  // namespace duebook
