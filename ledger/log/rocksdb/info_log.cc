#include "ledger/log/rocksdb/info_log.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>
#include <string>

namespace duebook {

namespace {

class InfoLog : public rocksdb::Logger {
 public:
  InfoLog() : rocksdb::Logger(rocksdb::InfoLogLevel::WARN_LEVEL) {}

  void Logv(const char* format, va_list arguments) override {
    Logv(rocksdb::InfoLogLevel::INFO_LEVEL, format, arguments);
  }

  void Logv(const rocksdb::InfoLogLevel level, const char* format, va_list arguments) override {
    // Headers rank above errors, but are the list of all options.
    if (level < rocksdb::InfoLogLevel::WARN_LEVEL || level == rocksdb::InfoLogLevel::HEADER_LEVEL) return;
    std::array<char, 1024> text{};  // what is longer is cut off
    std::vsnprintf(text.data(), text.size(), format, arguments);
    std::string said = text.data();
    while (said.ends_with('\n')) said.pop_back();
    std::replace(said.begin(), said.end(), '\n', ' ');
    const auto our_level = level == rocksdb::InfoLogLevel::WARN_LEVEL ? spdlog::level::debug : spdlog::level::warn;
    spdlog::log(our_level, "store: {}", said);
  }
};

}  // namespace

std::shared_ptr<rocksdb::Logger> MakeInfoLog() { return std::make_shared<InfoLog>(); }

}  // namespace duebook
