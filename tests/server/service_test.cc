// Routes, without sockets: what each answers, what it refuses, and what it takes for wrong.

#include "tools/server/service.h"

#include <gmock/gmock.h>

#include "projections/shared/projection.h"
#include "tests/server/served_ledger.h"
#include "tools/commands/report_answer.h"
#include "tools/proof/proof_file.h"
#include "tools/render/render.h"

namespace duebook {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::StartsWith;

class ServiceTest : public testing::Test {
 protected:
  json GetJson(const std::string& path) {
    const HttpResponse response = served_.Get(path);
    EXPECT_EQ(response.status, 200) << path << "\n" << response.body;
    return json::parse(response.body);
  }
  void ExpectProblem(const std::string& path, int status, const std::string& code) {
    const HttpResponse response = served_.Get(path);
    EXPECT_EQ(response.status, status) << path;
    EXPECT_EQ(ProblemCode(response), code) << path << "\n" << response.body;
  }
  ReportRequest Request(std::string_view effective, uint64_t known) {
    ReportRequest request;
    request.log = &served_.log();
    request.cut = {*Date::Parse(effective), known};
    return request;
  }

  ServedSmallLedger served_;
};

class SignedInTest : public ServiceTest {
 protected:
  SignedInTest() { served_.SignIn(); }
};

TEST_F(ServiceTest, ASessionBeginsByTheCodeAndEnds) {
  const std::string code = served_.sign_ins().NewCode();
  const HttpResponse begun = served_.Ask(served_.Changing("POST", "/session", R"({"code":")" + code + R"("})"));
  ASSERT_EQ(begun.status, 200) << begun.body;
  EXPECT_EQ(json::parse(begun.body)["user"], "mei");
  const std::string csrf = json::parse(begun.body)["csrf"];
  const std::string cookie = *begun.Field("Set-Cookie");
  EXPECT_THAT(cookie, StartsWith("duebook="));
  EXPECT_THAT(cookie, HasSubstr("; HttpOnly; SameSite=Strict; Path=/"));

  HttpRequest again = ServedSmallLedger::Request("GET", "/api/v1/session");
  again.fields.emplace_back("cookie", cookie.substr(0, cookie.find(';')));
  EXPECT_EQ(served_.Ask(again).body, begun.body);

  HttpRequest end = served_.Changing("DELETE", "/session");
  end.fields.emplace_back("cookie", cookie.substr(0, cookie.find(';')));
  EXPECT_EQ(ProblemCode(served_.Ask(end)), "csrf");
  end.fields.emplace_back("duebook-csrf", csrf);
  EXPECT_EQ(served_.Ask(end).status, 204);
  EXPECT_EQ(ProblemCode(served_.Ask(again)), "not_signed_in");
}

TEST_F(ServiceTest, ACodeWorksOnceAndTriesAreCounted) {
  const auto sign_in = [&](const std::string& body) {
    return ProblemCode(served_.Ask(served_.Changing("POST", "/session", body)));
  };
  const std::string code = R"({"code":")" + served_.sign_ins().NewCode() + R"("})";
  EXPECT_EQ(sign_in(code), "");
  EXPECT_EQ(sign_in(code), "bad_code");
  EXPECT_EQ(sign_in(R"({"code":""})"), "bad_code");
  EXPECT_EQ(sign_in("{}"), "bad_request");
  EXPECT_EQ(sign_in(R"({"code":1})"), "bad_request");
  EXPECT_EQ(sign_in("[[[["), "bad_request");
  for (int i = 6; i < 10; i++) EXPECT_EQ(sign_in(code), "bad_code");
  const std::string right = R"({"code":")" + served_.sign_ins().NewCode() + R"("})";
  EXPECT_EQ(sign_in(right), "too_many") << "the eleventh";
  served_.Pass(std::chrono::seconds(60));
  EXPECT_EQ(sign_in(right), "");
}

TEST_F(ServiceTest, WithoutASessionOnlyHealthAndThePageAnswer) {
  for (const Route& route : AllRoutes()) {
    std::string path(route.pattern);
    for (size_t at; (at = path.find('{')) != std::string::npos;) path.replace(at, path.find('}') - at + 1, "1");
    const HttpResponse response = served_.Ask(served_.Changing(std::string(route.method), path));
    EXPECT_EQ(ProblemCode(response) == "not_signed_in", route.who == Route::Who::kSignedIn) << route.pattern;
  }
  EXPECT_EQ(served_.Get("/health/live").body, "{\"status\":\"ok\"}\n");
  const HttpResponse page = served_.Ask(ServedSmallLedger::Request("GET", "/aging?effective=2025-12-31"));
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(*page.Field("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(page.body, served_.Ask(ServedSmallLedger::Request("GET", "/")).body);
  EXPECT_EQ(ProblemCode(served_.Ask(ServedSmallLedger::Request("PUT", "/"))), "bad_method");
}

TEST_F(SignedInTest, WhatIsNotThereIsSaidSo) {
  ExpectProblem("/nothing", 404, "not_found");
  ExpectProblem("", 404, "not_found");
  ExpectProblem("/reports/balanse", 404, "not_found");
  ExpectProblem("/events/99", 404, "not_found");
  ExpectProblem("/events/one", 400, "bad_parameter");
  EXPECT_EQ(served_.Ask(ServedSmallLedger::Request("GET", "/api/v2/ledger")).status, 404);
  const HttpResponse response = served_.Ask(served_.Changing("DELETE", "/ledger"));
  EXPECT_EQ(ProblemCode(response), "bad_method");
  EXPECT_EQ(*response.Field("Allow"), "GET");
}

TEST_F(SignedInTest, OtherOriginsAreRefused) {
  const auto asked_by = [&](std::string method, const std::string& field, const std::string& value) {
    HttpRequest request = ServedSmallLedger::Request(std::move(method), "/api/v1/session");
    if (!field.empty()) request.fields.emplace_back(field, value);
    return ProblemCode(served_.Ask(request));
  };
  EXPECT_EQ(asked_by("GET", "", ""), "");
  EXPECT_EQ(asked_by("GET", "sec-fetch-site", "none"), "");
  EXPECT_EQ(asked_by("GET", "sec-fetch-site", "same-site"), "other_origin");
  EXPECT_EQ(asked_by("DELETE", "sec-fetch-site", "none"), "other_origin");
  EXPECT_EQ(asked_by("DELETE", "origin", "http://127.0.0.1:1"), "other_origin");
  EXPECT_EQ(asked_by("DELETE", "origin", "null"), "other_origin");
  EXPECT_EQ(asked_by("DELETE", "", ""), "other_origin");
  EXPECT_EQ(asked_by("DELETE", "origin", "http://127.0.0.1:8470"), "csrf");
}

TEST_F(SignedInTest, ASessionEndsWhenItIsIdleOrOld) {
  served_.Pass(std::chrono::minutes(29));
  EXPECT_EQ(served_.Get("/session").status, 200);
  served_.Pass(std::chrono::minutes(30));
  ExpectProblem("/session", 401, "not_signed_in");
  served_.SignIn();
  for (int i = 0; i < 12 * 3 - 1; i++) {
    served_.Pass(std::chrono::minutes(20));
    EXPECT_EQ(served_.Get("/session").status, 200) << i;
  }
  served_.Pass(std::chrono::minutes(20));
  ExpectProblem("/session", 401, "not_signed_in");
}

TEST_F(SignedInTest, ASessionAsksSoOftenInAMinute) {
  served_.limits().requests_a_minute = 3;
  for (int i = 0; i < 3; i++) EXPECT_EQ(served_.Get("/session").status, 200);
  const HttpResponse response = served_.Get("/session");
  EXPECT_EQ(ProblemCode(response), "too_many");
  EXPECT_EQ(*response.Field("Retry-After"), "60");
  served_.Pass(std::chrono::seconds(60));
  EXPECT_EQ(served_.Get("/session").status, 200);
}

TEST_F(SignedInTest, TheLedgerTellsWhatItHolds) {
  const json ledger = GetJson("/ledger");
  EXPECT_EQ(ledger["company"], "Acme");
  EXPECT_EQ(ledger["currency"], "CNY");
  EXPECT_EQ(ledger["events"], 7);
  EXPECT_EQ(ledger["first_date"], "2025-01-01");
  EXPECT_EQ(ledger["last_date"], "2025-06-30");
  EXPECT_EQ(ledger["closings"], json::parse(R"([{"seq":7,"through":"2025-01-31"}])"));
  EXPECT_EQ(ledger["checkpoints"], json::parse(R"([{"size":7}])"));
}

TEST_F(SignedInTest, EveryReportIsListedAndAnswers) {
  const json reports = GetJson("/reports");
  ASSERT_EQ(reports.size(), AllReports().size());
  for (const json& report : reports) {
    std::string path = "/reports/" + std::string(report["name"]) + "?effective=2025-06-30";
    for (const json& parameter : report["parameters"]) {
      if (parameter["form"] == "subject") path += "&" + std::string(parameter["name"]) + "=C-1";
    }
    if (report["compares_cuts"]) path += "&known=3&known=6";
    EXPECT_EQ(GetJson(path)["report"], report["name"]);
  }
}

TEST_F(SignedInTest, ReportsAreTheBytesOfTheCommandLine) {
  const LedgerIdentity& ledger = served_.log().identity();
  for (const std::string_view name : {"balance", "aging", "open-items", "trail"}) {
    const ReportInfo& info = *FindReport(name);
    ReportRequest request = Request("2025-03-31", 5);
    request.subject = "C-1";
    const auto report = RunReport(info, request);
    ASSERT_TRUE(report.ok()) << report.error().sentence;
    const std::string path =
        fmt::format("/reports/{}?effective=2025-03-31&known=5{}", name, name == "trail" ? "&id=C-1" : "");
    EXPECT_EQ(served_.Get(path).body, RenderJson(*report, ledger));
    EXPECT_EQ(served_.Get(path + "&format=csv").body, RenderCsv(*report));
    EXPECT_EQ(served_.Get(path + "&spreadsheet=1").body, RenderSpreadsheet(*report));
    const auto page = RenderAs(*FindOutputFormat("html"), {}, *report, ledger);
    EXPECT_EQ(served_.Get(path + "&format=html").body, *page);
  }
}

TEST_F(SignedInTest, AcceptChoosesTheFormat) {
  const auto type_of = [&](const std::string& accept) {
    HttpRequest request = ServedSmallLedger::Request("GET", "/api/v1/reports/balance");
    request.fields.emplace_back("accept", accept);
    return *served_.Ask(request).Field("Content-Type");
  };
  EXPECT_EQ(type_of("*/*"), "application/json");
  EXPECT_EQ(type_of("text/csv"), "text/csv; charset=utf-8");
  EXPECT_EQ(type_of("text/html,application/xhtml+xml,*/*;q=0.8"), "text/html; charset=utf-8");
  EXPECT_EQ(type_of("image/png"), "application/json");
}

TEST_F(SignedInTest, ACustomersStatementIsItsLetterWherePeopleReadIt) {
  const std::string path = "/reports/statement?customer=C-1&to=2025-01-31&format=html";
  EXPECT_THAT(served_.Get(path).body, HasSubstr("C-1"));
  EXPECT_NE(served_.Get(path).body, served_.Get(path + "&internal=1").body);
}

TEST_F(SignedInTest, AnAddressWithBothSidesOfTheCutAnswersTheSameForever) {
  for (const std::string path :
       {"/reports/aging?by=currency", "/reports/statement?customer=C-1&to=2025-01-31",
        "/reports/shipments?to=2025-01-31", "/reports/explain?known=3", "/reports/trail?id=C-1&language=zh",
        "/reports/balance?known=close:2025-01-31", "/reports/open-items?where=open%3E5&sort=open&limit=1&offset=1",
        "/reports/aging?effective=month-end"}) {
    const HttpResponse asked = served_.Get(path);
    ASSERT_EQ(asked.status, 200) << path << asked.body;
    const std::string pinned = *asked.Field("Content-Location");
    EXPECT_THAT(pinned, HasSubstr("effective="));
    EXPECT_THAT(pinned, HasSubstr("known="));
    const HttpResponse again = served_.Ask(ServedSmallLedger::Request("GET", pinned));
    EXPECT_EQ(again.body, asked.body) << pinned;
    EXPECT_EQ(*again.Field("Content-Location"), pinned);
    EXPECT_EQ(*again.Field("ETag"), *asked.Field("ETag"));
  }
  const std::string pinned = *served_.Get("/reports/aging").Field("Content-Location");
  const std::string before = served_.Ask(ServedSmallLedger::Request("GET", pinned)).body;
  served_.RecordOneMore();
  EXPECT_EQ(served_.Ask(ServedSmallLedger::Request("GET", pinned)).body, before);
}

TEST_F(SignedInTest, AnAnswerThatIsKeptIsNotMadeAgain) {
  const HttpResponse first = served_.Get("/reports/aging?effective=2025-03-31");
  HttpRequest request = ServedSmallLedger::Request("GET", *first.Field("Content-Location"));
  request.fields.emplace_back("if-none-match", "\"other\", " + *first.Field("ETag"));
  const HttpResponse again = served_.Ask(request);
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(*again.Field("ETag"), *first.Field("ETag"));
  EXPECT_EQ(*first.Field("Duebook-Seq"), "7");
  EXPECT_NE(*served_.Get("/reports/aging?effective=2025-03-31&known=5").Field("ETag"), *first.Field("ETag"));
  EXPECT_NE(*served_.Get("/reports/aging?effective=2025-03-31&format=csv").Field("ETag"), *first.Field("ETag"));
}

TEST_F(SignedInTest, RowsArePaged) {
  const json all = GetJson("/reports/open-items?effective=2025-03-31");
  const json page = GetJson("/reports/open-items?effective=2025-03-31&limit=1&offset=1");
  ASSERT_EQ(all["rows"].size(), 2U);
  EXPECT_EQ(page["rows"].size(), 1U);
  EXPECT_EQ(page["rows"][0], all["rows"][1]);
  EXPECT_EQ(page["rows_total"], 2);
  EXPECT_EQ(page["total"], all["total"]);
  EXPECT_FALSE(all.contains("rows_total"));
  EXPECT_EQ(GetJson("/reports/open-items?effective=2025-03-31&offset=9")["rows"].size(), 0U);
}

// In minor units, as curves have them.
std::string Minor(std::string amount) {
  amount.erase(amount.find('.'), 1);
  const size_t first = amount.find_first_not_of("-0");
  if (first == std::string::npos) return "0";
  return (amount[0] == '-' ? "-" : "") + amount.substr(first);
}

TEST_F(SignedInTest, ACurveHasTheAgingOfEachOfItsDays) {
  const json curve = GetJson("/aging/curve?axis=effective&known=5&from=2025-01-01&to=2025-03-05&buckets=30,60");
  EXPECT_EQ(curve["first"], "2025-01-01");
  EXPECT_EQ(curve["known"], 5);
  EXPECT_EQ(curve["decimals"], 2);
  EXPECT_EQ(curve["steps"], 64);
  EXPECT_EQ(curve["figures"].size(), 7U);
  Date day = *Date::Parse("2025-01-01");
  for (size_t step = 0; step < 64; step++, day = day.AddDays(1)) {
    const json aging =
        GetJson(fmt::format("/reports/aging?by=currency&buckets=30,60&known=5&effective={}", day.ToString()));
    for (const std::string figure : curve["figures"]) {
      const std::string expected = aging["rows"].empty() ? "0" : Minor(aging["rows"][0][figure]);
      EXPECT_EQ(curve["values"][figure][step], expected) << figure << " " << day.ToString();
    }
  }
}

TEST_F(SignedInTest, ACurveHasTheAgingAsKnownAtEachOfItsEvents) {
  const json curve = GetJson("/aging/curve?axis=known&effective=2025-03-31&steps=3");
  EXPECT_EQ(curve["seqs"], json::parse("[2,4,7]"));
  EXPECT_EQ(curve["effective"], "2025-03-31");
  for (size_t step = 0; step < 3; step++) {
    const uint64_t known = curve["seqs"][step];
    const json aging = GetJson(fmt::format("/reports/aging?by=currency&effective=2025-03-31&known={}", known));
    const std::string expected = aging["rows"].empty() ? "0" : Minor(aging["rows"][0]["balance"]);
    EXPECT_EQ(curve["values"]["balance"][step], expected) << known;
  }
  EXPECT_EQ(GetJson("/aging/curve?axis=known&effective=2025-03-31&currency=EUR")["values"]["balance"][6], "0");
  EXPECT_EQ(GetJson("/aging/curve?axis=known&known=0&effective=2025-03-31")["seqs"], json::parse("[0]"));
}

TEST_F(SignedInTest, ACurveIsKeptAndHasItsLimits) {
  for (const std::string path : {"/aging/curve?axis=effective", "/aging/curve?axis=known&basis=invoice&buckets=7,14"}) {
    const HttpResponse first = served_.Get(path);
    ASSERT_EQ(first.status, 200) << first.body;
    HttpRequest request = ServedSmallLedger::Request("GET", *first.Field("Content-Location"));
    EXPECT_EQ(served_.Ask(request).body, first.body);
    request.fields.emplace_back("if-none-match", *first.Field("ETag"));
    EXPECT_EQ(served_.Ask(request).status, 304);
  }
  EXPECT_EQ(served_.Get("/aging/curve?axis=effective&from=2000-01-01&to=2010-12-13").status, 200);
  ExpectProblem("/aging/curve?axis=effective&from=2000-01-01&to=2010-12-14", 400, "too_many_steps");
  ExpectProblem("/aging/curve?axis=effective&from=0001-01-01&to=9999-12-31", 400, "too_many_steps");
  ExpectProblem("/aging/curve?axis=effective&from=2025-02-01&to=2025-01-31", 400, "bad_parameter");
  ExpectProblem("/aging/curve?axis=known&steps=x", 400, "bad_parameter");
  ExpectProblem("/aging/curve?axis=known&currency=XXQ", 400, "bad_parameter");
  ExpectProblem("/aging/curve?axis=known&buckets=3,2", 400, "bad_parameter");
  ExpectProblem("/aging/curve?axis=known&by=customer", 400, "bad_parameter");
  ExpectProblem("/aging/curve", 400, "bad_parameter");
}

TEST_F(SignedInTest, WrongParametersAreNamed) {
  for (const std::string path :
       {"aging?foo=1", "aging?effective=", "aging?effective=2025-02-30",
        "aging?effective=2025-01-01&effective=2025-01-02", "aging?known=soon", "aging?buckets=x",
        "aging?by=customer&by=currency", "aging?limit=x", "aging?limit=1&format=csv", "aging?format=pdf",
        "aging?language=de", "aging?plain=yes", "aging?columns=nothing", "statement", "explain", "interest?minimum=5",
        "balance?spreadsheet=1&format=json"}) {
    ExpectProblem("/reports/" + path, 400, "bad_parameter");
  }
  ExpectProblem("/reports/balance?customer=C-9", 404, "not_found");
  ExpectProblem("/reports/aging?known=close:2024-12-31", 404, "not_found");
  EXPECT_THAT(served_.Get("/reports/aging?known=soon").body, HasSubstr(R"("detail":"known soon is neither)"));
  ExpectProblem("/reports/aging?by=%zz", 400, "bad_request");
  ExpectProblem("/reports/aging?by=%0d%0aX:1", 400, "bad_request");
  ExpectProblem("/reports/aging?by=%ff", 400, "bad_request");
}

TEST_F(SignedInTest, AnEventTellsItselfAndItsLeaf) {
  const json event = GetJson("/events/3");
  EXPECT_EQ(event["seq"], 3);
  EXPECT_EQ(event["type"], "InvoiceIssued");
  EXPECT_EQ(event["date"], "2025-01-02");
  EXPECT_EQ(event["customer"], "C-1");
  EXPECT_THAT(std::string(event["sentence"]["en"]), HasSubstr("I1"));
  EXPECT_NE(event["sentence"]["zh"], event["sentence"]["en"]);
  EXPECT_EQ(event["fields"]["amount"], "1000.00");
  EXPECT_EQ(event["leaf"], ToHex(LeafHash(served_.log().Get(3)->view().bytes())));
}

TEST_F(SignedInTest, AProofIsTheBytesThatTheCommandWrites) {
  const auto key = served_.session().ReadKey(served_.log());
  ASSERT_TRUE(key.ok());
  const auto proof = MakeProofFile(served_.log(), {3}, *key);
  const HttpResponse response = served_.Get("/events/3/proof");
  EXPECT_EQ(response.body, *proof);
  EXPECT_THAT(*response.Field("Content-Disposition"), HasSubstr("3.proof.json"));
}

TEST_F(SignedInTest, WhatIsRecordedIsInTheNextAnswer) {
  const std::string before = served_.Get("/reports/balance?effective=2025-03-31").body;
  EXPECT_EQ(served_.Get("/seq?after=7&wait=0").status, 204);
  uint64_t told = 0;
  served_.ledger().OnNewer([&](uint64_t newest) { told = newest; });
  served_.RecordOneMore();
  EXPECT_EQ(told, 8U);
  EXPECT_EQ(served_.Get("/seq?after=7").body, "{\"seq\":8}\n");
  const HttpResponse after = served_.Get("/reports/balance?effective=2025-03-31");
  EXPECT_NE(after.body, before);
  EXPECT_EQ(*after.Field("Duebook-Seq"), "8");
  EXPECT_EQ(served_.Get("/reports/balance?effective=2025-03-31&known=7").body, before);
  ExpectProblem("/seq?after=x", 400, "bad_parameter");
}

TEST_F(SignedInTest, EveryAnswerTellsBrowsersWhatThePageMayDo) {
  HttpResponse response = served_.Get("/session");
  Service::Finish("r7", &response);
  EXPECT_EQ(*response.Field("Cache-Control"), "no-store");
  EXPECT_EQ(*response.Field("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(*response.Field("Duebook-Request"), "r7");
  EXPECT_THAT(*response.Field("Content-Security-Policy"), StartsWith("default-src 'none'; script-src 'self'"));
  HttpResponse page = served_.Get("/reports/balance?format=html");
  Service::Finish("r8", &page);
  EXPECT_THAT(*page.Field("Content-Security-Policy"), StartsWith("default-src 'none'; style-src 'unsafe-inline'"));
}

TEST_F(SignedInTest, OnlyJsonIsTakenForABody) {
  HttpRequest request = served_.Changing("POST", "/session", "{}");
  for (auto& [name, value] : request.fields) {
    if (name == "content-type") value = "text/plain";
  }
  EXPECT_EQ(ProblemCode(served_.Ask(request)), "bad_type");
}

}  // namespace
}  // namespace duebook
