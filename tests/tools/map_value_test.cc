// What maps work out: exact numbers, days added to dates, texts that are changed.

#include "tools/import/map/map_value.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tools/import/map/exact_number.h"
#include "tools/import/map/text_changes.h"

namespace duebook {
namespace {

ExactNumber Number(std::string_view text) { return ExactNumber::Parse(text).value(); }

TEST(ExactNumber, IsWorkedWithExactly) {
  EXPECT_EQ(Number("0.1").Plus(Number("0.2"))->ToString(), "0.3");
  EXPECT_EQ(Number("3").Times(Number("19.99"))->ToString(), "59.97");
  EXPECT_EQ(Number("-2.50").Plus(Number("2.5"))->ToString(), "0");
  EXPECT_EQ(Number("0.125").Times(Number("-0.2"))->ToString(), "-0.025");
  EXPECT_EQ(Number("9223372036854775807").Times(Number("10"))->ToString(), "92233720368547758070");
  EXPECT_EQ(Number("1200").Negative().ToString(), "-1200");
}

TEST(ExactNumber, RoundsAHalfAwayFromZero) {
  EXPECT_EQ(Number("2.345").Rounded(2).ToString(), "2.35");
  EXPECT_EQ(Number("2.344999").Rounded(2).ToString(), "2.34");
  EXPECT_EQ(Number("-2.345").Rounded(2).ToString(), "-2.35");
  EXPECT_EQ(Number("0.5").Rounded(0).ToString(), "1");
  EXPECT_EQ(Number("99.999").Rounded(2).ToString(), "100");
  EXPECT_EQ(Number("1.5").Rounded(2).ToString(), "1.5");
}

TEST(ExactNumber, ThatDoesNotFitIsNone) {
  const ExactNumber large = *Number("9223372036854775807").Times(Number("9223372036854775807"));
  EXPECT_EQ(large.Times(Number("10")), std::nullopt);
  EXPECT_EQ(large.Plus(large)->Plus(large), std::nullopt);
  EXPECT_EQ(ExactNumber::Parse("1e3"), std::nullopt);
}

std::string Operands(std::string_view text) {
  const MapOperands operands = OperandsOf(text);
  std::string all(operands.first);
  for (const auto& [op, operand] : operands.others) {
    all += op == MapValue::Operator::kPlus ? "|+" : op == MapValue::Operator::kMinus ? "|-" : "|*";
    all += operand;
  }
  return all;
}

// What "{...}" names, and the text around it: columns in brackets.
std::string Parsed(std::string_view text) {
  std::vector<std::string> names;
  const auto parsed = MapTemplate::Parse(text, [&](std::string_view name) {
    names.emplace_back(name);
    return names.size() - 1;
  });
  if (!parsed.has_value()) return "no template";
  std::vector<std::string> cells;
  cells.reserve(names.size());
  for (const std::string& name : names) cells.push_back("[" + name + "]");
  std::string written;
  parsed->Write(std::vector<std::string_view>(cells.begin(), cells.end()), &written);
  return written;
}

TEST(MapTemplate, NamesColumnsWithBraces) {
  EXPECT_EQ(Parsed("{A}-{ B }"), "[A]-[B]");
  EXPECT_EQ(Parsed("{Amount {{EUR}}}"), "[Amount {EUR}]");
  EXPECT_EQ(Parsed("{{{A}}}"), "{[A]}");
  EXPECT_EQ(Parsed("{{A}}{{{A {{B}} {{C}}}"), "{A}{[A {B} {C}]");
  for (const char* broken : {"{A", "A}", "{}", "{{{A}}", "{A {{B}}"})
    EXPECT_EQ(Parsed(broken), "no template") << broken;
  for (const std::string name : {"Amount {EUR}", "{A} {B}", "{A}", "A"}) {
    EXPECT_EQ(Parsed(MapTemplate::Naming(name)), "[" + name + "]");
  }
}

TEST(MapOperands, AreCutOutsideOfBracesAndAtSignsBetweenBlanks) {
  EXPECT_EQ(Operands("{A}"), "{A}");
  EXPECT_EQ(Operands("{A} + 30"), "{A}|+30");
  EXPECT_EQ(Operands("{Qty} * {Price} - {Discount}"), "{Qty}|*{Price}|-{Discount}");
  EXPECT_EQ(Operands("{A + B} - {C - D}"), "{A + B}|-{C - D}");
  EXPECT_EQ(Operands("{A {{x}} + B} - {C}"), "{A {{x}} + B}|-{C}");
  EXPECT_EQ(Operands("-{A}{B}"), "-{A}{B}");
  EXPECT_EQ(Operands("{A}+{B}"), "{A}+{B}");
  EXPECT_EQ(Operands(""), "");
}

std::string Changed(const TextChanges& changes, std::string text) {
  changes.Apply(&text);
  return text;
}

TEST(TextChanges, HappenInTheirOrder) {
  TextChanges changes;
  changes.strip_prefix = "No ";
  changes.strip_suffix = ".0";
  changes.replaced = {{"/", "-"}, {" ", ""}};
  changes.trimmed = "#";
  changes.in = TextChanges::Case::kUpper;
  changes.pad_to = 8;
  EXPECT_EQ(Changed(changes, "No #a/ 12#.0"), "0000A-12");
  EXPECT_EQ(Changed(changes, "longer than eight"), "LONGERTHANEIGHT");
  EXPECT_EQ(Changed(changes, ""), "");
  EXPECT_EQ(Changed(changes, "##"), "") << "what becomes empty is not padded";
}

TEST(TextChanges, PadByCharacters) {
  TextChanges changes;
  changes.pad_to = 4;
  changes.pad_with = "x";
  EXPECT_EQ(Changed(changes, "华东"), "xx华东");
}

}  // namespace
}  // namespace duebook
