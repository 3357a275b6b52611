#include "tools/workbook/zip_archive.h"

#include <expat.h>
#include <fmt/core.h>
#include <zip.h>

#include <algorithm>
#include <array>

#include "ledger/values/lack_of_memory.h"

namespace duebook {

namespace {

Error Unreadable(std::string sentence) { return {ErrorCode::kInvalidArgument, std::move(sentence), ""}; }

std::string_view LocalName(std::string_view name) {
  const size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

void ZipArchive::Closer::operator()(zip* archive) const { zip_discard(archive); }

Result<ZipArchive> ZipArchive::Open(std::string_view bytes) {
  zip_source_t* const source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr);
  zip_t* const archive = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, nullptr);
  if (archive == nullptr) {
    zip_source_free(source);
    return Unreadable("it is no ZIP archive, or one of which the end is missing");
  }
  return ZipArchive(archive, bytes.size());
}

size_t ZipArchive::parts() const { return static_cast<size_t>(zip_get_num_entries(archive_.get(), 0)); }

std::optional<size_t> ZipArchive::Find(const std::string& name) const {
  const zip_int64_t part = zip_name_locate(archive_.get(), name.c_str(), ZIP_FL_NOCASE);
  return part < 0 ? std::nullopt : std::optional(static_cast<size_t>(part));
}

std::string_view XmlHandler::ValueOf(const Attributes& attributes, std::string_view name) {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [name](const auto& attribute) { return attribute.first == name; });
  return found == attributes.end() ? std::string_view() : found->second;
}

struct XmlPart::Parser {
  struct Closer {
    void operator()(XML_ParserStruct* parser) const { XML_ParserFree(parser); }
  };

  explicit Parser(XmlHandler* to) : handler(to), xml(XML_ParserCreate(nullptr)) {
    if (xml == nullptr) EndForLackOfMemory();
    XML_SetUserData(xml.get(), this);
    XML_SetElementHandler(xml.get(), OnStart, OnEnd);
    XML_SetCharacterDataHandler(xml.get(), OnText);
    XML_SetStartDoctypeDeclHandler(xml.get(), OnDoctype);
  }

  static void OnStart(void* data, const XML_Char* element, const XML_Char** given) {
    auto& parser = *static_cast<Parser*>(data);
    parser.attributes.clear();
    for (; *given != nullptr; given += 2) parser.attributes.emplace_back(LocalName(given[0]), given[1]);
    parser.handler->OnStart(LocalName(element), parser.attributes);
  }
  static void OnEnd(void* data, const XML_Char* element) {
    static_cast<Parser*>(data)->handler->OnEnd(LocalName(element));
  }
  static void OnText(void* data, const XML_Char* text, int size) {
    static_cast<Parser*>(data)->handler->OnText({text, static_cast<size_t>(size)});
  }
  static void OnDoctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    auto& parser = *static_cast<Parser*>(data);
    parser.has_doctype = true;
    XML_StopParser(parser.xml.get(), XML_FALSE);
  }

  XmlHandler* handler;
  std::unique_ptr<XML_ParserStruct, Closer> xml;
  XmlHandler::Attributes attributes;
  bool has_doctype = false;
};

XmlPart::XmlPart(zip_file* file, size_t most_bytes, XmlHandler* handler)
    : file_(file), most_bytes_(most_bytes), parser_(std::make_unique<Parser>(handler)) {}

XmlPart::XmlPart(XmlPart&& other) noexcept
    : file_(std::exchange(other.file_, nullptr)),
      most_bytes_(other.most_bytes_),
      bytes_(other.bytes_),
      parser_(std::move(other.parser_)) {}

XmlPart::~XmlPart() {
  if (file_ != nullptr) zip_fclose(file_);
}

Result<XmlPart> XmlPart::Open(const ZipArchive& archive, size_t part, XmlHandler* handler) {
  constexpr size_t kMostTimes = 100;  // spreadsheets are unpacked to some ten times their size
  constexpr size_t kAlwaysRead = size_t{64} << 20;
  zip_file_t* const file = zip_fopen_index(archive.archive_.get(), part, 0);
  if (file == nullptr) return Unreadable("a part of it cannot be unpacked; it may need a password");
  return XmlPart(file, std::max(kAlwaysRead, kMostTimes * archive.bytes_), handler);
}

Result<bool> XmlPart::ReadPiece() {
  constexpr size_t kMostTagBytes = size_t{1} << 20;
  std::array<char, 1 << 14> bytes;
  const zip_int64_t got = zip_fread(file_, bytes.data(), bytes.size());
  if (got < 0) return Unreadable("a part of it cannot be unpacked");
  bytes_ += static_cast<size_t>(got);
  if (bytes_ > most_bytes_) return Unreadable("a part of it is unpacked to more than a hundred times the whole file");
  const int is_last = got == 0 ? 1 : 0;
  if (XML_Parse(parser_->xml.get(), bytes.data(), static_cast<int>(got), is_last) != XML_STATUS_OK) {
    if (parser_->has_doctype) return Unreadable("its XML has a document type, which is not read");
    return Unreadable(
        fmt::format("its XML is not well-formed: {}", XML_ErrorString(XML_GetErrorCode(parser_->xml.get()))));
  }
  // What is not told yet is looked at again with each piece, from its beginning.
  const auto told = static_cast<size_t>(std::max<XML_Index>(XML_GetCurrentByteIndex(parser_->xml.get()), 0));
  if (bytes_ > told + kMostTagBytes) return Unreadable("its XML has a tag or comment that is longer than any is");
  return got > 0;
}

Status XmlPart::ReadAll() {
  while (true) {
    const auto more = ReadPiece();
    RETURN_IF_ERROR(more);
    if (!*more) return Status();
  }
}

}  // namespace duebook
