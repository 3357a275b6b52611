// The table of output formats.

#include "tools/render/output_formats.h"

#include <gtest/gtest.h>

namespace duebook {
namespace {

TEST(OutputFormats, AreFoundByTheirNames) {
  for (const OutputFormat& format : AllOutputFormats()) EXPECT_EQ(FindOutputFormat(format.name), &format);
  EXPECT_EQ(FindOutputFormat("xml"), nullptr);
  EXPECT_EQ(FindOutputFormat(""), nullptr);
}

TEST(OutputFormats, AreToldByTheEndingsOfFiles) {
  const auto name_of = [](const char* path) {
    const OutputFormat* format = OutputFormatOfName(path);
    return format == nullptr ? "" : std::string(format->name);
  };
  EXPECT_EQ(name_of("a.csv"), "csv");
  EXPECT_EQ(name_of("year.2025/A.JSON"), "json");
  EXPECT_EQ(name_of("a.jsonl"), "jsonl");
  EXPECT_EQ(name_of("a.html"), "html");
  EXPECT_EQ(name_of("a.xlsx"), "xlsx");
  for (const char* none : {"", "csv", ".csv", "folder/.csv", "a.csv/b", "a.", "a.table"}) EXPECT_EQ(name_of(none), "");
}

}  // namespace
}  // namespace duebook
