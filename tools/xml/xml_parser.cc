#include "tools/xml/xml_parser.h"

#include <expat.h>
#include <fmt/core.h>

#include <algorithm>
#include <string>

#include "ledger/values/lack_of_memory.h"
#include "ledger/values/text.h"

namespace duebook {

namespace {

Error Unreadable(std::string sentence) { return {ErrorCode::kInvalidArgument, std::move(sentence), ""}; }

std::string_view LocalName(std::string_view name) {
  const size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// "" if it has none.
std::string_view Prefix(std::string_view name) {
  const size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
}

bool DeclaresNamespace(std::string_view attribute) { return attribute == "xmlns" || attribute.starts_with("xmlns:"); }

// Whether a text begins with bytes that are in no UTF-8.
bool BeginsAmiss(std::string_view text) {
  if (text.empty() || (static_cast<uint8_t>(text.front()) & 0x80) == 0) return false;
  for (size_t size = 2; size <= std::min<size_t>(4, text.size()); size++) {
    if (IsValidUtf8(text.substr(0, size))) return false;
  }
  return true;
}

}  // namespace

std::string_view XmlHandler::ValueOf(const Attributes& attributes, std::string_view name) {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [name](const auto& attribute) { return attribute.first == name; });
  return found == attributes.end() ? std::string_view() : found->second;
}

struct XmlParser::State {
  struct Closer {
    void operator()(XML_ParserStruct* parser) const { XML_ParserFree(parser); }
  };

  State(XmlHandler* to, const char* said_encoding)
      : handler(to), encoding(said_encoding), xml(XML_ParserCreate(said_encoding)) {
    if (xml == nullptr) EndForLackOfMemory();
    Listen();
  }

  void Listen() {
    XML_SetUserData(xml.get(), this);
    XML_SetElementHandler(xml.get(), OnStart, OnEnd);
    XML_SetCharacterDataHandler(xml.get(), OnText);
    XML_SetStartDoctypeDeclHandler(xml.get(), OnDoctype);
  }

  void Stop(std::string why) {
    wrong = std::move(why);
    XML_StopParser(xml.get(), XML_FALSE);
  }

  static void OnStart(void* data, const XML_Char* element, const XML_Char** given) {
    auto& state = *static_cast<State*>(data);
    if (!state.wrong.empty()) return;
    if (++state.depth > kMostDepth) {
      return state.Stop(fmt::format("the XML has elements more than {} deep in one another", kMostDepth));
    }
    state.attributes.clear();
    for (; *given != nullptr; given += 2) {
      if (!DeclaresNamespace(given[0])) {
        state.attributes.emplace_back(LocalName(given[0]), given[1]);
      } else {
        const std::string_view prefix = std::string_view(given[0]) == "xmlns" ? "" : LocalName(given[0]);
        state.declared.push_back({state.depth, std::string(prefix), given[1]});
      }
    }
    state.prefix = Prefix(element);
    state.handler->OnStart(LocalName(element), state.attributes);
  }
  static void OnEnd(void* data, const XML_Char* element) {
    auto& state = *static_cast<State*>(data);
    if (!state.wrong.empty()) return;
    while (!state.declared.empty() && state.declared.back().depth == state.depth) state.declared.pop_back();
    state.depth--;
    state.handler->OnEnd(LocalName(element));
  }
  static void OnText(void* data, const XML_Char* text, int size) {
    static_cast<State*>(data)->handler->OnText({text, static_cast<size_t>(size)});
  }
  static void OnDoctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    static_cast<State*>(data)->Stop("the XML has a document type, which is not read");
  }

  // Why the bytes that were given last cannot be read; they begin at `start`.
  std::string WhyNot(std::string_view bytes, uint64_t start, bool is_last) const {
    if (!wrong.empty()) return wrong;
    const XML_Error code = XML_GetErrorCode(xml.get());
    const auto at = static_cast<uint64_t>(std::max<XML_Index>(XML_GetCurrentByteIndex(xml.get()), 0));
    if (code == XML_ERROR_INVALID_TOKEN && at >= start &&
        BeginsAmiss(bytes.substr(std::min(at - start, bytes.size())))) {
      return "the XML is not valid UTF-8, or not in the encoding that was said";
    }
    const bool ends = code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN ||
                      code == XML_ERROR_PARTIAL_CHAR || code == XML_ERROR_UNCLOSED_CDATA_SECTION;
    if (is_last && ends) {
      return depth == 0 ? "the XML has no element" : "the XML ends amid an element: something is missing at its end";
    }
    return fmt::format("the XML is not well-formed: {}", XML_ErrorString(code));
  }

  // A namespace, which holds in the element at this depth.
  struct Declared {
    size_t depth;
    std::string prefix;
    std::string name;
  };

  XmlHandler* handler;
  const char* encoding;
  std::unique_ptr<XML_ParserStruct, Closer> xml;
  XmlHandler::Attributes attributes;
  std::vector<Declared> declared;  // in the elements that are open
  std::string_view prefix;         // of the element that is being told
  size_t depth = 0;
  uint64_t given = 0;  // bytes, so far
  std::string wrong;   // why it was stopped
};

XmlParser::XmlParser(XmlHandler* handler, Encoding encoding)
    : state_(std::make_unique<State>(handler, encoding == Encoding::kUtf8 ? "UTF-8" : nullptr)) {}
XmlParser::XmlParser(XmlParser&& other) noexcept = default;
XmlParser::~XmlParser() = default;

Status XmlParser::Parse(std::string_view bytes, bool is_last) {
  const uint64_t start = state_->given;
  state_->given += bytes.size();
  const auto size = static_cast<int>(bytes.size());
  if (XML_Parse(state_->xml.get(), bytes.data(), size, is_last ? 1 : 0) != XML_STATUS_OK) {
    return Unreadable(state_->WhyNot(bytes, start, is_last));
  }
  // What is not told yet is looked at again with each piece, from its beginning.
  if (state_->given > told() + kMostTagBytes)
    return Unreadable("the XML has a tag or comment that is longer than any is");
  return Status();
}

void XmlParser::Reset() {
  XML_ParserReset(state_->xml.get(), state_->encoding);
  state_->Listen();
  state_->declared.clear();
  state_->depth = 0;
  state_->given = 0;
  state_->wrong.clear();
}

XmlParser::Place XmlParser::place() const {
  return {told(), static_cast<size_t>(XML_GetCurrentByteCount(state_->xml.get())), line()};
}

std::string_view XmlParser::element_namespace() const {
  const auto& declared = state_->declared;
  const auto found = std::find_if(declared.rbegin(), declared.rend(),
                                  [this](const auto& each) { return each.prefix == state_->prefix; });
  return found == declared.rend() ? std::string_view() : found->name;
}

uint64_t XmlParser::told() const {
  return static_cast<uint64_t>(std::max<XML_Index>(XML_GetCurrentByteIndex(state_->xml.get()), 0));
}

uint64_t XmlParser::line() const { return XML_GetCurrentLineNumber(state_->xml.get()); }

}  // namespace duebook
