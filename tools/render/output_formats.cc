#include "tools/render/output_formats.h"

#include <algorithm>
#include <filesystem>

#include "ledger/values/ascii.h"
#include "tools/render/render.h"

namespace duebook {

namespace {

template <class Condition>
const OutputFormat* FindFormat(const Condition& condition) {
  const auto found = std::find_if(AllOutputFormats().begin(), AllOutputFormats().end(), condition);
  return found == AllOutputFormats().end() ? nullptr : &*found;
}

}  // namespace

const std::vector<OutputFormat>& AllOutputFormats() {
  static const std::vector<OutputFormat> formats{
      {"table", "", "", RenderTable},
      {"csv", ".csv", "", [](const Report& report, const LedgerIdentity&) { return RenderCsv(report); }},
      {"json", ".json", "", RenderJson},
      {"html", ".html", "a page to print", RenderHtml},
      {"jsonl", ".jsonl", "", nullptr},
  };
  return formats;
}

const OutputFormat* FindOutputFormat(std::string_view name) {
  return FindFormat([&](const OutputFormat& format) { return format.name == name; });
}

const OutputFormat* OutputFormatOfName(std::string_view path) {
  const std::string ending = std::filesystem::path(path).extension().string();
  return FindFormat(
      [&](const OutputFormat& format) { return !ending.empty() && IsSameInAnyCase(ending, format.ending); });
}

}  // namespace duebook
