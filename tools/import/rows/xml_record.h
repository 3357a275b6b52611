// The cells of one element of XML: its attributes as `@Name`, the elements in it by their names, without the prefixes
// of namespaces.

#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/command/command.h"
#include "tools/xml/xml_parser.h"

namespace duebook {

// Makes a record of an element. What lies in it is a text if it holds a text alone, and an object if it has attributes
// or elements of its own; with attributes alone it has its own text besides. A text between elements is none. Several
// of one name are a list, in their order. Blanks and line ends around a text do not count.
class XmlRecordReader : private XmlHandler {
 public:
  // Reads an element. What the record holds is good until the next call.
  std::optional<Rejection> Read(std::string_view text, Record* record);
  // Returns the same for records that say the same, and different otherwise; the order of attributes says nothing.
  static std::string Likeness(const Record& record);

 private:
  struct Open {
    RawValue* value;
    std::string text;
    bool has_elements = false;
  };

  void OnStart(std::string_view element, const Attributes& attributes) override;
  void OnEnd(std::string_view element) override;
  void OnText(std::string_view text) override { open_.back().text += text; }
  std::string_view Keep(std::string text) { return kept_.emplace_back(std::move(text)); }

  XmlParser parser_{this, XmlParser::Encoding::kUtf8};
  RawValue root_;
  std::vector<Open> open_;        // from the root on
  std::deque<std::string> kept_;  // names and texts of the record
};

}  // namespace duebook
