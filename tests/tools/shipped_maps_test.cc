// The maps of tools/maps on small files of their form.

#include "tests/tools/program_fixture.h"

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

class ShippedMaps : public ProgramTest {
 protected:
  ShippedMaps() { MakeLedger(); }
  ShellResult Import(const std::string& map, const std::string& rows) {
    Write("rows.csv", rows);
    return Run("duebook import --map " DUEBOOK_SOURCE_DIR "/tools/maps/" + map + ".toml rows.csv");
  }
  // The rows of a report as CSV, without the header.
  std::vector<std::string> Report(const std::string& command) {
    auto lines = LinesOf(Print("duebook " + command + " --format csv"));
    if (!lines.empty()) lines.erase(lines.begin());
    return lines;
  }
};

TEST_F(ShippedMaps, OpenItemsKeepTheirDatesAndSigns) {
  const std::string rows =
      "Customer,Name,Document,Date,Due,Amount,Currency,Terms,Text\n"
      "1001,华东贸易,4711,2025-11-03,2025-12-03,\"1,250.00\",EUR,net 30,Order 88\n"
      "1001,华东贸易,4712,2025-10-20,,-200.00,EUR,,Goods returned\n"
      "1002,\"Li, Sons\",4713,2025-11-05,,99.50,,,\n"
      "1002,\"Li, Sons\",4714,2025-11-06,,0.00,,,\n";
  EXPECT_THAT(Import("open-items", rows).out,
              StartsWith("4 lines read, 5 events recorded, 0 already there, 0 refused"));
  EXPECT_THAT(
      Report("open-items --effective 2025-12-31"),
      ElementsAre("1001,4711,EUR,2025-11-03,2025-12-03,1250.00,1250.00,28,1-30,0.00,,28,华东贸易,2025-12-03,,0.00",
                  "1002,4713,CNY,2025-11-05,2025-11-05,99.50,99.50,56,31-60,0.00,,56,\"Li, Sons\",2025-11-05,,0.00"));
  EXPECT_THAT(Report("balance --effective 2025-12-31"),
              ElementsAre("1001,EUR,1250.00,0.00,0.00,0.00,0.00,1250.00,200.00,1050.00,华东贸易",
                          "1002,CNY,99.50,0.00,0.00,0.00,0.00,99.50,0.00,99.50,\"Li, Sons\""));
  EXPECT_THAT(Report("events --type CustomerOpened"),
              ElementsAre(HasSubstr(",2025-10-20,CustomerOpened,"), HasSubstr(",2025-11-05,CustomerOpened,")));
  EXPECT_THAT(Import("open-items", rows).out, StartsWith("4 lines read, 0 events recorded, 5 already there"));
}

TEST_F(ShippedMaps, OpenItemsDoWithoutOptionalColumns) {
  EXPECT_THAT(Import("open-items", "Due,Amount,Date,Document,Name,Customer\n,5.00,2025-01-31,7,Li,1001\n").out,
              StartsWith("1 lines read, 2 events recorded"));
  const ShellResult without = Import("open-items", "Amount,Date,Document,Name,Customer\n5.00,2025-01-31,7,Li,1001\n");
  EXPECT_EQ(without.status, 1);
  EXPECT_THAT(without.err, HasSubstr("the file has no column \"Due\""));
}

TEST_F(ShippedMaps, OpenItemsOfAnotherFormAreRefusedByLineAndColumn) {
  const ShellResult result = Import("open-items",
                                    "Customer,Name,Document,Date,Due,Amount\n"
                                    "1001,Li,1,03.11.2025,,5.00\n"
                                    "1001,Li,2,2025-11-03,,\"5,00\"\n"
                                    "1001,Li,3,2025-11-03,,5.00\n"
                                    "1001,Li,,2025-11-03,,5.00\n"
                                    "1001,Li,5,2025-11-03,,\n");
  EXPECT_THAT(
      LinesOf(result.err),
      ElementsAre(StartsWith("rows.csv:2: Date: bad_date: "), StartsWith("rows.csv:3: Amount: bad_amount"),
                  StartsWith("rows.csv:5: Document: missing_field"), StartsWith("rows.csv:6: Amount: bad_amount: ")));
  EXPECT_THAT(result.out, StartsWith("5 lines read, 2 events recorded, 0 already there, 4 refused"));
}

TEST_F(ShippedMaps, InvoicesWithSettlementArePaidAndTheirDisputesResolved) {
  const std::string rows =
      "countryCode,customerID,PaperlessDate,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,Disputed,SettledDate,"
      "PaperlessBill,DaysToSettle,DaysLate\n"
      "391,0379-NEVHP,4/6/2013,0000611365,1/2/2013,2/1/2013,55.94,No,1/15/2013,Paper,13,0\n"
      "406,8976-AMJEO,3/3/2012,0007900770,1/26/2013,2/25/2013,61.7,Yes,3/3/2013,Electronic,36,6\n"
      "406,8976-AMJEO,3/3/2012,0007900771,12/26/2012,1/25/2013,10,Yes,,Electronic,,\n";
  const ShellResult result = Import("invoice-settlement", rows);
  EXPECT_THAT(result.out, StartsWith("3 lines read, 12 events recorded, 0 already there, 0 refused")) << result.err;
  EXPECT_THAT(Report("aging --effective 2013-02-28"),
              ElementsAre("0379-NEVHP,USD,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0379-NEVHP",
                          "8976-AMJEO,USD,0.00,61.70,10.00,0.00,0.00,0.00,0.00,0.00,0.00,71.70,71.70,8976-AMJEO"));
  EXPECT_THAT(Report("balance --effective 2025-12-31"),
              ElementsAre("0379-NEVHP,USD,55.94,0.00,0.00,55.94,0.00,0.00,0.00,0.00,0379-NEVHP",
                          "8976-AMJEO,USD,71.70,0.00,0.00,61.70,0.00,10.00,0.00,10.00,8976-AMJEO"));
}

TEST_F(ShippedMaps, BankReceiptsAreNumberedByTheirContent) {
  Print("duebook record CustomerOpened id=c date=2025-01-01 customer=1001 name=Nordwind");
  const std::string header = "Date,Amount,Payer,Customer,Reference,Currency,Method\n";
  const std::string alike = "2025-11-03T08:15,\"1,250.00\",Nordwind GmbH,1001,INV 4711,EUR,transfer\n";
  const std::string out = "2025-11-03,-9.90,Bank,,fee,EUR,\n";
  const std::string unknown = "2025-11-04,7.00,Somebody,,,EUR,\n";
  EXPECT_THAT(Import("bank-receipts", header + alike + out + alike).out,
              StartsWith("3 lines read, 2 events recorded, 0 already there, 0 refused"));
  // A later list that overlaps by the whole day.
  const ShellResult later = Import("bank-receipts", header + alike + alike + unknown + "2025-11-05,5.00,N,1001,,,\n");
  EXPECT_THAT(later.out, StartsWith("4 lines read, 1 events recorded, 2 already there, 1 refused"));
  EXPECT_THAT(later.err, StartsWith("rows.csv:4: customer: missing_field"));
  EXPECT_THAT(Report("balance --effective 2025-12-31"),
              ElementsAre("1001,CNY,0.00,0.00,0.00,0.00,0.00,0.00,5.00,-5.00,Nordwind",
                          "1001,EUR,0.00,0.00,0.00,0.00,0.00,0.00,2500.00,-2500.00,Nordwind"));
}

}  // namespace
}  // namespace duebook
