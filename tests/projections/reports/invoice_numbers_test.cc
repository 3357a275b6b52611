#include "projections/reports/invoice_numbers.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/projections/scenario.h"

namespace duebook {
namespace {

class InvoiceNumbersTest : public testing::Test {
 protected:
  // Invoices of these numbers, and the numbers of those that the text names.
  static std::vector<std::string> Named(const std::vector<std::string>& numbers, std::string_view text) {
    Scenario scenario;
    scenario.Given({"2026-01-01 CustomerOpened customer=C name=C"});
    for (const std::string& number : numbers) {
      scenario.Given({fmt::format("2026-01-02 InvoiceIssued customer=C invoice='{}' amount=1.00", number)});
    }
    const auto history = scenario.Request().LoadHistory({HistoryPart::kNumbers});
    EXPECT_TRUE(history.ok());
    const InvoiceNumbers invoices(*history, Cut());
    std::vector<std::string> named;
    for (const uint32_t item : invoices.NamedIn(text)) named.emplace_back(history->items.number[item]);
    return named;
  }
};

using Numbers = std::vector<std::string>;

TEST_F(InvoiceNumbersTest, AreFoundInAnyCaseAndWidth) {
  EXPECT_EQ(Named({"INV-1", "INV-2"}, "货款 ＩＮＶ－２，谢谢"), Numbers{"INV-2"});
  EXPECT_EQ(Named({"INV-1", "INV-2"}, "inv-1/Inv-2"), (Numbers{"INV-1", "INV-2"}));
  EXPECT_EQ(Named({"INV-1"}, "货款INV-1谢谢"), Numbers{"INV-1"});
}

// The reference of a payment is kept as it was given: here an E and its accent are two characters.
TEST_F(InvoiceNumbersTest, AreFoundInAnySpellingOfAnAccent) {
  EXPECT_EQ(Named({"R\u00C9F-1"}, "for RE\u0301F-1"), Numbers{"R\u00C9F-1"});
}

TEST_F(InvoiceNumbersTest, AreNotFoundWhereALetterDigitHyphenOrUnderscoreTouchesThem) {
  for (const std::string_view text : {"INV-12", "AINV-1", "9INV-1", "INV-1-2", "_INV-1", "INV-1_", "INV-1A"}) {
    EXPECT_EQ(Named({"INV-1"}, text), Numbers()) << text;
  }
  EXPECT_EQ(Named({"INV-1"}, "(INV-1),#INV-1."), Numbers{"INV-1"});
}

TEST_F(InvoiceNumbersTest, TheLongestIsMeantAndUsesUpWhatItCovers) {
  EXPECT_EQ(Named({"2026/01", "01", "A 2026/01"}, "A 2026/01"), Numbers{"A 2026/01"});
  EXPECT_EQ(Named({"R/7", "R/7/B"}, "R/7/B R/7"), (Numbers{"R/7", "R/7/B"}));
  EXPECT_EQ(Named({"R/7", "R/7/B"}, "R/7/B"), Numbers{"R/7/B"});
}

TEST_F(InvoiceNumbersTest, DigitsAloneNeedFour) {
  EXPECT_EQ(Named({"123", "1234"}, "123 1234"), Numbers{"1234"});
  EXPECT_EQ(Named({"1234"}, "RMB1234"), Numbers());
}

TEST_F(InvoiceNumbersTest, AreNeverAPartOfACharacter) {
  EXPECT_EQ(Named({"发票一"}, "付发票一"), Numbers{"发票一"});
  EXPECT_EQ(Named({"发票一"}, "发票"), Numbers());
  EXPECT_EQ(Named({"发票一"}, ""), Numbers());
}

}  // namespace
}  // namespace duebook
