// Text in another encoding than UTF-8, made UTF-8 piece by piece as it is read. By iconv of the C library, which knows
// all encodings that files come in.

#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/values/result.h"

namespace duebook {

// What stands in the place of bytes that are no text in their encoding: a byte that is in no UTF-8, so that its row is
// refused, and no other.
inline constexpr char kNoText = '\xFF';

// The mark that UTF-8 may begin with.
inline constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
// What a ZIP archive begins with, such as a workbook: it is no text, whatever its encoding is said to be.
inline constexpr std::string_view kZipMark = "PK\x03\x04";
// What an XML declaration begins with, and how long it is at most.
inline constexpr std::string_view kXmlMark = "<?xml";
inline constexpr size_t kMostDeclarationBytes = 1024;
// No mark has more bytes.
inline constexpr size_t kMostMarkBytes = 4;

// Returns the encoding of a file that begins so, if a mark says it: "UTF-8", "UTF-16LE", "UTF-16BE" or "GB18030".
std::optional<std::string_view> EncodingByMark(std::string_view start);

// Returns the encoding that an XML declaration, with which a text begins, says; nothing if there is none, or it says
// none.
std::optional<std::string> EncodingByDeclaration(std::string_view start);

// Returns whether this is a name of UTF-8, in any case.
bool IsUtf8(std::string_view encoding);

class TextDecoder {
 public:
  // Takes the name of an encoding, in any case: "gb18030", "utf-16le", "latin1". kInvalidArgument: there is none of
  // that name.
  static Result<std::unique_ptr<TextDecoder>> Make(const std::string& encoding);
  ~TextDecoder();
  TextDecoder(const TextDecoder&) = delete;
  TextDecoder& operator=(const TextDecoder&) = delete;

  // Appends the next bytes of the file to `text`, as UTF-8. A character that is not whole yet waits for the next bytes.
  void Decode(std::string_view bytes, std::string* text);
  // Appends what still waits, of which the end of the file is missing.
  void Finish(std::string* text);

 private:
  TextDecoder(void* converter, size_t bytes_of_letter) : converter_(converter), bytes_of_letter_(bytes_of_letter) {}

  void* const converter_;         // iconv_t
  const size_t bytes_of_letter_;  // at least; so many are passed over where there is no text
  std::string waiting_;
};

}  // namespace duebook
