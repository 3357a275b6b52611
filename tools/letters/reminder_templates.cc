#include "tools/letters/reminder_templates.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>

#include "ledger/values/check.h"
#include "ledger/values/files.h"
#include "ledger/values/parse_number.h"
#include "ledger/values/split.h"
#include "ledger/values/text.h"

namespace duebook {

namespace {

constexpr size_t kMostBytes = size_t{1} << 20;
constexpr int kHighestLevel = 99;

// What the name of a template says.
struct NamedTemplate {
  int level;  // 0: any
  Language language;
  bool is_html;
};

// "reminder-4.zh.html", "reminder.en.txt"; nothing if the name is not of this form.
std::optional<NamedTemplate> ReadName(std::string_view name) {
  const std::vector<std::string_view> parts = SplitAt(name, '.');
  if (parts.size() != 3 || (parts[1] != "zh" && parts[1] != "en") || (parts[2] != "txt" && parts[2] != "html")) {
    return std::nullopt;
  }
  NamedTemplate named{0, LanguageOfCode(parts[1]), parts[2] == "html"};
  if (parts[0] == "reminder") return named;
  constexpr std::string_view kPrefix = "reminder-";
  if (!parts[0].starts_with(kPrefix)) return std::nullopt;
  const auto level = ParseNumber<int>(parts[0].substr(kPrefix.size()));
  if (!level.has_value() || *level < 1 || *level > kHighestLevel) return std::nullopt;
  named.level = *level;
  return named;
}

bool IsCalledLikeATemplate(std::string_view name) {
  return name.starts_with("reminder") && (name.ends_with(".txt") || name.ends_with(".html"));
}

}  // namespace

const LetterNames& ReminderNames() {
  static const LetterNames names{{"company", "customer", "name", "address", "contact", "salesperson", "payment_details",
                                  "date", "level", "currency", "total", "credit", "interest", "charge",
                                  "company_address", "company_registration", "company_phone", "company_email", "logo"},
                                 {"invoice", "date", "due", "days", "amount", "open"}};
  return names;
}

Result<ReminderTemplates> ReminderTemplates::Read(const std::string& folder) {
  ReminderTemplates templates;
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    for (const ReminderTone tone : {ReminderTone::kNotice, ReminderTone::kReminder, ReminderTone::kUrgent}) {
      auto built_in = LetterTemplate::Read("built in", BuiltInReminder(language, tone), true, ReminderNames());
      CHECK(built_in.ok());
      templates.built_in_.emplace(std::pair(language, tone), *std::move(built_in));
    }
  }
  if (folder.empty()) return templates;
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("--templates {}: there is no such folder", folder), ""};
  }
  const auto files = FilesIn(folder);
  RETURN_IF_ERROR(files);
  std::vector<std::pair<std::string, std::string>> named;  // name and path
  for (const auto& path : *files) named.emplace_back(path.filename().string(), path.string());
  std::sort(named.begin(), named.end());
  for (const auto& [name, path] : named) {
    if (IsCalledLikeATemplate(name)) RETURN_IF_ERROR(templates.ReadFile(path, name));
  }
  return templates;
}

// Files come in the order of their names, so that the one in HTML comes before the text.
Status ReminderTemplates::ReadFile(const std::string& path, const std::string& name) {
  const auto named = ReadName(name);
  if (!named.has_value()) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("{}: no letter would be made of a file of this name", path),
                 "call it reminder-LEVEL.LANG.html or reminder.LANG.html, with en or zh, or the same with .txt"};
  }
  auto text = ReadSmallFile(path, kMostBytes);
  RETURN_IF_ERROR(text);
  if (!IsValidUtf8(*text)) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("{}: it is not in UTF-8", path), "save it in UTF-8"};
  }
  auto read = LetterTemplate::Read(path, *std::move(text), named->is_html, ReminderNames());
  RETURN_IF_ERROR(read);
  own_.emplace(std::pair(named->level, named->language), *std::move(read));
  return Status();
}

const LetterTemplate& ReminderTemplates::For(int level, Language language, ReminderTone tone) const {
  for (const int each : {level, kAnyLevel}) {
    const auto own = own_.find({each, language});
    if (own != own_.end()) return own->second;
  }
  return built_in_.at({language, tone});
}

}  // namespace duebook
