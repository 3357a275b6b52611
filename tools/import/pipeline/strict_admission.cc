#include "tools/import/pipeline/strict_admission.h"

#include <iterator>
#include <optional>
#include <utility>

namespace duebook {

namespace {

// Refuses the command for what was found; nothing if its id is known. A rejection that names an id is answered by the
// ledger as a conflict then.
Result<std::optional<Outcome>> RefuseNew(const MadeCommand& command, const ImportWarning& found, const Admit& admit) {
  const std::string id(std::get<Command>(command).event().id());
  auto outcome = admit(Rejection{RejectionCode::kBadField, found.sentence, found.field, id});
  RETURN_IF_ERROR(outcome);
  const auto& rejection = std::get<Rejection>(*outcome);
  if (rejection.code == RejectionCode::kIdConflict) return std::optional<Outcome>();
  return std::optional<Outcome>(rejection);
}

}  // namespace

Result<std::vector<Outcome>> AdmitAll(ImportBatch* batch, const Admit& admit) {
  std::vector<Outcome> outcomes;
  for (MadeCommand& command : batch->commands) {
    auto outcome = admit(std::move(command));
    RETURN_IF_ERROR(outcome);
    outcomes.push_back(std::move(*outcome));
  }
  return outcomes;
}

Result<std::vector<Outcome>> AdmitStrictly(const std::string& source, ImportBatch* batch,
                                           std::span<const ImportEntry> entries, ImportWarnings* warnings,
                                           const Admit& admit) {
  std::vector<Outcome> outcomes;
  auto entry = entries.begin();
  for (size_t i = 0; i < batch->commands.size(); i++) {
    MadeCommand& command = batch->commands[i];
    const bool is_entry = entry != entries.end() && entry->item == i;
    auto found = is_entry ? warnings->Look(*entry, source) : std::vector<ImportWarning>();
    if (!found.empty()) {
      auto refused = RefuseNew(command, found.front(), admit);
      RETURN_IF_ERROR(refused);
      if (refused->has_value()) {
        outcomes.push_back(std::move(**refused));
        std::move(found.begin(), found.end(), std::back_inserter(batch->warnings));
        ++entry;
        continue;
      }
    }
    auto outcome = admit(std::move(command));
    RETURN_IF_ERROR(outcome);
    if (is_entry) {
      if (!std::holds_alternative<Rejection>(*outcome)) warnings->Note(*entry, source, batch->items[i].line);
      ++entry;
    }
    outcomes.push_back(std::move(*outcome));
  }
  return outcomes;
}

}  // namespace duebook
