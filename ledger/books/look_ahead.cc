#include "ledger/books/look_ahead.h"

namespace duebook {

void LookAhead::FindHashes(std::string_view bytes, Hashes* hashes) const {
  hashes->clear();
  if (bytes.empty()) return;
  const EventView event(bytes);
  const auto add = [&](DocumentKind kind, std::string_view number) { hashes->push_back(BooksHash(kind, number)); };
  if (!event.customer().empty()) hashes->push_back(BooksHash(kCustomerKey, event.customer()));
  ForEachIntroduced(event, add);
  ForEachNamed(event, add);
  for (const uint64_t hash : *hashes) books_.Prefetch(Books::PrefetchStep::kPlace, hash);
  if (ids_ != nullptr) ids_->Prefetch(EventIdHash(event.id()));
}

}  // namespace duebook
