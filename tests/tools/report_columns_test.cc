// Every report once, in the forms that programs read: the columns are a promise to them.

#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <set>

#include "projections/shared/projection.h"
#include "tests/tools/program_fixture.h"

namespace duebook {
namespace {

using nlohmann::ordered_json;

struct Promise {
  std::string command;
  std::string columns;
  size_t rows;  // at least one
};

const Promise kPromises[] = {
    {"balance", "customer,currency,invoiced,debited,credited,applied,written_off,open,unapplied,balance,name", 3},
    {"aging", "customer,currency,not_due,1-30,31-60,61-90,91-120,121-180,181-365,366+,unapplied,disputed,balance,name",
     3},
    {"open-items",
     "customer,invoice,currency,date,due,amount,open,age,bucket,disputed,salesperson,overdue_days,name,"
     "original_due,rescheduled,covered",
     2},
    {"customers", "customer,name,currency,balance,overdue,oldest,limit,salesperson,state,terms,last_payment", 3},
    {"credit",
     "customer,currency,state,grade,score,limit,balance,not_invoiced,bills,guarantees,exposure,room,overdue,oldest,"
     "terms,name",
     3},
    {"credit --history", "customer,seq,date,what,currency,value,actor,reason,name,reversed", 5},
    {"overrides",
     "override,customer,currency,amount,granted_by,granted,until,reason,shipment,shipped,shipped_amount,passed,kind,"
     "name",
     1},
    {"promises", "promise,customer,currency,date,due,amount,received,state,name,last_day", 1},
    {"write-offs",
     "write_off,customer,invoice,currency,amount,requested_by,requested,approvals,state,violations,remarks,name", 2},
    {"trail I-3", "seq,recorded_at,date,type,actor,source,text,before,after", 3},
    {"trail C-2", "seq,recorded_at,date,type,actor,source,text,before,after", 6},
    {"worklist --effective 2025-12-31",
     "customer,currency,kind,level,document,amount,since,days,risk,channel,salesperson,text,name", 9},
    {"interest --effective 2025-12-31", "customer,invoice,currency,from,through,days,accrued,billed,unbilled,name", 3},
    {"roles", "user,role,from,to,granted_by,recorded_at,mark", 1},
    {"apply", "payment,customer,currency,invoice,amount,discount,difference,credit_note,rule,reason,event,name", 2},
    {"differences", "difference,customer,invoice,payment,currency,amount,reason,date,actor,month_total,state,name", 1},
    {"unapplied", "customer,payment,credit_note,currency,date,amount,applied,refunded,unapplied,age,reference,name", 2},
    {"disputes",
     "dispute,customer,invoice,currency,date,amount,open,reason,state,resolved,outcome,age,name,kind,owner,upheld,"
     "credited",
     1},
    {"contacts", "seq,date,customer,actor,channel,person,outcome,next,invoice,promise,dispute,text,name", 1},
    {"promise-rates",
     "key,currency,promises,kept,partly_kept,broken,withdrawn,superseded,amount,received,kept_rate,broken_rate,name",
     1},
    {"promise-rates --by month",
     "key,currency,promises,kept,partly_kept,broken,withdrawn,superseded,amount,received,kept_rate,broken_rate", 1},
    {"shipments", "customer,shipment,currency,shipped,amount,order,signed_by,invoice,invoiced,state,days,returned,name",
     3},
    {"receipts", "customer,payment,date,method,currency,amount,fee,net,reference,state,name", 3},
    {"bills",
     "payment,bill,customer,currency,amount,received,bill_due,acceptor,method,state,changed,to,proceeds,days,at_risk,"
     "name",
     1},
    {"papers",
     "customer,shipment,currency,shipped,amount,confirmed,signed,invoice,invoiced,days_to_sign,days_to_invoice,missing,"
     "name",
     1},
    {"shipments --all",
     "customer,shipment,currency,shipped,amount,order,signed_by,invoice,invoiced,state,days,returned,name", 5},
    {"statement C-1 --from 2025-01-01 --to 2025-02-28",
     "customer,currency,date,seq,type,document,text,debit,credit,balance", 9},
    {"explain --effective 2025-02-28 --known 4 --known 12",
     "seq,recorded_at,date,type,actor,source,customer,currency,document,text,open,unapplied,balance,name", 5},
    {"balance --by customer",
     "customer,currency,invoiced,debited,credited,applied,written_off,open,unapplied,balance,name", 3},
    {"promises --by customer", "customer,currency,state,documents,amount,received,name", 1},
    {"balance --by terms", "terms,currency,invoiced,debited,credited,applied,written_off,open,unapplied,balance", 3},
    {"balance --by salesperson",
     "salesperson,currency,invoiced,debited,credited,applied,written_off,open,unapplied,balance", 3},
    {"aging --by salesperson --buckets 30", "salesperson,currency,not_due,1-30,31+,unapplied,disputed,balance", 3},
    {"aging --trend 3 --effective 2025-02-28", "currency,bucket,2024-12-31,2025-01-31,2025-02-28", 22},
    {"open-items --by salesperson", "salesperson,currency,items,amount,open,disputed,covered", 2},
    {"open-items --by terms", "terms,currency,items,amount,open,disputed,covered", 2},
    {"unapplied --by salesperson", "salesperson,currency,items,amount,applied,refunded,unapplied", 2},
    {"interest --by salesperson", "salesperson,currency,items,accrued,billed,unbilled", 3},
    {"overrides --by salesperson", "salesperson,currency,items,amount,shipped_amount", 1},
    {"receipts --by salesperson", "salesperson,currency,state,documents,amount,fee,net", 2},
    {"bills --by salesperson", "salesperson,currency,state,documents,amount,proceeds,at_risk", 1},
    {"papers --by salesperson", "salesperson,currency,items,amount", 1},
    {"promises --by salesperson", "salesperson,currency,state,documents,amount,received", 1},
    {"disputes --by salesperson", "salesperson,currency,state,documents,amount,open,upheld,credited", 1},
    {"write-offs --by salesperson", "salesperson,currency,state,documents,amount", 2},
    {"write-offs --violations",
     "write_off,customer,invoice,currency,amount,requested_by,requested,approvals,state,violations,evidence,remarks,"
     "name",
     1},
    {"shipments --by salesperson", "salesperson,currency,state,documents,amount,returned", 3},
    {"explain --effective 2025-02-28 --known 4 --known 12 --by salesperson",
     "salesperson,currency,items,open,unapplied,balance", 2},
    {"explain --effective 2025-01-31 --effective 2025-02-28 --aging --buckets 30",
     "seq,recorded_at,date,type,actor,source,customer,currency,document,text,not_due,1-30,31+,unapplied,disputed,"
     "balance,name",
     12},
    {"events", "seq,recorded_at,date,type,id,customer,actor,source,document,amount,currency,text", 26},
};

class ReportColumns : public ProgramTest {
 protected:
  static constexpr int kEvents = 26;  // of the small company and what is added to it

  ReportColumns() { MakeSmallCompany(); }

  // Adds what the reports tell of that would be empty otherwise: no report without rows shows what its rows are like.
  void AddSomethingForEveryReport() {
    Write(
        "more.jsonl",
        Lines({
            R"({"type":"CreditLimitSet","id":"l1","date":"2025-01-02","actor":"ann","customer":"C-1","limit":"2000.00"})",
            R"({"type":"CreditOverridden","id":"o1","date":"2025-01-05","actor":"ann","customer":"C-1","override":"O-1","amount":"100.00","until":"2025-01-20","reason":"old customer"})",
            R"({"type":"InterestSet","id":"n1","date":"2025-01-01","actor":"ann","rate":"12"})",
            R"({"type":"ContactLogged","id":"k1","date":"2025-02-11","actor":"ann","customer":"C-1","channel":"phone","text":"will pay"})",
            R"({"type":"PaymentReceived","id":"p2","date":"2025-02-03","actor":"bob","customer":"C-2","payment":"P-2","amount":"50.00","currency":"EUR","method":"bank_acceptance","bill":"B-1","bill_due":"2025-05-31"})",
            R"({"type":"TolerancePolicySet","id":"t1","date":"2025-01-01","actor":"ann","amount":"5.00"})",
            R"({"type":"InvoiceIssued","id":"i4","date":"2025-02-01","actor":"ann","customer":"C-1","invoice":"I-4","amount":"100.00"})",
            R"({"type":"PaymentReceived","id":"p3","date":"2025-02-05","actor":"bob","customer":"C-1","payment":"P-3","amount":"99.00"})",
            R"({"type":"PaymentApplied","id":"a3","date":"2025-02-05","actor":"bob","payment":"P-3","invoice":"I-4","amount":"99.00"})",
            R"({"type":"DifferenceClosed","id":"f1","date":"2025-02-05","actor":"bob","difference":"F-1","payment":"P-3","invoice":"I-4","amount":"1.00","reason":"bank_charge"})",
            R"({"type":"InvoiceIssued","id":"i5","date":"2025-02-06","actor":"ann","customer":"C-2","invoice":"I-5","amount":"10.00"})",
            R"({"type":"WriteOffRequested","id":"w3","date":"2025-02-22","actor":"ann","write_off":"W-2","invoice":"I-5","amount":"10.00","reason":"too small"})",
            R"({"type":"WriteOffApproved","id":"w4","date":"2025-02-22","actor":"ann","write_off":"W-2"})",
            R"({"type":"RoleGranted","id":"r1","date":"2025-03-01","actor":"ann","user":"bob","role":"controller"})",
        }));
    Print("duebook import --as-imported more.jsonl");
  }
  // What a report prints; one of violations ends with status 1 where there are some.
  std::string Shown(const std::string& report) {
    const ShellResult result = Run("duebook " + report);
    EXPECT_EQ(result.status, report.starts_with("write-offs --violations") ? 1 : 0) << report << "\n" << result.err;
    return result.out;
  }
};

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string KeysOf(const ordered_json& row) {
  std::string keys;
  for (const auto& [key, value] : row.items()) keys += (keys.empty() ? "" : ",") + key;
  return keys;
}

TEST_F(ReportColumns, OfCsvAreThePromisedOnes) {
  AddSomethingForEveryReport();
  for (const Promise& promise : kPromises) {
    const auto lines = LinesOf(Shown(promise.command + " --format csv"));
    ASSERT_FALSE(lines.empty()) << promise.command;
    EXPECT_EQ(lines[0], promise.columns) << promise.command;
    EXPECT_EQ(lines.size(), promise.rows + 1) << promise.command;
  }
}

TEST_F(ReportColumns, OfJsonAreTheSame) {
  AddSomethingForEveryReport();
  for (const Promise& promise : kPromises) {
    const std::string name = promise.command.substr(0, promise.command.find(' '));
    const auto json = ordered_json::parse(Shown(promise.command + " --format json"));
    EXPECT_EQ(json.at("report"), name);
    EXPECT_EQ(json.at("ledger"), "Acme");
    const bool says_known = promise.command.find("--known") != std::string::npos;
    EXPECT_EQ(json.at("cut").at("known"), says_known ? 12 : kEvents) << promise.command;
    EXPECT_TRUE(json.at("total").is_array());
    ASSERT_EQ(json.at("rows").size(), promise.rows) << promise.command;
    const auto csv = LinesOf(Shown(promise.command + " --format csv"));
    for (const auto& row : json.at("rows")) EXPECT_EQ(KeysOf(row), csv[0]) << promise.command;
  }
}

// Behind the title and what the report is about.
std::string HeadingsOf(const std::string& table) {
  std::string before;
  for (const std::string& line : LinesOf(table)) {
    if (line.starts_with("--")) return before;
    before = line;
  }
  return "";
}

TEST_F(ReportColumns, HaveAChineseHeading) {
  AddSomethingForEveryReport();
  for (const Promise& promise : kPromises) {
    const std::string table = Shown(promise.command + " --language zh");
    EXPECT_EQ(table.find("无记录"), std::string::npos) << promise.command;
    const std::string headings = HeadingsOf(table);
    EXPECT_NE(headings, "") << promise.command;
    EXPECT_TRUE(std::none_of(headings.begin(), headings.end(), [](char c) { return c >= 'a' && c <= 'z'; }))
        << headings;
  }
}

TEST_F(ReportColumns, OfStatesAndMarksSayInChineseWhatTheyAreSaidOf) {
  Write("old.jsonl",
        Lines({
            R"({"type":"RoleGranted","id":"r1","date":"2025-01-01","actor":"ann","user":"ann","role":"administrator"})",
            R"({"type":"RoleGranted","id":"r2","date":"2025-01-02","actor":"eva","user":"eva","role":"cfo"})",
        }));
  Print("duebook import --as-imported old.jsonl");
  EXPECT_THAT(Print("duebook roles --language zh"), testing::HasSubstr("给自己授权; 授权人不是管理员"));
  EXPECT_THAT(Print("duebook roles --format csv --language zh"), testing::HasSubstr(",self_approval;missing_role\n"));
  EXPECT_THAT(Print("duebook disputes --language zh"), testing::HasSubstr("处理中"));
  EXPECT_THAT(Print("duebook disputes --format csv --language zh"), testing::HasSubstr(",open,"));
}

TEST_F(ReportColumns, MethodsThatAreFreeTextAreSortedWithTheOthers) {
  Print("duebook record PaymentReceived id=x1 date=2025-03-01 customer=C-1 payment=X-1 amount=1 method=transfer");
  Print("duebook record PaymentReceived id=x2 date=2025-03-02 customer=C-1 payment=X-2 amount=1 method='by mule'");
  EXPECT_THAT(Print("duebook receipts --sort method:desc --columns method --format csv"),
              testing::StartsWith("method\ntransfer\nby mule\n"));
}

TEST_F(ReportColumns, EveryReportIsTried) {
  for (const ReportInfo& report : AllReports()) {
    const bool tried = std::any_of(std::begin(kPromises), std::end(kPromises), [&](const Promise& promise) {
      return promise.command.substr(0, promise.command.find(' ')) == report.name;
    });
    EXPECT_TRUE(tried) << report.name;
  }
}

// By its description; every bucket of the aging has the same one, and so have all attributes of customers.
std::string DescribedName(const ReportInfo& report, const std::string& column) {
  if (Date::Parse(column).has_value()) return "YYYY-MM-DD";
  if (column[0] >= '0' && column[0] <= '9') return std::string(kBucketColumn.name);
  const bool is_described = std::any_of(report.columns.begin(), report.columns.end(),
                                        [&](const ReportColumn& described) { return described.name == column; });
  return is_described || (column != "salesperson" && column != "terms") ? column : std::string(kAttributeColumn.name);
}

std::set<std::string> PromisedColumns(const ReportInfo& report) {
  std::set<std::string> columns;
  for (const Promise& promise : kPromises) {
    if (promise.command.substr(0, promise.command.find(' ')) != report.name) continue;
    std::istringstream list(promise.columns);
    for (std::string column; std::getline(list, column, ',');) columns.insert(DescribedName(report, column));
  }
  return columns;
}

TEST_F(ReportColumns, AreTheOnesThatTheReportDescribes) {
  for (const ReportInfo& report : AllReports()) {
    std::set<std::string> described;
    for (const ReportColumn& column : report.columns) {
      EXPECT_TRUE(described.emplace(column.name).second) << report.name << " has " << column.name << " twice";
      EXPECT_FALSE(column.meaning.empty()) << report.name << " " << column.name;
    }
    described.erase("clock");  // only where a clock was behind
    EXPECT_EQ(described, PromisedColumns(report)) << report.name;
  }
}

TEST_F(ReportColumns, AmountsAreTextsAndCountsNumbers) {
  const auto json = ordered_json::parse(Print("duebook open-items --effective 2025-02-28 --format json"));
  EXPECT_EQ(json["cut"]["effective"], "2025-02-28");
  EXPECT_EQ(json["rows"][0]["open"], "700.00");
  EXPECT_EQ(json["rows"][0]["age"], 19);
  const auto write_offs = ordered_json::parse(Print("duebook write-offs --format json"));
  EXPECT_TRUE(write_offs["rows"][0]["violations"].is_string());
}

TEST_F(ReportColumns, InfoIsOneObjectOfThePromisedFacts) {
  const auto info = ordered_json::parse(Print("duebook info --format json"));
  EXPECT_EQ(info.at("events"), 12);
  EXPECT_EQ(info.at("customers"), 2);
  EXPECT_EQ(info.at("first_date"), "2025-01-01");
  EXPECT_EQ(info.at("last_date"), "2025-02-21");
  EXPECT_EQ(info.at("tree_size"), 12);
  for (const char* name : {"recorded_from", "recorded_to", "root", "format_version", "bytes"}) {
    EXPECT_TRUE(info.contains(name)) << name;
  }
}

TEST_F(ReportColumns, BucketsChosenAreTheColumns) {
  const auto lines = LinesOf(Print("duebook aging --effective 2025-02-28 --buckets 15,45 --format csv"));
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0], "customer,currency,not_due,1-15,16-45,46+,unapplied,disputed,balance,name");
  EXPECT_EQ(lines[1], "C-1,CNY,0.00,0.00,700.00,0.00,-100.00,50.00,600.00,华东贸易");
}

TEST_F(ReportColumns, ByChoosesTheRows) {
  EXPECT_EQ(LinesOf(Print("duebook balance --by salesperson --format csv"))[1],
            "sam,CNY,1080.00,0.00,0.00,300.00,80.00,700.00,100.00,600.00");
  EXPECT_EQ(LinesOf(Print("duebook aging --by currency --effective 2025-02-28 --format csv"))[2],
            "EUR,500.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,0.00,500.00");
  EXPECT_EQ(LinesOf(Print("duebook balance --customer C-2 --format csv")).size(), 2U);
  EXPECT_EQ(LinesOf(Print("duebook balance --customer C-2 --customer C-1 --format csv")).size(), 3U);
}

TEST_F(ReportColumns, ThoseAskedForStandAloneAndInTheirOrder) {
  EXPECT_EQ(Print("duebook balance --format csv --columns balance,customer"),
            "balance,customer\n600.00,C-1\n500.00,C-2\n");
  EXPECT_EQ(Print("duebook events --to-seq 1 --format csv --columns type"), "type\nCustomerOpened\n");
  const auto json = ordered_json::parse(Print("duebook balance --format json --columns currency,open"));
  EXPECT_EQ(KeysOf(json["rows"][0]), "currency,open");
  EXPECT_EQ(KeysOf(json["total"][0]), "currency,open");
  EXPECT_EQ(Run("duebook balance --columns customer,ballance").status, 2);
  EXPECT_THAT(Run("duebook balance --columns customer,").err,
              testing::HasSubstr("there is no column \"\"; there are customer, "));
}

TEST_F(ReportColumns, OfWholeEventsAreNotChosen) {
  const testing::Matcher<std::string> sentence = testing::HasSubstr("--columns seq: jsonl has whole events");
  for (const std::string where : {"--format jsonl", "--output all.jsonl"}) {
    const ShellResult refused = Run("duebook events --columns seq " + where);
    EXPECT_EQ(refused.status, 2) << where;
    EXPECT_THAT(refused.err, sentence);
    EXPECT_EQ(refused.out, "");
  }
  EXPECT_EQ(Print("ls *.jsonl"), "company.jsonl\n");
}

TEST_F(ReportColumns, EventsAreFiltered) {
  const auto count = [&](const std::string& options) {
    return LinesOf(Print("duebook events --format csv " + options)).size() - 1;
  };
  EXPECT_EQ(count("--type InvoiceIssued"), 3U);
  EXPECT_EQ(count("--type InvoiceIssued --type PaymentReceived"), 4U);
  EXPECT_EQ(count("--type InvoiceIssued --customer C-1"), 2U);
  EXPECT_EQ(count("--customer C-2"), 2U);
  EXPECT_EQ(count("--from-seq 3 --to-seq 5"), 3U);
  EXPECT_EQ(count("--from-seq 13"), 0U);
  EXPECT_EQ(count("--effective 2025-01-10"), 4U);
}

TEST_F(ReportColumns, KnownIsASeqATimeOrADay) {
  const std::string before = ordered_json::parse(Print("duebook info --format json"))["recorded_to"];
  Print("duebook record InvoiceIssued id=late date=2025-01-31 customer=C-1 invoice=I-9 amount=1.00");
  const auto known = [&](const std::string& text) {
    return ordered_json::parse(Print("duebook balance --format json --known " + text))["cut"]["known"].get<int>();
  };
  EXPECT_EQ(known("5"), 5);
  EXPECT_EQ(known(before), 12);
  EXPECT_EQ(known("1999-12-31"), 0);
  EXPECT_EQ(known("9998-12-31"), 13);
}

}  // namespace
}  // namespace duebook
