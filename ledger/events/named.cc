#include "ledger/events/named.h"

#include <algorithm>

namespace duebook {
namespace {

std::array<Books::Found, 2> FindParents(Books& books, const Books::Found& found) {
  if (const auto* application = found.As<Application>()) {
    return {books.FindDocument(DocumentKind::kInvoice, application->invoice),
            books.FindDocument(application->funding_kind, application->funding)};
  }
  if (const auto* write_off = found.As<WriteOff>()) {
    return {books.FindDocument(DocumentKind::kInvoice, write_off->invoice), {}};
  }
  const auto* original = found.As<Reversible>();
  if (original != nullptr && original->kind != DocumentKind::kNone) {
    return {books.FindDocument(original->kind, original->number), {}};
  }
  return {};
}

}  // namespace

const DocumentBase& NamedDocument::document() const {
  const DocumentBase* document = found.document();
  CHECK(document != nullptr);
  return *document;
}

const NamedDocument* Named::Find(std::string_view field) const {
  const auto found =
      std::find_if(documents.begin(), documents.end(), [field](const auto& each) { return each.field == field; });
  return found == documents.end() ? nullptr : &*found;
}

const NamedDocument& Named::By(std::string_view field) const {
  const NamedDocument* named = Find(field);
  CHECK(named != nullptr);
  return *named;
}

Named FindNamed(Books& books, EventView event) {
  Named named;
  if (!event.customer().empty()) named.customer = books.FindCustomer(event.customer());
  ForEachNamedInField(event, [&](const FieldInfo& field, DocumentKind kind, std::string_view number) {
    NamedDocument& document = named.documents.emplace_back();
    document.kind = kind;
    document.field = field.name;
    document.found = books.FindDocument(kind, number);
    if (!document.found) document.unknown = number;
    document.parents = FindParents(books, document.found);
  });
  return named;
}

}  // namespace duebook
