#include "tools/import/rows/toml_file.h"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/values/text.h"
#include "tools/import/rows/input_file.h"

namespace duebook {

namespace {

// Walks through TOML from sign to sign, past comments and texts in quotes.
class TomlSigns {
 public:
  explicit TomlSigns(std::string_view text) : text_(text) {}

  // The next sign that is neither in a text nor in a comment; '"' stands for a whole text, '\0' for the end.
  char Next() {
    if (at_ >= text_.size()) return '\0';
    const char sign = text_[at_];
    if (sign == '#') {
      at_ = std::min(text_.find('\n', at_), text_.size());
      return Next();
    }
    if (sign == '"' || sign == '\'') {
      SkipText(sign);
      return '"';
    }
    at_++;
    if (sign == '\n') line_++;
    return sign;
  }
  int line() const { return line_; }

 private:
  // A text ends with the sign it begins with; one of three signs may have lines, and holds up to two of them at its
  // end.
  void SkipText(char sign) {
    const std::string three(3, sign);
    const bool long_text = text_.substr(at_).starts_with(three);
    at_ += long_text ? 3 : 1;
    while (at_ < text_.size()) {
      if (!long_text && text_[at_] == '\n') return;
      if (long_text ? text_.substr(at_).starts_with(three) : text_[at_] == sign) {
        at_ += long_text ? 3 : 1;
        for (int i = 0; long_text && i < 2 && at_ < text_.size() && text_[at_] == sign; i++) at_++;
        return;
      }
      if (sign == '"' && text_[at_] == '\\') at_++;
      if (at_ < text_.size() && text_[at_] == '\n') line_++;
      at_++;
    }
  }

  std::string_view text_;
  size_t at_ = 0;
  int line_ = 1;
};

Status CheckLimits(std::string_view text, const std::string& name) {
  const auto refuse = [&](int line, const std::string& sentence) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("{}:{}: {}", name, line, sentence), ""};
  };
  if (text.size() > kMaxTomlBytes) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("{} has more than {} bytes", name, kMaxTomlBytes), ""};
  }
  TomlSigns signs(text);
  size_t entries = 0, parts = 1, open = 0;
  for (char sign = signs.Next(); sign != '\0'; sign = signs.Next()) {
    if (sign == '=' || sign == ',' || sign == '[') entries++;
    if (sign == '.') parts++;
    if (sign == '[' || sign == '{') open++;
    if ((sign == ']' || sign == '}') && open > 0) open--;
    if (sign == '=' || sign == ',' || sign == '\n' || sign == '[' || sign == '{') parts = 1;
    if (parts > kMaxTomlDepth || open > kMaxTomlDepth) {
      return refuse(signs.line(), fmt::format("keys and brackets nest more than {} deep", kMaxTomlDepth));
    }
    if (entries > kMaxTomlEntries) {
      return refuse(signs.line(),
                    fmt::format("there are more than {} keys, tables and items of lists", kMaxTomlEntries));
    }
  }
  return Status();
}

}  // namespace

Result<std::string> ReadTomlText(const std::string& path) {
  auto file = InputFile::Open(path);
  RETURN_IF_ERROR(file);
  RETURN_IF_ERROR(file->StartText());
  constexpr size_t kPiece = size_t{1} << 16;
  std::string text;
  while (text.size() <= kMaxTomlBytes) {
    const auto count = file->Read(kPiece, &text);
    RETURN_IF_ERROR(count);
    if (*count == 0) break;
  }
  return text;
}

Result<toml::table> ParseToml(std::string_view text, const std::string& name) {
  RETURN_IF_ERROR(CheckLimits(text, name));
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    return Error{ErrorCode::kInvalidArgument,
                 fmt::format("{}:{}: not TOML: {}", name, error.source().begin.line, Printable(error.description())),
                 ""};
  }
}

}  // namespace duebook
