#include "tools/import/rows/text_decoder.h"

#include <fmt/core.h>
#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "ledger/values/ascii.h"
#include "ledger/values/text.h"

namespace duebook {

namespace {

const auto kNoConverter = reinterpret_cast<iconv_t>(-1);

// Returns how many bytes letters take in the encoding at least: 2 in UTF-16. Nothing if there is no such encoding.
std::optional<size_t> BytesOfLetter(const std::string& encoding) {
  const iconv_t converter = ::iconv_open(encoding.c_str(), "UTF-8");
  if (converter == kNoConverter) return std::nullopt;
  std::array<size_t, 2> lengths{};  // of one letter and of two, as a mark may stand before them
  for (size_t letters = 1; letters <= lengths.size(); letters++) {
    std::string text(letters, 'a');
    std::array<char, 16> bytes;
    char* from = text.data();
    char* to = bytes.data();
    size_t left = text.size();
    size_t room = bytes.size();
    ::iconv(converter, nullptr, nullptr, nullptr, nullptr);
    ::iconv(converter, &from, &left, &to, &room);
    lengths[letters - 1] = bytes.size() - room;
  }
  ::iconv_close(converter);
  return std::max<size_t>(1, lengths[1] - lengths[0]);
}

}  // namespace

std::optional<std::string_view> EncodingByMark(std::string_view start) {
  if (start.starts_with(kUtf8Mark)) return "UTF-8";
  if (start.starts_with("\xFF\xFE")) return "UTF-16LE";
  if (start.starts_with("\xFE\xFF")) return "UTF-16BE";
  if (start.starts_with("\x84\x31\x95\x33")) return "GB18030";
  return std::nullopt;
}

std::optional<std::string> EncodingByDeclaration(std::string_view start) {
  constexpr std::string_view kBlanks = " \t\r\n";
  constexpr std::string_view kName = "encoding";
  if (!start.starts_with(kXmlMark)) return std::nullopt;
  std::string_view rest = start.substr(0, start.find("?>"));
  const size_t name = rest.find(kName);
  if (name == std::string_view::npos) return std::nullopt;
  rest.remove_prefix(name + kName.size());
  const size_t equals = rest.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  const size_t quote = rest.find_first_not_of(kBlanks, equals + 1);
  if (quote == std::string_view::npos || (rest[quote] != '"' && rest[quote] != '\'')) return std::nullopt;
  const size_t end = rest.find(rest[quote], quote + 1);
  if (end == std::string_view::npos) return std::nullopt;
  return std::string(rest.substr(quote + 1, end - quote - 1));
}

bool IsUtf8(std::string_view encoding) {
  return IsSameInAnyCase(encoding, "utf-8") || IsSameInAnyCase(encoding, "utf8");
}

Result<std::unique_ptr<TextDecoder>> TextDecoder::Make(const std::string& encoding) {
  // What stands behind two slashes would tell iconv to leave out what it cannot convert.
  const bool is_name = encoding.find('/') == std::string::npos;
  const iconv_t converter = is_name ? ::iconv_open("UTF-8", encoding.c_str()) : kNoConverter;
  if (converter == kNoConverter) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("there is no encoding {}", Printable(encoding)),
                 "say one such as gb18030, utf-16le or latin1"};
  }
  return std::unique_ptr<TextDecoder>(new TextDecoder(converter, BytesOfLetter(encoding).value_or(1)));
}

TextDecoder::~TextDecoder() { ::iconv_close(converter_); }

void TextDecoder::Decode(std::string_view bytes, std::string* text) {
  waiting_ += bytes;
  char* from = waiting_.data();
  size_t left = waiting_.size();
  std::array<char, 1 << 14> piece;
  while (left > 0) {
    char* to = piece.data();
    size_t room = piece.size();
    const bool all = ::iconv(converter_, &from, &left, &to, &room) != static_cast<size_t>(-1);
    const int code = errno;
    text->append(piece.data(), piece.size() - room);
    if (all || code == E2BIG) continue;
    if (code == EINVAL) break;  // the end of a character is still to come
    *text += kNoText;
    const size_t passed = std::min(left, bytes_of_letter_);
    from += passed;
    left -= passed;
  }
  waiting_.erase(0, waiting_.size() - left);
}

void TextDecoder::Finish(std::string* text) {
  // Some converters hold a letter back, as a mark might follow that is written as one with it.
  std::array<char, 64> held;
  char* to = held.data();
  size_t room = held.size();
  ::iconv(converter_, nullptr, nullptr, &to, &room);
  text->append(held.data(), held.size() - room);
  if (!waiting_.empty()) *text += kNoText;
  waiting_.clear();
}

}  // namespace duebook
