// The parts of a ZIP archive in memory, such as a workbook, and their XML: read piece by piece, and no further than it
// is worth, as a small archive can be unpacked to more than any memory holds.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/values/result.h"
#include "tools/xml/xml_parser.h"

struct zip;
struct zip_file;

namespace duebook {

class ZipArchive {
 public:
  // The bytes must outlive it. kInvalidArgument: they are no archive, or one of which the end is missing.
  static Result<ZipArchive> Open(std::string_view bytes);

  size_t parts() const;
  // Returns the number of the part with this name; nothing if there is none.
  std::optional<size_t> Find(const std::string& name) const;

 private:
  friend class XmlPart;
  struct Closer {
    void operator()(zip* archive) const;
  };
  ZipArchive(zip* archive, size_t bytes) : archive_(archive), bytes_(bytes) {}

  std::unique_ptr<zip, Closer> archive_;
  size_t bytes_;
};

// One part of an archive as XML.
class XmlPart {
 public:
  // Opens the part with this number. Both must outlive it. kInvalidArgument: it cannot be unpacked.
  static Result<XmlPart> Open(const ZipArchive& archive, size_t part, XmlHandler* handler);
  XmlPart(XmlPart&& other) noexcept;
  ~XmlPart();

  // Reads another piece, of which the handler is told. False at the end. kInvalidArgument: as XmlParser::Parse, or
  // it is a hundred times the whole archive and more.
  Result<bool> ReadPiece();
  // Reads all that is left.
  Status ReadAll();

 private:
  XmlPart(zip_file* file, size_t most_bytes, XmlHandler* handler);

  zip_file* file_;
  size_t most_bytes_;
  size_t bytes_ = 0;  // unpacked so far
  XmlParser parser_;
};

}  // namespace duebook
