#include "ledger/log/derived/made_of.h"

#include "ledger/log/derived/damaged.h"

namespace duebook {

Result<Hash> LeafOf(const EventLog& log, uint64_t seq) {
  Hash hash{};
  RETURN_IF_ERROR(log.GetMany({seq}, [&](EventView event) { hash = LeafHash(event.bytes()); }));
  return hash;
}

Status HoldAgainst(const EventLog& log, std::string_view kind, const MadeOf& head, const std::filesystem::path& path) {
  if (head.kind != kind) return UnusableDerived(path, "it is said to be of another kind than its name says");
  if (head.ledger_id != log.identity().ledger_id) return UnusableDerived(path, "it is of another ledger");
  if (head.last_seq == 0) return Status();
  const auto leaf = LeafOf(log, head.last_seq);
  RETURN_IF_ERROR(leaf);
  return *leaf == head.last_leaf ? Status()
                                 : Status(UnusableDerived(path, "it was made of other events than the log has"));
}

}  // namespace duebook
