#include "tests/tidy/rules.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace duebook {

namespace {

using Breaches = std::vector<std::string>;

constexpr size_t kMaxBytes = 200'000;
constexpr size_t kMaxLines = 450;

bool StartsWithAny(std::string_view text, const std::vector<std::string_view>& starts) {
  return std::any_of(starts.begin(), starts.end(), [&](std::string_view start) { return text.starts_with(start); });
}

// A word that does not belong in some files.
struct WordRule {
  std::vector<std::string_view> words;
  std::vector<std::string_view> in;      // paths that start so
  std::vector<std::string_view> but_in;  // save those that start so
  bool in_code;                          // not in comments and literals
  std::string_view reason;
};

// Words in two parts, so that this file keeps the rules itself.
const std::vector<WordRule>& WordRules() {
  static const std::vector<WordRule> rules{
      {{"TO"
        "DO",
        "FIX"
        "ME",
        "XX"
        "X",
        "HA"
        "CK"},
       {""},
       {"LICENSE"},
       false,
       "finish it"},
      {{"/wo"
        "rk/",
        "/ho"
        "me/",
        "/ro"
        "ot/"},
       {""},
       {},
       false,
       "a path of one machine"},
      {{"float", "double"}, {"ledger/", "projections/"}, {}, true, "money is never floating point"},
      {{"printf", "fprintf", "puts", "fputs", "putchar", "cout", "cerr", "clog", "fmt::print"},
       {"ledger/", "projections/"},
       {"ledger/values/check.h"},
       true,
       "printing belongs into tools/"},
      {{"throw"}, {"ledger/", "projections/", "tools/"}, {}, true, "failing functions return a Result"},
      {{"sleep", "usleep", "nanosleep", "sleep_for", "sleep_until"}, {"tests/"}, {}, true, "tests wait for nothing"},
      {{"random_device"}, {"tests/"}, {}, true, "a test's chance comes from TestSeed"},
      {{"DISABLED_"}, {"tests/"}, {"tests/tidy/"}, false, "a test that is not run"},
      {{"assert"}, {"ledger/", "projections/", "tools/"}, {}, true, "CHECK stays on in release builds"},
  };
  return rules;
}

// Headers that only some files may include.
struct HeaderRule {
  std::string_view header;  // starts so
  std::vector<std::string_view> allowed;
};
const std::vector<HeaderRule>& HeaderRules() {
  static const std::vector<HeaderRule> rules{
      {"rocksdb/", {"ledger/log/rocksdb/", "tools/bench/", "tests/"}},
      {"ledger/log/rocksdb/", {"ledger/log/rocksdb/", "ledger/log/event_log.cc", "tests/"}},
      {"event_generated.h", {"ledger/event/", "ledger/command/"}},
      {"event_bfbs_generated.h", {"ledger/event/", "tests/ledger/"}},
      {"event_list_generated.h", {"ledger/events/"}},
      {"frame_generated.h", {"ledger/log/framed/", "tests/"}},
      {"iostream", {"tools/", "tests/"}},
      {"gtest/", {"tests/"}},
      {"gmock/", {"tests/"}},
      {"nlohmann/", {"tests/"}},
      {"benchmark/", {"tools/bench/"}},
      {"boost/asio/", {"tools/server/"}},
      {"boost/beast/", {"tools/server/connection.cc"}},
  };
  return rules;
}

// Which Debian package has the header: those of the C++ library and of POSIX come with the compiler.
struct Package {
  std::string_view header;  // starts so
  std::string_view name;
};
constexpr Package kPackages[] = {
    {"absl/", "libabsl-dev"},
    {"boost/asio/", "libboost-dev"},
    {"boost/beast/", "libboost-dev"},
    {"boost/crc.hpp", "libboost-dev"},
    {"boost/multiprecision/", "libboost-dev"},
    {"boost/sort/", "libboost-dev"},
    {"rocksdb/", "librocksdb-dev"},
    {"flatbuffers/", "libflatbuffers-dev"},
    {"spdlog/", "libspdlog-dev"},
    {"fmt/", "libfmt-dev"},
    {"openssl/", "libssl-dev"},
    {"sodium.h", "libsodium-dev"},
    {"utf8proc.h", "libutf8proc-dev"},
    {"xlsxwriter.h", "libxlsxwriter-dev"},
    {"zip.h", "libzip-dev"},
    {"expat.h", "libexpat1-dev"},
    {"xxhash.h", "libxxhash-dev"},
    {"zstd", "libzstd-dev"},
    {"CLI/", "libcli11-dev"},
    {"simdjson.h", "libsimdjson-dev"},
    {"toml++/", "libtomlplusplus-dev"},
    {"gtest/", "libgtest-dev"},
    {"gmock/", "libgmock-dev"},
    {"rapidcheck", "librapidcheck-dev"},
    {"benchmark/", "libbenchmark-dev"},
    {"nlohmann/", "nlohmann-json3-dev"},
    {"sys/", "clang"},
    {"arpa/", "clang"},
    {"netinet/", "clang"},
    {"unistd.h", "clang"},
    {"fcntl.h", "clang"},
    {"poll.h", "clang"},
    {"spawn.h", "clang"},
    {"pwd.h", "clang"},
    {"stdlib.h", "clang"},
    {"signal.h", "clang"},
    {"iconv.h", "clang"},
    {"termios.h", "clang"},
};

// The arrows between folders: each may include itself and those before it.
constexpr std::string_view kFolders[] = {"schemas", "ledger", "projections", "tools", "tests"};
size_t RankOf(std::string_view folder) {
  return static_cast<size_t>(std::find(std::begin(kFolders), std::end(kFolders), folder) - std::begin(kFolders));
}

// The arrows between the rooms of a folder, likewise; the files of the folder itself come after all of them.
struct Rooms {
  std::string_view folder;
  std::vector<std::string_view> names;
};
const std::vector<Rooms>& AllRooms() {
  static const std::vector<Rooms> rooms{
      {"ledger/", {"values", "event", "proof", "command", "books", "events", "log", "loading"}},
      {"projections/", {"history", "shared", "reports"}},
      {"tools/import/", {"rows", "map", "pipeline", "invoice"}},
  };
  return rooms;
}
ptrdiff_t RankIn(const Rooms& rooms, std::string_view path) {
  path.remove_prefix(rooms.folder.size());
  return std::find(rooms.names.begin(), rooms.names.end(), path.substr(0, path.find('/'))) - rooms.names.begin();
}
bool RunsBetweenRoomsTheOtherWay(std::string_view path, std::string_view included) {
  return std::any_of(AllRooms().begin(), AllRooms().end(), [&](const Rooms& rooms) {
    return path.starts_with(rooms.folder) && included.starts_with(rooms.folder) &&
           RankIn(rooms, included) > RankIn(rooms, path);
  });
}

void CheckWords(const SourceFile& file, const std::string& code, Breaches& breaches) {
  for (const WordRule& rule : WordRules()) {
    if (!StartsWithAny(file.path, rule.in) || StartsWithAny(file.path, rule.but_in)) continue;
    if (rule.in_code && !file.IsCode()) continue;
    const std::string& text = rule.in_code ? code : file.text;
    for (const std::string_view word : rule.words) {
      const size_t place = FindWord(text, word);
      if (place == std::string::npos) continue;
      breaches.push_back(fmt::format("{}:{}: {}: {}", file.path, LineOf(text, place), word, rule.reason));
    }
  }
}

void CheckInclude(const SourceFile& file, const Include& include, const std::string& setup, Breaches& breaches) {
  const auto breach = [&](std::string_view why) {
    breaches.push_back(fmt::format("{}: includes {}: {}", file.path, include.path, why));
  };
  for (const HeaderRule& rule : HeaderRules()) {
    if (include.path.starts_with(rule.header) && !StartsWithAny(file.path, rule.allowed)) breach("not in this folder");
  }
  const std::string_view folder = include.path.substr(0, include.path.find('/'));
  if (RankOf(folder) < std::size(kFolders)) {
    if (!include.quoted) breach("a header of our own is included with quotation marks");
    if (RankOf(folder) > RankOf(file.folder())) breach("the arrows between the folders run the other way");
    if (RunsBetweenRoomsTheOtherWay(file.path, include.path)) breach("the arrows between the rooms run the other way");
    return;
  }
  const bool standard = include.path.find_first_of("./") == std::string_view::npos;
  if (standard || include.path.ends_with("_generated.h")) return;
  const auto* package = std::find_if(std::begin(kPackages), std::end(kPackages),
                                     [&](const Package& known) { return include.path.starts_with(known.header); });
  if (package == std::end(kPackages)) {
    breach("of which package? name it in tests/tidy/rules.cc and tools/setup.sh");
  } else if (FindWord(setup, package->name) == std::string::npos) {
    breach(fmt::format("tools/setup.sh does not install {}", package->name));
  }
}

}  // namespace

Breaches BreachesOf(const SourceFile& file, const std::string& setup) {
  Breaches breaches;
  if (file.text.size() > kMaxBytes) breaches.push_back(fmt::format("{}: larger than {} bytes", file.path, kMaxBytes));
  const std::string code = file.IsCode() ? CodeOf(file.text) : "";
  CheckWords(file, code, breaches);
  if (!file.IsCode()) return breaches;
  if (LineOf(file.text, file.text.size()) > kMaxLines + 1) {
    breaches.push_back(fmt::format("{}: longer than {} lines", file.path, kMaxLines));
  }
  if (file.path.ends_with(".h") && code.find("#pragma once") == std::string::npos) {
    breaches.push_back(file.path + ": no #pragma once");
  }
  for (const Include& include : IncludesOf(file)) CheckInclude(file, include, setup, breaches);
  return breaches;
}

}  // namespace duebook
