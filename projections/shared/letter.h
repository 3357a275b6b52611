// What is sent to people outside: a letterhead, whom it goes to, and parts, each a table or lines of text. Nothing in
// it is meant for the company alone: no event, no memo, nobody's name who did or approved something.

#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/values/hash.h"
#include "ledger/values/money.h"
#include "projections/shared/language.h"
#include "projections/shared/report.h"

namespace duebook {

// What a company says of itself. Texts may be "", and may have several lines.
struct Company {
  std::string name, address, registration, bank_details, phone, email;
  std::optional<Hash> logo;          // of a file that the ledger keeps (ledger/log/kept_files.h)
  std::optional<Language> language;  // in which it writes to whoever says none
};

struct LetterPart {
  std::string heading;             // in English, as renderers show it in any language
  std::optional<Report> table;     // its columns, rows and totals
  std::vector<std::string> lines;  // of text, if it is no table
};

struct Letter {
  Company company;
  std::vector<std::string> recipient;                     // name, contact and address, line by line
  std::string title;                                      // likewise as headings
  std::vector<std::pair<std::string, Cell>> particulars;  // what it is about, in order
  std::vector<LetterPart> parts;
  Language language = Language::kEnglish;
  std::optional<Time> recorded_at = {};  // of the last event that it knows of, if there is one
};

// The text line by line, without those that are empty.
std::vector<std::string> LinesOf(const std::string& text);

}  // namespace duebook
