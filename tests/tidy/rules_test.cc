#include "tests/tidy/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kSetup = "packages=(clang librocksdb-dev libfmt-dev libgtest-dev)";

std::vector<std::string> Breaches(const std::string& path, const std::string& text) {
  return BreachesOf({path, text}, kSetup);
}

TEST(TidyRules, EachRuleFindsItsBreach) {
  struct {
    const char* path;
    std::string text;
    const char* breach;
  } cases[] = {
      {"ledger/a.cc", "#include \"projections/b.h\"\n",
       "ledger/a.cc: includes projections/b.h: the arrows between the folders run the other way"},
      {"ledger/values/a.cc", "#include \"ledger/event/b.h\"\n",
       "ledger/values/a.cc: includes ledger/event/b.h: the arrows between the rooms run the other way"},
      {"ledger/log/a.cc", "#include \"ledger/ledger.h\"\n",
       "ledger/log/a.cc: includes ledger/ledger.h: the arrows between the rooms run the other way"},
      {"tools/import/rows/a.cc", "#include \"tools/import/map/b.h\"\n",
       "tools/import/rows/a.cc: includes tools/import/map/b.h: the arrows between the rooms run the other way"},
      {"projections/a.cc", "#include \"tools/b.h\"\n",
       "projections/a.cc: includes tools/b.h: the arrows between the folders run the other way"},
      {"tools/a.cc", "#include \"tests/b.h\"\n",
       "tools/a.cc: includes tests/b.h: the arrows between the folders run the other way"},
      {"tools/a.cc", "#include <ledger/b.h>\n",
       "tools/a.cc: includes ledger/b.h: a header of our own is included with quotation marks"},
      {"ledger/a.cc", "#include <rocksdb/db.h>\n", "ledger/a.cc: includes rocksdb/db.h: not in this folder"},
      {"ledger/log/framed/a.cc", "#include <rocksdb/db.h>\n",
       "ledger/log/framed/a.cc: includes rocksdb/db.h: not in this folder"},
      {"ledger/log/framed/a.cc", "#include \"ledger/log/rocksdb/b.h\"\n",
       "ledger/log/framed/a.cc: includes ledger/log/rocksdb/b.h: not in this folder"},
      {"tools/a.cc", "#include \"event_generated.h\"\n", "tools/a.cc: includes event_generated.h: not in this folder"},
      {"ledger/a.cc", "#include <iostream>\n", "ledger/a.cc: includes iostream: not in this folder"},
      {"tools/a.cc", "#include <spdlog/spdlog.h>\n",
       "tools/a.cc: includes spdlog/spdlog.h: tools/setup.sh does not install libspdlog-dev"},
      {"tools/a.cc", "#include <boost/any.hpp>\n",
       "tools/a.cc: includes boost/any.hpp: of which package? name it in tests/tidy/rules.cc and tools/setup.sh"},
      {"ledger/a.cc", "int a;\ndouble b;\n", "ledger/a.cc:2: double: money is never floating point"},
      {"projections/a.cc", "std::printf(\"\");", "projections/a.cc:1: printf: printing belongs into tools/"},
      {"ledger/a.cc", "throw 1;", "ledger/a.cc:1: throw: failing functions return a Result"},
      {"tests/a_test.cc", "sleep_for(1);", "tests/a_test.cc:1: sleep_for: tests wait for nothing"},
      {"tests/a_test.cc", "std::random_device();",
       "tests/a_test.cc:1: random_device: a test's chance comes from TestSeed"},
      {"tools/a.cc", "assert(true);", "tools/a.cc:1: assert: CHECK stays on in release builds"},
      {"README.md",
       "TO"
       "DO",
       "README.md:1: TO"
       "DO: finish it"},
      {"tools/a.cc",
       "// FIX"
       "ME\n",
       "tools/a.cc:1: FIX"
       "ME: finish it"},
      {"tests/a.cc",
       "\"/ho"
       "me/me\"",
       "tests/a.cc:1: /ho"
       "me/: a path of one machine"},
      {"ledger/a.h", "int a();\n", "ledger/a.h: no #pragma once"},
      {"tests/data.csv", std::string(200'001, 'x'), "tests/data.csv: larger than 200000 bytes"},
      {"tools/a.cc", std::string(451, '\n'), "tools/a.cc: longer than 450 lines"},
  };
  for (const auto& c : cases) EXPECT_THAT(Breaches(c.path, c.text), ElementsAre(c.breach)) << c.path;
}

TEST(TidyRules, WhatKeepsThemIsLeftAlone) {
  struct {
    const char* path;
    std::string text;
  } cases[] = {
      {"tests/a_test.cc", "#include <gtest/gtest.h>\n#include \"tools/b.h\"\n#include <unistd.h>\n"},
      {"ledger/log/rocksdb/a.cc", "#include <rocksdb/db.h>\n#include \"ledger/log/rocksdb/b.h\"\n"},
      {"ledger/log/framed/a.cc", "#include \"frame_generated.h\"\n"},
      {"ledger/a.cc", "// a double entry\nconst char* b = \"double\"; /* float */ int doubled = 1'000;\n"},
      {"ledger/a.cc", "auto a = R\"(double \" float)\"; auto b = '\"'; auto c = \"\\\"float\";\n"},
      {"tools/a.cc", "double seconds; std::printf(\"\"); static_assert(true);\n"},
      {"tools/a.cc", std::string(450, '\n')},
      {"tests/data.csv", std::string(200'000, 'x')},
      {"ledger/a.h", "#pragma once\n"},
      {"ledger/a.cc", "#include \"ledger/log/b.h\"\n"},
      {"ledger/log/framed/a.cc", "#include \"ledger/log/b.h\"\n#include \"ledger/values/c.h\"\n"},
  };
  for (const auto& c : cases) EXPECT_THAT(Breaches(c.path, c.text), IsEmpty()) << c.path;
}

}  // namespace
}  // namespace duebook
