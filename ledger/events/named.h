// What an event names, as the books have it: looked up once, before it is decided, for all that deciding and folding
// ask of it.

#pragma once

#include <absl/container/inlined_vector.h>

#include <array>
#include <string>
#include <string_view>

#include "ledger/books/books.h"

namespace duebook {

// A document that an event names.
struct NamedDocument {
  DocumentKind kind = DocumentKind::kNone;
  std::string_view field;
  Books::Found found;
  std::string unknown;                  // its number, if there is no such document
  std::array<Books::Found, 2> parents;  // in the order of ParentsOf, where rules ask for them

  std::string_view number() const { return found ? found.number().text() : std::string_view(unknown); }
  // Requires that it was found.
  const DocumentBase& document() const;
  // Returns null if it was not found, or is none of this type.
  template <class T>
  const T* As() const {
    return found.As<T>();
  }
  // Requires that it was found, and is of this type.
  template <class T>
  const T& Get() const {
    return found.Get<T>();
  }
};

struct Named {
  Books::Found customer;                            // of the event
  absl::InlinedVector<NamedDocument, 3> documents;  // in the order of the fields

  // Returns the first that a field names; null if it names none.
  const NamedDocument* Find(std::string_view field) const;
  // Requires that the field names one.
  const NamedDocument& By(std::string_view field) const;
  // Requires that the field names one, and that it is there: see the general rules.
  template <class T>
  const T& Get(std::string_view field) const {
    return By(field).Get<T>();
  }
};

// A document that another one names.
struct Parent {
  uint64_t seq = 0;                         // of the event that introduced it; 0 if there is none
  DocumentKind kind = DocumentKind::kNone;  // kNone: no rule asks for it
  std::string_view number = {};
};
using Parents = absl::InlinedVector<Parent, 2>;

// Returns what the document itself names, in the order of ParentNames. Requires that it was found.
Parents ParentsOf(const NamedDocument& document);

// Looks up all that the event names.
Named FindNamed(Books& books, EventView event);

}  // namespace duebook
