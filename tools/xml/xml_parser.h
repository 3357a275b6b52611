// XML, told tag by tag to whoever reads it, as it comes in. By expat, whose limits are drawn closer here: data has no
// document type, and so nothing in it stands for more than it says, nor for what is in another file.
//
// Memory: one tag or comment, and what is open around it.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/values/result.h"

namespace duebook {

// What is told of XML. Names are without the prefix of their namespace.
class XmlHandler {
 public:
  using Attributes = std::vector<std::pair<std::string_view, std::string_view>>;

  XmlHandler() = default;
  XmlHandler(const XmlHandler&) = delete;
  XmlHandler& operator=(const XmlHandler&) = delete;
  virtual ~XmlHandler() = default;
  // `attributes` are good until it returns; what declares namespaces is not among them.
  virtual void OnStart(std::string_view element, const Attributes& attributes) = 0;
  virtual void OnEnd(std::string_view element) = 0;
  // A text may come in several pieces.
  virtual void OnText(std::string_view text) = 0;

  // Returns the value of an attribute; "" if it is not there.
  static std::string_view ValueOf(const Attributes& attributes, std::string_view name);
};

// The blanks and line ends that lay XML out and say nothing: see Trimmed.
inline constexpr std::string_view kXmlBlanks = " \t\r\n";

class XmlParser {
 public:
  // Longest tag or comment, in bytes, and how deep elements may stand in one another.
  static constexpr size_t kMostTagBytes = size_t{1} << 20;
  static constexpr size_t kMostDepth = 100;

  enum class Encoding {
    kAsDeclared,  // as the XML itself says
    kUtf8,        // whatever it says: it was made UTF-8
  };
  // The handler must outlive it.
  XmlParser(XmlHandler* handler, Encoding encoding);
  XmlParser(XmlParser&& other) noexcept;
  ~XmlParser();

  // Tells the handler what the next bytes hold; with `is_last`, that nothing follows them. kInvalidArgument: it is no
  // well-formed XML, has a document type, or is beyond the limits above; line() then says where, and nothing may
  // follow.
  Status Parse(std::string_view bytes, bool is_last);
  // Begins anew, with the beginning of another text.
  void Reset();

  // Where something stands in all that was given: its first byte, how many it has, and the line, from 1.
  struct Place {
    uint64_t offset;
    size_t size;
    uint64_t line;
  };
  // Returns where the tag lies that the handler is being told of. The end of an empty element is that of its tag.
  Place place() const;
  // The namespace of the element that the handler is being told begins; "" if it is in none.
  std::string_view element_namespace() const;
  // The first byte that the handler was not told of yet.
  uint64_t told() const;
  // On which line that is, or an error.
  uint64_t line() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace duebook
