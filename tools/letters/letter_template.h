// Templates of letters: texts in which {{name}} stands for a value, and {{#name}} ... {{/name}} for a block.
//
// The block of `items` is there once for each item, with the item's own values before the letter's. The block of any
// other name is there if that has a value other than 0. A tag of a block that has a line to itself takes that line with
// it. In HTML each value is written so that it reads as it is.

#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/result.h"

namespace duebook {

// Values by their names. None is "".
using LetterValues = std::map<std::string, std::string, std::less<>>;

struct FilledLetter {
  LetterValues values;
  std::vector<LetterValues> items;
};

// What a template may name.
struct LetterNames {
  std::vector<std::string_view> values;
  std::vector<std::string_view> item_values;  // in the block of items
};

class LetterTemplate {
 public:
  // Reads a template. Fails with kInvalidArgument where it names what there is not, where a block or a tag is not
  // closed, or one is closed that was not opened; the error says the file, the line and the name.
  static Result<LetterTemplate> Read(const std::string& file, std::string text, bool is_html, const LetterNames& names);

  bool is_html() const { return is_html_; }
  // Writes the letter.
  std::string Fill(const FilledLetter& letter) const;

 private:
  // Text, the value of a name, or the beginning of a block, with the place behind its end.
  struct Piece {
    enum class Kind { kText, kValue, kBlock };
    Kind kind;
    std::string text;  // or the name
    size_t end = 0;
  };
  class Reader;

  LetterTemplate(std::vector<Piece> pieces, bool is_html) : pieces_(std::move(pieces)), is_html_(is_html) {}
  void Append(size_t first, size_t end, const FilledLetter& letter, const LetterValues* item,
              std::string* written) const;

  std::vector<Piece> pieces_;
  bool is_html_;
};

}  // namespace duebook
