// What looks wrong in an import though the ledger has no reason to refuse it.
//
// Entries are compared with those before them in the same import, not with what other imports recorded: to ask the
// ledger for each customer's documents would cost more than the import. Memory is bounded: the last million entries,
// and the last million customers with their currencies, are remembered, which takes 80 MB at most. In an import of more
// than that, an entry that stands further apart from its like is not found.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tools/import/pipeline/import_entry.h"
#include "tools/import/pipeline/import_warning.h"
#include "tools/import/pipeline/last_by_hash.h"

namespace duebook {

// Dates are distant that lie so much before or after the day of the import, or more.
inline constexpr int kDistantYearsBefore = 20;
inline constexpr int kDistantYearsAfter = 10;
// An amount is unusual from so many times the largest on that the customer had before in the currency, be it of an
// invoice, a payment, a credit note or a debit note.
inline constexpr int kUnusualTimes = 1000;
// So much is remembered.
inline constexpr size_t kMostRemembered = size_t{1} << 20;

// Not thread-safe.
class ImportWarnings {
 public:
  explicit ImportWarnings(Date today, size_t most_remembered = kMostRemembered);

  // What there is to say of an entry beside those that were noted; most have nothing. `source` is the file it is in.
  std::vector<ImportWarning> Look(const ImportEntry& entry, const std::string& source);
  // Remembers an entry that is recorded, in this line of the source.
  void Note(const ImportEntry& entry, const std::string& source, uint64_t line);

 private:
  struct Seen {
    uint64_t hash;  // the entry's likeness
    uint64_t id;
    uint64_t line;
    size_t source;  // in sources_
  };
  struct Account {
    uint64_t hash;
    Minor largest;
  };

  void LookForLike(const ImportEntry& entry, const std::string& source, std::vector<ImportWarning>* warnings);
  void LookAtDates(const ImportEntry& entry, std::vector<ImportWarning>* warnings) const;
  void LookAtAmount(const ImportEntry& entry, std::vector<ImportWarning>* warnings);

  const Date earliest_, latest_;  // that are not distant
  std::vector<std::string> sources_;
  LastByHash<Seen> entries_;
  LastByHash<Account> accounts_;
};

}  // namespace duebook
