#include "tests/schemas/evolution.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

namespace duebook {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const fs::path kSchemas = fs::path(DUEBOOK_SOURCE_DIR) / "schemas";

// A schema as it might have been released: one of each thing that can change.
constexpr std::string_view kReleased = R"(
namespace sample;
attribute "customer";
attribute "introduces";
struct Amount { minor: long; }
table Paid (customer: "required") {
  payment: string (required, introduces: "payment");
  amount: Amount (required);
  method: string;
  months: int = 12;
}
table Noted { text: string; }
union Body { Paid = 1, Noted = 2 }
table Event { seq: ulong; body: Body (required); }
root_type Event;
)";

class SchemaEvolution : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "duebook-schemas-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    scratch_ = pattern;
  }
  void TearDown() override { fs::remove_all(scratch_); }

  fs::path Write(const std::string& folder, std::string_view text) {
    fs::create_directories(scratch_ / folder);
    std::ofstream(scratch_ / folder / "sample.fbs") << text;
    return scratch_ / folder / "sample.fbs";
  }

  // What speaks against replacing `from` by `to` in kReleased.
  std::string BreakOfChange(std::string_view from, std::string_view to) {
    std::string changed(kReleased);
    const size_t place = changed.find(from);
    EXPECT_NE(place, std::string::npos) << from;
    changed.replace(place, from.size(), to);
    return BreakOfEvolution(Write("released", kReleased), Write("current", changed), scratch_);
  }

  fs::path scratch_;
};

TEST_F(SchemaEvolution, SchemasConformToTheLastReleasedOnes) {
  int compared = 0;
  for (const auto& entry : fs::directory_iterator(kSchemas / "released")) {
    EXPECT_EQ(BreakOfEvolution(entry.path(), kSchemas / entry.path().filename(), scratch_), "") << entry.path();
    compared++;
  }
  EXPECT_GE(compared, 2);
  for (const auto& entry : fs::directory_iterator(kSchemas)) {
    if (entry.path().extension() != ".fbs") continue;
    EXPECT_TRUE(fs::exists(kSchemas / "released" / entry.path().filename())) << entry.path() << " was never released";
  }
}

TEST_F(SchemaEvolution, GrowingIsAllowed) {
  struct {
    std::string_view from;
    std::string_view to;
  } cases[] = {
      {"", ""},
      {"months: int = 12;", "months: int = 12;\n  channel: string;"},
      {"table Noted", "table Sent { text: string; }\ntable Noted"},
      {"Noted = 2 }", "Noted = 2, Sent = 3 }\ntable Sent { text: string; }"},
      {"method: string;", "method: string;  // bank or cash"},
      {"method: string;", "method: string (deprecated);"},
  };
  for (const auto& c : cases) EXPECT_EQ(BreakOfChange(c.from, c.to), "") << c.to;
}

TEST_F(SchemaEvolution, WhatStoredEventsRestOnIsFrozen) {
  struct {
    std::string_view from;
    std::string_view to;
    std::string_view reason;
  } cases[] = {
      {"  method: string;\n", "", "flatc --conform"},
      {"  months: int = 12;\n", "", "Paid.months is gone"},
      {"method: string;", "channel: string;\n  method: string;", "flatc --conform"},
      {"method: string;", "channel: string;", "Paid.method is gone"},
      {"method: string;", "method: string (required);", "Paid.method is required"},
      {"months: int = 12;", "months: int = 12;\n  channel: string (required);", "Paid.channel is required"},
      {"months: int = 12", "months: long = 12", "flatc --conform"},
      {"months: int = 12", "months: int = 6", "flatc --conform"},
      {"minor: long;", "minor: int;", "flatc --conform"},
      {"minor: long;", "minor: long; scale: long;", "Amount has another size"},
      {"Noted = 2", "Noted = 3", "flatc --conform"},
      {", Noted = 2", "", "number 2"},
      {"Paid = 1, Noted = 2", "Noted = 1, Paid = 2", "flatc --conform"},
      {"introduces: \"payment\"", "introduces: \"refund\"", "Paid.payment has another attribute introduces"},
      {"customer: \"required\"", "customer: \"optional\"", "Paid has another attribute customer"},
      {"root_type Event;", "root_type Nothing;", "flatc --conform"},
  };
  for (const auto& c : cases) EXPECT_THAT(BreakOfChange(c.from, c.to), HasSubstr(std::string(c.reason))) << c.to;
}

}  // namespace
}  // namespace duebook
