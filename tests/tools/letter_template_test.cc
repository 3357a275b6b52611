#include "tools/letters/letter_template.h"

#include <gtest/gtest.h>

#include "tools/letters/reminder_templates.h"

namespace duebook {
namespace {

const LetterNames kNames{{"name", "total", "credit"}, {"invoice", "open"}};

const FilledLetter kLetter{{{"name", "<Chen & Söhne>"}, {"total", "300.00"}, {"credit", "0.00"}},
                           {{{"invoice", "I-1"}, {"open", "100.00"}}, {{"invoice", "I-2"}, {"open", "200.00"}}}};

std::string Filled(const std::string& text, bool is_html = false) {
  const auto read = LetterTemplate::Read("a.txt", text, is_html, kNames);
  return read.ok() ? read->Fill(kLetter) : read.error().sentence;
}

TEST(LetterTemplate, PutsValuesInTheirPlaces) {
  EXPECT_EQ(Filled("Dear {{name}}, {{ total }} is due."), "Dear <Chen & Söhne>, 300.00 is due.");
  EXPECT_EQ(Filled("a } {b} }} c"), "a } {b} }} c");
  EXPECT_EQ(Filled(""), "");
}

TEST(LetterTemplate, WritesValuesInHtmlAsTheyRead) {
  EXPECT_EQ(Filled("<b>{{name}}</b>", true), "<b>&lt;Chen &amp; Söhne&gt;</b>");
}

TEST(LetterTemplate, RepeatsTheBlockOfItems) {
  EXPECT_EQ(Filled("{{#items}}{{invoice}}: {{open}} of {{total}}; {{/items}}."),
            "I-1: 100.00 of 300.00; I-2: 200.00 of 300.00; .");
}

TEST(LetterTemplate, TakesTheLinesOfTagsOfBlocksWithThem) {
  EXPECT_EQ(Filled("Items:\n  {{#items}}  \n- {{invoice}}\n{{/items}}\nEnd\n"), "Items:\n- I-1\n- I-2\nEnd\n");
  EXPECT_EQ(Filled("{{#items}}\r\n{{invoice}}\r\n{{/items}}"), "I-1\r\nI-2\r\n");
  EXPECT_EQ(Filled("{{#items}}\n{{/items}}\n"), "");
}

TEST(LetterTemplate, LeavesOutBlocksOfWhatIsNothingOrZero) {
  EXPECT_EQ(Filled("{{#total}}{{total}} due{{/total}}{{#credit}}{{credit}} in credit{{/credit}}"), "300.00 due");
}

TEST(LetterTemplate, SaysWhereItIsWrong) {
  EXPECT_EQ(Filled("Dear\n{{names}}"), "a.txt:2: there is no {{names}}; did you mean \"name\"");
  EXPECT_EQ(Filled("{{invoice}}"), "a.txt:1: there is no {{invoice}} outside {{#items}}");
  EXPECT_EQ(Filled("\n\n{{#items}}"), "a.txt:3: the block {{#items}} is open at the end");
  EXPECT_EQ(Filled("{{/items}}"), "a.txt:1: {{/items}} closes what is not open");
  EXPECT_EQ(Filled("{{#items}}{{/total}}"), "a.txt:1: {{/total}} closes what is not open");
  EXPECT_EQ(Filled("{{#items}}{{#total}}{{/total}}{{/items}}"),
            "a.txt:1: the block {{#total}} begins within the block {{#items}}");
  EXPECT_EQ(Filled("\n{{name"), "a.txt:2: {{ is not closed by }}");
  EXPECT_EQ(Filled("{{#other}}{{/other}}"), "a.txt:1: there is no {{other}}");
}

TEST(ReminderTemplates, AreBuiltInInBothLanguagesForEveryTone) {
  const auto templates = ReminderTemplates::Read("");
  ASSERT_TRUE(templates.ok());
  for (const auto tone : {ReminderTone::kNotice, ReminderTone::kReminder, ReminderTone::kUrgent}) {
    const std::string english = templates->For(1, Language::kEnglish, tone).Fill(kLetter);
    const std::string chinese = templates->For(1, Language::kChinese, tone).Fill(kLetter);
    EXPECT_NE(english.find("<html lang=\"en\">"), std::string::npos);
    EXPECT_NE(chinese.find("<html lang=\"zh\">"), std::string::npos);
    for (const std::string& each : {english, chinese}) {
      EXPECT_NE(each.find("I-2"), std::string::npos);
      EXPECT_EQ(each.find("{{"), std::string::npos);
    }
  }
}

TEST(ReminderTemplates, SpeakByHowLongTheOldestInvoiceIsDue) {
  EXPECT_EQ(ReminderToneOf(0), ReminderTone::kNotice);
  EXPECT_EQ(ReminderToneOf(1), ReminderTone::kReminder);
  EXPECT_EQ(ReminderToneOf(29), ReminderTone::kReminder);
  EXPECT_EQ(ReminderToneOf(30), ReminderTone::kUrgent);
}

}  // namespace
}  // namespace duebook
