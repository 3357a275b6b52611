#include "tools/commands/format_options.h"

namespace duebook {

void AddFormatOptions(CommandOptions command, FormatOptions* options, const std::vector<std::string>& more) {
  std::vector<std::string> names{"table", "csv", "json", "html"};
  names.insert(names.end(), more.begin(), more.end());
  command.Add("--format", &options->name, "how it is written; html is a page to print").OneOf(names).ShowDefault();
  command.Add("--language", &options->language_name, "of headings, states and sentences (not of names in csv and json)")
      .OneOf({"en", "zh"})
      .ShowDefault();
}

}  // namespace duebook
