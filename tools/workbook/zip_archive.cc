#include "tools/workbook/zip_archive.h"

#include <zip.h>

#include <algorithm>
#include <array>
#include <utility>

namespace duebook {

namespace {

Error Unreadable(std::string sentence) { return {ErrorCode::kInvalidArgument, std::move(sentence), ""}; }

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

XmlPart::XmlPart(zip_file* file, size_t most_bytes, XmlHandler* handler)
    : file_(file), most_bytes_(most_bytes), parser_(handler, XmlParser::Encoding::kAsDeclared) {}

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
  std::array<char, 1 << 14> bytes;
  const zip_int64_t got = zip_fread(file_, bytes.data(), bytes.size());
  if (got < 0) return Unreadable("a part of it cannot be unpacked");
  bytes_ += static_cast<size_t>(got);
  if (bytes_ > most_bytes_) return Unreadable("a part of it is unpacked to more than a hundred times the whole file");
  RETURN_IF_ERROR(parser_.Parse({bytes.data(), static_cast<size_t>(got)}, got == 0));
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
