// The programs themselves: `duebook serve` becomes the one that serves.

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <signal.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/server/http_client.h"
#include "tests/support/running_program.h"
#include "tests/tools/program_fixture.h"

namespace duebook {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

class ServedProgram : public ProgramTest {};

TEST_F(ServedProgram, ServesUntilItIsToldToEnd) {
  MakeSmallCompany();
  RunningProgram server("bash -c 'echo $$; exec duebook --actor mei serve --port 0 2>served.log'", DUEBOOK_PROGRAM,
                        folder_.path());
  const pid_t process = std::stoi(server.ReadLine().value_or("0"));
  ASSERT_GT(process, 0);
  const std::string address = server.ReadLine().value_or("");
  ASSERT_THAT(address, MatchesRegex("http://127\\.0\\.0\\.1:[0-9]+/#code=[2-9A-Z]{4}-[2-9A-Z]{4}"));
  const size_t colon = address.rfind(':');
  const auto port = static_cast<uint16_t>(std::stoi(address.substr(colon + 1)));
  const std::string host = fmt::format("127.0.0.1:{}", port);

  HttpClient client(port);
  const std::string body = fmt::format(R"({{"code":"{}"}})", address.substr(address.find('=') + 1));
  const ReceivedAnswer begun = client.Ask(
      fmt::format("POST /api/v1/session HTTP/1.1\r\nHost: {}\r\nOrigin: http://{}\r\nContent-Type: application/json\r\n"
                  "Content-Length: {}\r\n\r\n{}",
                  host, host, body.size(), body));
  ASSERT_EQ(begun.status, 200) << begun.body;
  EXPECT_EQ(nlohmann::json::parse(begun.body)["user"], "mei");
  const std::string set = HttpClient::Field(begun.head, "Set-Cookie");
  const auto get = [&](const std::string& path) {
    return client
        .Ask(fmt::format("GET /api/v1{} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\n\r\n", path, host,
                         set.substr(0, set.find(';'))))
        .body;
  };
  EXPECT_EQ(get("/reports/aging?effective=2025-03-31"), Print("duebook aging --effective 2025-03-31 --format json"));
  EXPECT_EQ(get("/reports/open-items?effective=2025-03-31&known=8&format=csv"),
            Print("duebook open-items --effective 2025-03-31 --known 8 --format csv"));
  EXPECT_EQ(get("/reports/statement?customer=C-1&format=html"), Print("duebook statement C-1 --format html"));
  EXPECT_EQ(get("/events/3/proof"), Print("duebook prove 3"));

  const ShellResult second = Run("duebook record CustomerOpened customer=C-9 name=Nine date=2025-01-01");
  EXPECT_EQ(second.status, 3);
  EXPECT_THAT(second.err, HasSubstr("another process"));

  ASSERT_EQ(::kill(process, SIGTERM), 0);
  EXPECT_EQ(server.Wait(), 0);
  const std::string log = Read("served.log");
  EXPECT_THAT(log, HasSubstr(R"({"method":"GET","route":"/reports/{name}","status":200,)"));
  EXPECT_THAT(log, Not(HasSubstr("C-1")));
  EXPECT_THAT(Print("duebook verify"), HasSubstr("verified"));
}

TEST_F(ServedProgram, PrintsANewCodeForEachLineThatIsTyped) {
  MakeSmallCompany();
  RunningProgram server("bash -c 'echo | { echo $BASHPID; exec duebook serve --port 0; }'", DUEBOOK_PROGRAM,
                        folder_.path());
  const pid_t process = std::stoi(server.ReadLine().value_or("0"));
  ASSERT_GT(process, 0);
  const std::string first = server.ReadLine().value_or("");
  const std::string second = server.ReadLine().value_or("");
  EXPECT_THAT(second, testing::StartsWith(first.substr(0, first.find('='))));
  EXPECT_NE(second, first);
  ASSERT_EQ(::kill(process, SIGINT), 0);
  EXPECT_EQ(server.Wait(), 0);
}

TEST_F(ServedProgram, IsToldOfALedgerThatCannotBeOpenedAsEveryCommandIs) {
  const ShellResult nothing = Run("duebook --ledger nowhere serve --port 0");
  EXPECT_EQ(nothing.status, 3);
  EXPECT_EQ(nothing.err, Run("duebook --ledger nowhere balance").err);
}

TEST_F(ServedProgram, IsMissedWhereItIsNotInstalled) {
  const ShellResult alone =
      Run("cp $(command -v duebook) ./duebook && PATH=/usr/bin:/bin ./duebook --ledger ledger serve");
  EXPECT_EQ(alone.status, 3);
  EXPECT_THAT(alone.err, HasSubstr("duebook-serve is not installed"));
}

}  // namespace
}  // namespace duebook
