// This finds the forms in which the cells of a column can be read as dates and as amounts.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/hash.h"

namespace duebook {

class ColumnReadings {
 public:
  ColumnReadings();

  // Takes one more cell, which is not empty.
  void Add(std::string_view cell);
  // Returns the different texts of the cells, at most so many of the first.
  static constexpr size_t kMostTexts = 8;
  const std::vector<std::string>& texts() const { return texts_; }
  // Returns whether a cell is an amount below zero, in some form that fitted all cells before it.
  bool has_negative() const { return has_negative_; }

  // These return the forms that fit every cell, as a map writes them; of several that also read the same in every cell,
  // the one that wants most. So there are several only if it cannot be told which is meant, and none if no form fits.
  static std::vector<std::string> DateForms(const std::vector<const ColumnReadings*>& columns);
  std::vector<std::string> AmountForms() const;

 private:
  // What the cells are when they are read in one form.
  struct Reading {
    bool fits = true;
    Hash values{};  // of all that was read, one after the other
  };

  std::vector<Reading> dates_, amounts_;  // by form
  std::vector<std::string> texts_;
  bool has_negative_ = false;
};

}  // namespace duebook
