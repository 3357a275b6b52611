// The templates of reminders: those of a folder, and those that are built in.

#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ledger/values/result.h"
#include "projections/shared/language.h"
#include "tools/letters/built_in_reminders.h"
#include "tools/letters/letter_template.h"

namespace duebook {

// What templates of reminders may name.
const LetterNames& ReminderNames();

class ReminderTemplates {
 public:
  // Reads every reminder-LEVEL.LANG.html, reminder.LANG.html and the same as .txt of a folder; "" is none. LANG is zh
  // or en. Whichever of them a letter needs, all have to be right. Fails as LetterTemplate::Read does, and with
  // kInvalidArgument where a file is not in UTF-8, or is called like a template and is none of these, or the folder is
  // none; with kUnavailable where it cannot be read.
  static Result<ReminderTemplates> Read(const std::string& folder);

  // Returns the template of the level and language, else that of the language, else the one that is built in; of two
  // that differ in their form alone, the one in HTML.
  const LetterTemplate& For(int level, Language language, ReminderTone tone) const;

 private:
  static constexpr int kAnyLevel = 0;

  ReminderTemplates() = default;
  Status ReadFile(const std::string& path, const std::string& name);

  std::map<std::pair<int, Language>, LetterTemplate> own_;
  std::map<std::pair<Language, ReminderTone>, LetterTemplate> built_in_;
};

}  // namespace duebook
