#include "tools/commands/process_limits.h"

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <exception>
#include <new>
#include <string_view>
#include <system_error>

#include "tools/commands/command_line.h"

namespace duebook {

namespace {

[[noreturn]] void End(std::string_view said) {
  const ssize_t ignored = ::write(STDERR_FILENO, said.data(), said.size());
  static_cast<void>(ignored);
  ::_exit(kStoreUnusable);
}

void OnNoMemory() {
  End("duebook: the process gets no more memory; what was acknowledged is recorded; allow it more (`ulimit -v`)\n");
}

// Columns that are kept beside the log are mapped; a page of them may be gone when it is read.
void OnLostPage(int /*signal*/) {
  End("duebook: a file of the ledger became shorter while it was read, or its disk fails; what was acknowledged is "
      "recorded; `duebook verify` tells what is damaged, and `duebook rebuild` makes anew what is derived\n");
}

// Threads of the store are started where no error can be returned.
void OnTerminate() {
  try {
    if (std::current_exception() != nullptr) std::rethrow_exception(std::current_exception());
  } catch (const std::system_error& failure) {
    if (failure.code() == std::errc::resource_unavailable_try_again) {
      End("duebook: the process gets no more threads; what was acknowledged is recorded; allow it more memory "
          "(`ulimit -v`) or processes (`ulimit -u`)\n");
    }
  } catch (...) {
  }
  std::abort();
}

}  // namespace

void PrepareForLimits() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max) {
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);  // if not, with those there are
  }
  struct sigaction lost_page {};
  lost_page.sa_handler = OnLostPage;
  ::sigaction(SIGBUS, &lost_page, nullptr);
  std::set_new_handler(OnNoMemory);
  std::set_terminate(OnTerminate);
}

}  // namespace duebook
