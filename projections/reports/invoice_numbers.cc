#include "projections/reports/invoice_numbers.h"

#include <algorithm>

#include "ledger/command/spelling.h"
#include "ledger/event/document_key.h"
#include "ledger/values/ascii.h"

namespace duebook {

namespace {

constexpr size_t kLeastDigits = 4;

uint64_t HashOf(std::string_view compared) { return BooksHash(DocumentKind::kInvoice, compared); }

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Returns whether a number cannot end before, or begin behind, this character of a compared text.
bool Touches(char c) { return IsDigit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '_'; }

// Returns whether the place between two bytes of UTF-8 is within a character.
bool IsWithin(std::string_view text, size_t place) {
  return place < text.size() && (static_cast<unsigned char>(text[place]) & 0xC0) == 0x80;
}

bool IsTooShort(std::string_view number) {
  return number.size() < kLeastDigits && std::all_of(number.begin(), number.end(), IsDigit);
}

// A part of the text that is the number of some invoice.
struct Occurrence {
  size_t begin = 0, length = 0;
};

// Of those that share a part of the text, keeps the longest; of as long ones the first.
std::vector<Occurrence> WithoutCovered(std::vector<Occurrence> occurrences, size_t text_size) {
  std::stable_sort(occurrences.begin(), occurrences.end(),
                   [](const Occurrence& a, const Occurrence& b) { return a.length > b.length; });
  std::vector<bool> used(text_size);
  std::erase_if(occurrences, [&](const Occurrence& each) {
    const auto begin = used.begin() + static_cast<ptrdiff_t>(each.begin);
    const auto end = begin + static_cast<ptrdiff_t>(each.length);
    if (std::find(begin, end, true) != end) return true;
    std::fill(begin, end, true);
    return false;
  });
  return occurrences;
}

}  // namespace

std::string ComparedText(std::string_view text) {
  std::string compared;
  compared.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = [&](size_t k) { return k < text.size() ? static_cast<unsigned char>(text[k]) : 0U; };
    const unsigned second = byte(i + 1), third = byte(i + 2);
    // U+FF01 to U+FF5E, and the space U+3000.
    const bool is_full_width =
        byte(i) == 0xEF && ((second == 0xBC && third >= 0x81) || (second == 0xBD && third <= 0x9E));
    char c = text[i];
    if (is_full_width) {
      c = static_cast<char>((second == 0xBC ? 0x20 : 0x60) + (third - 0x80));
      i += 2;
    } else if (byte(i) == 0xE3 && second == 0x80 && third == 0x80) {
      c = ' ';
      i += 2;
    }
    compared.push_back(LowerCase(c));
  }
  return compared;
}

InvoiceNumbers::InvoiceNumbers(const History& history, const Cut& cut) : history_(history) {
  for (uint32_t item = 0; item < RowsKnown(history.items.seq, cut.known); ++item) {
    if (history.items.kind[item] != ItemKind::kInvoice || history.items.date[item] > cut.effective) continue;
    const std::string compared = ComparedText(history.items.number[item]);
    if (IsTooShort(compared)) continue;
    longest_ = std::max(longest_, compared.size());
    items_.Insert(HashOf(compared), uint64_t{item} + 1);
  }
}

std::vector<uint32_t> InvoiceNumbers::NamedIn(std::string_view text) const {
  const std::string compared = ComparedText(Nfc(text));
  const std::string_view whole = compared;
  // Visits the invoices of which this is the number, until one is enough.
  const auto find = [&](std::string_view number, auto&& is_enough) {
    return items_.Find(HashOf(number), [&](uint64_t found) {
      const auto item = static_cast<uint32_t>(found - 1);
      return ComparedText(history_.items.number[item]) == number && is_enough(item);
    });
  };
  std::vector<Occurrence> occurrences;
  for (size_t begin = 0; begin < whole.size(); ++begin) {
    if (IsWithin(whole, begin) || (begin > 0 && Touches(whole[begin - 1]))) continue;
    const size_t most = std::min(whole.size() - begin, longest_);
    for (size_t length = 1; length <= most; ++length) {
      const size_t end = begin + length;
      if (IsWithin(whole, end) || (end < whole.size() && Touches(whole[end]))) continue;
      if (find(whole.substr(begin, length), [](uint32_t) { return true; }) != 0) occurrences.push_back({begin, length});
    }
  }
  std::vector<uint32_t> named;
  for (const auto& [begin, length] : WithoutCovered(std::move(occurrences), whole.size())) {
    find(whole.substr(begin, length), [&](uint32_t item) {
      named.push_back(item);
      return false;
    });
  }
  std::sort(named.begin(), named.end());
  named.erase(std::unique(named.begin(), named.end()), named.end());
  return named;
}

}  // namespace duebook
