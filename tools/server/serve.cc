#include "tools/server/serve.h"

#include <fmt/core.h>

#include <csignal>
#include <cstdio>
#include <mutex>

#include "ledger/values/hash.h"
#include "tools/commands/output.h"
#include "tools/commands/terminal_source.h"
#include "tools/server/build_name.h"
#include "tools/server/http_server.h"
#include "tools/server/input_lines.h"
#include "tools/server/request_log.h"
#include "tools/server/service.h"
#include "tools/server/sign_in.h"
#include "tools/server/warm_ledger.h"

namespace duebook {

namespace {

// What the page takes the code from; a browser does not send this part of the address.
void PrintAddress(uint16_t port, const std::string& code) {
  fmt::print("http://127.0.0.1:{}/#code={}\n", port, code);
  std::fflush(stdout);
}

void LogRequest(const AnsweredRequest& request) {
  const std::string line = RequestLine(request);
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace

int Serve(const Session& session, int port) {
  auto opened = session.OpenForWriting();
  if (!opened.ok()) return ComplainAboutStore(opened.error());
  const auto ledger = WarmLedger::Make(std::move(*opened));
  if (!ledger.ok()) return ComplainAboutStore(ledger.error());
  const ServerLimits limits;
  SignIns sign_ins(session.actor.empty() ? LoginName() : session.actor, limits, std::chrono::steady_clock::now);
  const ServedLedger served{**ledger, session, limits, sign_ins, BuildName()};
  const Service service(served);
  HttpServer server(service, limits, LogRequest);
  const auto listening = server.Listen(static_cast<uint16_t>(port));
  if (!listening.ok()) return Complain(listening.error(), kRefused);
  (*ledger)->OnNewer([&server](uint64_t newest) { server.TellNewest(newest); });
  PrintAddress(*listening, sign_ins.NewCode());
  const InputLines lines([&] { server.Post([&] { PrintAddress(*listening, sign_ins.NewCode()); }); });
  server.Run({SIGINT, SIGTERM});
  return kDone;
}

}  // namespace duebook
