#include "ledger/log/names_in_log.h"

#include "ledger/command/spelling.h"

namespace duebook {
namespace {

template <class KeyOf>
Result<std::string> NameInLog(const EventLog& log, std::string_view given, const KeyOf& key_of) {
  std::string spelled = Nfc(given);
  if (spelled == given) return spelled;
  const auto found = log.Find(key_of(spelled));
  RETURN_IF_ERROR(found);
  return found->empty() ? std::string(given) : std::move(spelled);
}

}  // namespace

Result<std::string> CustomerInLog(const EventLog& log, std::string_view given) {
  return NameInLog(log, given, [](std::string_view id) { return CustomerKey(id); });
}

Result<std::string> DocumentInLog(const EventLog& log, DocumentKind kind, std::string_view given) {
  return NameInLog(log, given, [kind](std::string_view number) { return DocumentKey(kind, number); });
}

}  // namespace duebook
