#include "tools/commands/terminal_source.h"

#include <fmt/core.h>
#include <openssl/rand.h>
#include <pwd.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <array>
#include <fstream>

#include "ledger/values/check.h"
#include "ledger/values/hash.h"
#include "ledger/values/source.h"
#include "ledger/values/text.h"

namespace duebook {

namespace {

uid_t LoginUser() {
  constexpr uid_t kNobody = static_cast<uid_t>(-1);  // of a process that no login began
  uid_t user = kNobody;
  std::ifstream kept_by_audit("/proc/self/loginuid");
  return kept_by_audit >> user && user != kNobody ? user : ::getuid();
}

// A user whom the machine has no name for is called by the number.
std::string NameOf(uid_t user) {
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 16384> texts{};
  const int failed = ::getpwuid_r(user, &entry, texts.data(), texts.size(), &found);
  return failed == 0 && found != nullptr ? found->pw_name : fmt::format("uid{}", user);
}

}  // namespace

std::string LoginName() { return Printable(NameOf(LoginUser())); }

std::string TerminalSource() {
  utsname machine{};
  CHECK(::uname(&machine) == 0);
  return Printable(fmt::format("{}{}@{}", kTerminalSource, NameOf(LoginUser()), machine.nodename));
}

std::string RandomTerminalId() {
  constexpr size_t kDigits = 24;
  Hash random{};
  CHECK(RAND_bytes(random.data(), static_cast<int>(random.size())) == 1);
  return "terminal-" + ToHex(random).substr(0, kDigits);
}

}  // namespace duebook
