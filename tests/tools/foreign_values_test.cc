#include "tools/import/map/foreign_values.h"

#include <gmock/gmock.h>

namespace duebook {
namespace {

struct DateCase {
  const char* pattern;
  const char* text;
  const char* date;  // "": refused
};

void PrintTo(const DateCase& tried, std::ostream* out) { *out << tried.text << " as " << tried.pattern; }

class ForeignDate : public ::testing::TestWithParam<DateCase> {};

TEST_P(ForeignDate, IsReadByItsPatternAlone) {
  const auto format = DateFormat::Parse(GetParam().pattern);
  ASSERT_TRUE(format.has_value());
  const auto date = format->Read(GetParam().text);
  EXPECT_EQ(date.has_value() ? date->ToString() : "", GetParam().date);
}

INSTANTIATE_TEST_SUITE_P(Table, ForeignDate,
                         ::testing::Values(DateCase{"M/D/YYYY", "1/2/2013", "2013-01-02"},      //
                                           DateCase{"M/D/YYYY", "12/31/2013", "2013-12-31"},    //
                                           DateCase{"M/D/YYYY", "01/02/2013", "2013-01-02"},    //
                                           DateCase{"M/D/YYYY", "13/1/2013", ""},               // no such month
                                           DateCase{"M/D/YYYY", "2/29/2013", ""},               // no such day
                                           DateCase{"M/D/YYYY", "2/29/2012", "2012-02-29"},     //
                                           DateCase{"M/D/YYYY", "1/2/13", ""},                  //
                                           DateCase{"M/D/YYYY", "1/2/2013 10:00", ""},          // more than a date
                                           DateCase{"M/D/YYYY", "1-2-2013", ""},                //
                                           DateCase{"M/D/YYYY", "", ""},                        //
                                           DateCase{"DD.MM.YYYY", "31.01.2025", "2025-01-31"},  //
                                           DateCase{"DD.MM.YYYY", "1.1.2025", ""},              // two digits, no fewer
                                           DateCase{"D.M.YYYY", "1.1.2025", "2025-01-01"},      //
                                           DateCase{"DD.MM.YY", "31.01.25", "2025-01-31"},      //
                                           DateCase{"YYYYMMDD", "20250131", "2025-01-31"},      //
                                           DateCase{"YYYYMMDD", "2025013", ""},                 //
                                           DateCase{"D-MMM-YYYY", "5-Feb-2025", "2025-02-05"},  //
                                           DateCase{"D-MMM-YYYY", "5-FEB-2025", "2025-02-05"},  //
                                           DateCase{"D-MMM-YYYY", "5-Fev-2025", ""},            //
                                           DateCase{"D. MMM YYYY", "5. Mär 2025", "2025-03-05"},
                                           DateCase{"D. MMMM YYYY", "5. März 2025", "2025-03-05"},
                                           DateCase{"D. MMMM YYYY", "5. MÄRZ 2025", "2025-03-05"},
                                           DateCase{"MMMM D, YYYY", "December 31, 2025", "2025-12-31"},
                                           DateCase{"MMMM D, YYYY", "Dec 31, 2025", ""},
                                           DateCase{"D MMMM YYYY", "1 JANUAR 2025", "2025-01-01"},
                                           DateCase{"epoch", "1738713600", "2025-02-05"},
                                           DateCase{"epoch", "1738713599", "2025-02-04"},
                                           DateCase{"epoch", "-1", "1969-12-31"},
                                           DateCase{"epoch", "99999999999999", ""}, DateCase{"epoch", "1.5", ""},
                                           DateCase{"epoch_ms", "1738713600999", "2025-02-05"},
                                           DateCase{"YYYY年M月D日", "2025年2月5日", "2025-02-05"},  //
                                           DateCase{"YYYY-MM-DD*", "2025-02-05T08:15", "2025-02-05"},
                                           DateCase{"YYYY-MM-DD*", "2025-02-05", "2025-02-05"}));

TEST(ForeignDate, PatternNeedsEachPartOnce) {
  for (const char* pattern : {"", "YYYY-MM", "yyyy-mm-dd", "MM/DD", "YYYY-MM-DD D", "YYY-MM-DD", "YYYY-MMMMM-DD"}) {
    EXPECT_FALSE(DateFormat::Parse(pattern).has_value()) << pattern;
  }
}

struct AmountCase {
  const char* decimal;
  const char* thousands;
  const char* text;
  const char* amount;  // "": refused
};

void PrintTo(const AmountCase& tried, std::ostream* out) {
  *out << tried.text << " with " << tried.decimal << " and " << tried.thousands;
}

class ForeignAmount : public ::testing::TestWithParam<AmountCase> {};

TEST_P(ForeignAmount, IsReadByItsSignsAlone) {
  const AmountFormat format{GetParam().decimal, GetParam().thousands};
  EXPECT_EQ(format.Read(GetParam().text).value_or(""), GetParam().amount);
}

INSTANTIATE_TEST_SUITE_P(Table, ForeignAmount,
                         ::testing::Values(AmountCase{".", "", "1234.50", "1234.50"},           //
                                           AmountCase{".", "", "1234", "1234"},                 //
                                           AmountCase{".", "", "1,234", ""},                    // no such separator
                                           AmountCase{".", ",", "1,234", "1234"},               //
                                           AmountCase{".", ",", "1,234,567.89", "1234567.89"},  //
                                           AmountCase{".", ",", "1234567.89", "1234567.89"},    //
                                           AmountCase{".", ",", "1,5", ""},                     // a decimal comma
                                           AmountCase{".", ",", "1234,567", ""},                //
                                           AmountCase{".", ",", ",123", ""},                    //
                                           AmountCase{".", ",", "1,,234", ""},                  //
                                           AmountCase{".", ",", "1.234,50", ""},                // the other way round
                                           AmountCase{",", ".", "1.234,50", "1234.50"},         //
                                           AmountCase{",", "", "1234,5", "1234.5"},             //
                                           AmountCase{",", " ", "1 234,50", "1234.50"},         //
                                           AmountCase{",", "\xC2\xA0",
                                                      "1\xC2\xA0"
                                                      "234,50",
                                                      "1234.50"},
                                           AmountCase{".", "'", "1'234.50", "1234.50"},  //
                                           AmountCase{".", "", "-5.00", "-5.00"},        //
                                           AmountCase{".", "", "- 5.00", "-5.00"},       //
                                           AmountCase{".", "", "5.00-", "-5.00"},        //
                                           AmountCase{".", "", "(5.00)", "-5.00"},       //
                                           AmountCase{".", "", "+5.00", "5.00"},         //
                                           AmountCase{".", "", "(-5.00)", ""},           // said twice
                                           AmountCase{".", "", "-5.00-", ""},            //
                                           AmountCase{".", "", ".50", "0.50"},           //
                                           AmountCase{".", "", "5.", ""},                //
                                           AmountCase{".", "", "1.2.3", ""},             //
                                           AmountCase{".", "", "1e3", ""},               //
                                           AmountCase{".", "", "$5", ""},                //
                                           AmountCase{".", "", "", ""},                  //
                                           AmountCase{".", "", "-", ""}));

TEST(ForeignAmount, HasASign) {
  EXPECT_EQ(SignOf("-0.01"), -1);
  EXPECT_EQ(SignOf("-0.00"), 0);
  EXPECT_EQ(SignOf("0"), 0);
  EXPECT_EQ(SignOf("10"), 1);
}

}  // namespace
}  // namespace duebook
