// How a report is written: --format and --language, the same for every command that prints one.

#pragma once

#include <string>
#include <vector>

#include "tools/commands/options.h"
#include "tools/render/render.h"

namespace duebook {

struct FormatOptions {
  std::string name = "table";
  std::string language_name = "en";

  // Of a name that is one of the report formats.
  ReportFormat format() const { return *ReportFormatFromName(name); }
  Language language() const { return language_name == "zh" ? Language::kChinese : Language::kEnglish; }
};

// `more` are formats beside those of every report.
void AddFormatOptions(CommandOptions command, FormatOptions* options, const std::vector<std::string>& more);

}  // namespace duebook
