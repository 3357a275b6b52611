#include "ledger/events/named.h"

#include <algorithm>

namespace duebook {
namespace {

Parents ReadParents(const NamedDocument& document) {
  if (const auto* application = document.As<Application>()) {
    return {{application->invoice_seq, DocumentKind::kInvoice, application->invoice},
            {application->funding_seq, application->funding_kind, application->funding}};
  }
  if (const auto* write_off = document.As<WriteOff>()) {
    return {{write_off->invoice_seq, DocumentKind::kInvoice, write_off->invoice}};
  }
  if (const auto* original = document.As<Reversible>()) {
    return {{original->parent_seq, original->kind, original->number}, {original->invoice_seq}};
  }
  if (const auto* dispute = document.As<Dispute>()) return {{dispute->invoice_seq}};
  return {};
}

std::array<Books::Found, 2> FindParents(Books& books, const NamedDocument& document) {
  std::array<Books::Found, 2> found;
  const Parents parents = ParentsOf(document);
  for (size_t i = 0; i < parents.size(); i++) {
    if (parents[i].kind != DocumentKind::kNone) found[i] = books.FindDocument(parents[i].kind, parents[i].number);
  }
  return found;
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

Parents ParentsOf(const NamedDocument& document) {
  Parents parents = ReadParents(document);
  CHECK(parents.size() == ParentNames(document.kind).size());
  return parents;
}

Named FindNamed(Books& books, EventView event) {
  Named named;
  if (!event.customer().empty()) named.customer = books.FindCustomer(event.customer());
  ForEachNamedInField(event, [&](const FieldInfo& field, DocumentKind kind, std::string_view number) {
    NamedDocument& document = named.documents.emplace_back();
    document.kind = kind;
    document.field = field.name;
    document.found = books.FindDocument(kind, number);
    if (document.found) {
      document.parents = FindParents(books, document);
    } else {
      document.unknown = number;
    }
  });
  return named;
}

}  // namespace duebook
