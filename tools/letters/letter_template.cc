#include "tools/letters/letter_template.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "ledger/values/suggestion.h"
#include "ledger/values/trimmed.h"
#include "tools/render/html_page.h"

namespace duebook {

namespace {

constexpr std::string_view kOpen = "{{", kClose = "}}", kItems = "items";

bool Has(const std::vector<std::string_view>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string_view ValueOf(const LetterValues& values, std::string_view name) {
  const auto found = values.find(name);
  return found == values.end() ? std::string_view() : found->second;
}

// Returns whether there is something to be said: neither nothing nor zero.
bool IsSomething(std::string_view value) { return value.find_first_not_of("0.,") != std::string_view::npos; }

}  // namespace

class LetterTemplate::Reader {
 public:
  Reader(const std::string& file, std::string_view text, const LetterNames& names)
      : file_(file), text_(text), names_(names) {}

  Result<std::vector<Piece>> Read() {
    size_t at = 0;
    while (true) {
      const size_t open = text_.find(kOpen, at);
      if (open == std::string_view::npos) break;
      const size_t close = text_.find(kClose, open);
      if (close == std::string_view::npos) return Wrong(open, "{{ is not closed by }}", "");
      const std::string_view tag = Trimmed(text_.substr(open + kOpen.size(), close - open - kOpen.size()));
      const bool is_of_block = tag.starts_with('#') || tag.starts_with('/');
      size_t end = close + kClose.size(), text_end = open;
      if (is_of_block) TakeWholeLine(&text_end, &end);
      AddText(text_.substr(at, text_end - std::min(at, text_end)));
      RETURN_IF_ERROR(AddTag(tag, open));
      at = end;
    }
    AddText(text_.substr(at));
    if (block_.has_value()) {
      return Wrong(block_->at, fmt::format("the block {{{{#{0}}}}} is open at the end", pieces_[block_->piece].text),
                   fmt::format("close it with {{{{/{0}}}}}", pieces_[block_->piece].text));
    }
    return std::move(pieces_);
  }

 private:
  struct OpenBlock {
    size_t piece;
    size_t at;
  };

  Error Wrong(size_t at, std::string_view sentence, std::string hint) const {
    const auto line = 1 + std::count(text_.begin(), text_.begin() + static_cast<ptrdiff_t>(at), '\n');
    return {ErrorCode::kInvalidArgument, fmt::format("{}:{}: {}", file_, line, sentence), std::move(hint)};
  }

  // If there is nothing but blanks beside the tag, its text ends where the line begins, and goes on behind the line.
  void TakeWholeLine(size_t* begin, size_t* end) const {
    const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
    size_t first = *begin, last = *end;
    while (first > 0 && is_blank(text_[first - 1])) --first;
    while (last < text_.size() && is_blank(text_[last])) ++last;
    const bool begins_line = first == 0 || text_[first - 1] == '\n';
    const bool ends_line = last == text_.size() || text_[last] == '\n';
    if (!begins_line || !ends_line) return;
    *begin = first;
    *end = std::min(last + 1, text_.size());
  }

  void AddText(std::string_view text) {
    if (!text.empty()) pieces_.push_back({Piece::Kind::kText, std::string(text)});
  }

  Status AddTag(std::string_view tag, size_t at) {
    const char sign = tag.empty() ? ' ' : tag.front();
    if (sign != '#' && sign != '/') {
      RETURN_IF_ERROR(CheckName(tag, at));
      pieces_.push_back({Piece::Kind::kValue, std::string(tag)});
      return Status();
    }
    const std::string_view name = Trimmed(tag.substr(1));
    return sign == '#' ? Open(name, at) : Close(name, at);
  }

  Status Open(std::string_view name, size_t at) {
    if (block_.has_value()) {
      return Wrong(
          at,
          fmt::format("the block {{{{#{}}}}} begins within the block {{{{#{}}}}}", name, pieces_[block_->piece].text),
          "close that one first");
    }
    if (name != kItems) RETURN_IF_ERROR(CheckName(name, at));
    block_ = OpenBlock{pieces_.size(), at};
    pieces_.push_back({Piece::Kind::kBlock, std::string(name)});
    return Status();
  }

  Status Close(std::string_view name, size_t at) {
    if (!block_.has_value() || pieces_[block_->piece].text != name) {
      return Wrong(at, fmt::format("{{{{/{}}}}} closes what is not open", name), "");
    }
    pieces_[block_->piece].end = pieces_.size();
    block_.reset();
    return Status();
  }

  Status CheckName(std::string_view name, size_t at) const {
    const bool in_items = block_.has_value() && pieces_[block_->piece].text == kItems;
    if (Has(names_.values, name) || (in_items && Has(names_.item_values, name))) return Status();
    std::vector<std::string_view> all = names_.values;
    if (in_items) all.insert(all.begin(), names_.item_values.begin(), names_.item_values.end());
    const std::string where = in_items ? "" : Has(names_.item_values, name) ? " outside {{#items}}" : "";
    return Wrong(at, fmt::format("there is no {{{{{}}}}}{}{}", name, where, DidYouMean(name, all)),
                 fmt::format("there are {}", fmt::join(all, ", ")));
  }

  const std::string& file_;
  const std::string_view text_;
  const LetterNames& names_;
  std::vector<Piece> pieces_;
  std::optional<OpenBlock> block_;
};

Result<LetterTemplate> LetterTemplate::Read(const std::string& file, std::string text, bool is_html,
                                            const LetterNames& names) {
  auto pieces = Reader(file, text, names).Read();
  RETURN_IF_ERROR(pieces);
  return LetterTemplate(*std::move(pieces), is_html);
}

std::string LetterTemplate::Fill(const FilledLetter& letter) const {
  std::string written;
  Append(0, pieces_.size(), letter, nullptr, &written);
  return written;
}

void LetterTemplate::Append(size_t first, size_t end, const FilledLetter& letter, const LetterValues* item,
                            std::string* written) const {
  for (size_t i = first; i < end; ++i) {
    const Piece& piece = pieces_[i];
    switch (piece.kind) {
      case Piece::Kind::kText:
        *written += piece.text;
        break;
      case Piece::Kind::kValue: {
        const bool is_of_item = item != nullptr && item->find(piece.text) != item->end();
        const std::string_view value = ValueOf(is_of_item ? *item : letter.values, piece.text);
        *written += is_html_ ? HtmlText(value) : std::string(value);
        break;
      }
      case Piece::Kind::kBlock:
        if (piece.text == kItems) {
          for (const LetterValues& each : letter.items) Append(i + 1, piece.end, letter, &each, written);
        } else if (IsSomething(ValueOf(letter.values, piece.text))) {
          Append(i + 1, piece.end, letter, item, written);
        }
        i = piece.end - 1;
        break;
    }
  }
}

}  // namespace duebook
