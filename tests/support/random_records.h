// Random records of every type, in the forms that doors give them: for tests that go over the whole schema.

#pragma once

#include <deque>
#include <random>
#include <string>

#include "tests/support/records.h"

namespace duebook {

class RandomRecords {
 public:
  explicit RandomRecords(uint32_t seed) : random_(seed) {}

  // Well-formed, with each optional field there or not by chance (always, if `complete`), in random order. Views are
  // into this object, until the next call.
  Record Make(const EventTypeInfo& type, bool complete = false);

  uint32_t Below(uint32_t bound) { return random_() % bound; }

 private:
  bool Chance() { return Below(2) == 0; }
  std::string_view Keep(std::string text) { return texts_.emplace_back(std::move(text)); }
  RawValue ValueOf(const FieldInfo& field);
  RawValue TextOf(size_t max_characters, bool prose);
  RawValue AmountOf(bool zero_allowed);
  RawValue DateOf();
  RawValue IntegerOf(const FieldInfo& field);
  RawValue Texts();
  RawValue ItemsOf(const FieldInfo& list);
  RawValue TextsOfItem(bool last);
  static std::string JoinedBy(char sign, const RawValue& list);

  std::mt19937 random_;
  std::deque<std::string> texts_;
};

}  // namespace duebook
