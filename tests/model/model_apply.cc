// How cash is applied in the reference model: each rule tried on all that is open, by trying every set of invoices.

#include <algorithm>
#include <map>

#include "ledger/values/check.h"
#include "tests/model/arithmetic.h"
#include "tests/model/model.h"
#include "tests/model/model_terms.h"

namespace duebook::model {

namespace {

// Whoever records what is suggested, who closed no difference before.
constexpr char kRobot[] = "robot";

// An invoice as it stands for one payment.
struct Claim {
  const Fact* invoice = nullptr;
  Date day, due;                 // of the application; since when something of it is due
  Wide open = 0, part = 0;       // the least of it from that day on, and what of that falls due first
  Wide off = 0;                  // parts per million that its terms let off
  std::optional<Wide> may_lack;  // how small a rest of it may be closed
  Wide left_of_month = 0;        // and how much may still be closed in the month
  bool named = false;
  std::vector<std::pair<Date, Wide>> parts;  // all that is open, by due date
  bool guaranteed = false;
  Wide yearly_rate = 0;  // of late interest
};

struct Share {
  const Claim* claim = nullptr;
  Wide amount = 0, discount = 0, difference = 0;
};

struct Answer {
  std::string rule = "none";
  std::vector<Share> shares;
};

// Written with ASCII for its full-width forms, and in small letters.
std::string Plain(const std::string& text) {
  std::string plain;
  for (size_t i = 0; i < text.size(); i++) {
    const std::string three = text.substr(i, 3);
    const auto byte = [&](size_t at) { return static_cast<unsigned char>(three[at]); };
    char c = text[i];
    if (three.size() == 3 && three >= "\xEF\xBC\x81" && three <= "\xEF\xBD\x9E") {
      c = static_cast<char>((byte(1) == 0xBC ? 0x20 : 0x60) + byte(2) - 0x80);
      i += 2;
    }
    plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return plain;
}

// Returns whether a number goes on with this character.
bool GoesOn(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '_'; }

// What is paid of a claim if all but its discount is; credit notes of so much earn none.
std::optional<Share> LessDiscount(const Claim& claim, Wide credit) {
  if (credit >= claim.open) return std::nullopt;
  const Wide discount = HalfEven((claim.open - credit) * claim.off, kWhole);
  if (discount == 0 || discount >= claim.open - credit) return std::nullopt;
  return Share{&claim, claim.open - discount, discount, 0};
}

// The answer of the only invoice that has this amount. `several`: whether there are more.
std::vector<Share> Exact(const std::vector<Claim>& claims, Wide amount, Wide credit, bool& several) {
  std::vector<Share> found;
  for (const Claim& claim : claims) {
    const auto less = LessDiscount(claim, credit);
    if (claim.open == amount || claim.part == amount) {
      found.push_back({&claim, amount, 0, 0});
    } else if (less.has_value() && less->amount == amount) {
      found.push_back(*less);
    }
  }
  several = several || found.size() > 1;
  if (found.size() > 1) found.clear();
  return found;
}

// All that is open and not above the amount, or the only set of two or more, that adds up to it.
std::vector<Share> Subset(const std::vector<Claim>& claims, Wide amount, bool& several) {
  std::vector<const Claim*> candidates;
  for (const Claim& claim : claims) {
    if (claim.open <= amount) candidates.push_back(&claim);
  }
  std::vector<uint64_t> sets;
  for (uint64_t set = 0; candidates.size() < 20 && set < uint64_t{1} << candidates.size(); set++) {
    Wide sum = 0;
    int count = 0;
    for (size_t i = 0; i < candidates.size(); i++) {
      if ((set >> i & 1) == 0) continue;
      sum += candidates[i]->open;
      count++;
    }
    if (count >= 2 && sum == amount) sets.push_back(set);
  }
  several = several || sets.size() > 1;
  std::vector<Share> shares;
  for (size_t i = 0; sets.size() == 1 && i < candidates.size(); i++) {
    if ((sets.front() >> i & 1) != 0) shares.push_back({candidates[i], candidates[i]->open, 0, 0});
  }
  return shares;
}

// The only invoice that would be short within the tolerance.
std::vector<Share> Near(const std::vector<Claim>& claims, Wide amount) {
  std::vector<Share> found;
  for (const Claim& claim : claims) {
    const Wide lacks = claim.open - amount;
    if (lacks > 0 && claim.may_lack.has_value() && lacks <= *claim.may_lack) {
      found.push_back({&claim, amount, 0, lacks});
    }
  }
  if (found.size() > 1) found.clear();
  if (found.size() == 1 && found[0].difference > found[0].claim->left_of_month) found.clear();
  return found;
}

// As far as the amount reaches.
std::vector<Share> InOrder(const std::vector<Claim>& claims, Wide amount, bool named_only) {
  std::vector<Share> shares;
  for (const Claim& claim : claims) {
    if (named_only && !claim.named) continue;
    const Wide paid = std::min(amount, claim.open);
    if (paid > 0) shares.push_back({&claim, paid, 0, 0});
    amount -= paid;
  }
  return shares;
}

std::vector<Share> Named(const std::vector<Claim>& claims, Wide amount) {
  Wide whole = 0, less = 0;
  std::vector<Share> all, with_discounts;
  for (const Claim& claim : claims) {
    if (!claim.named) continue;
    all.push_back({&claim, claim.open, 0, 0});
    with_discounts.push_back(LessDiscount(claim, 0).value_or(all.back()));
    whole += claim.open;
    less += with_discounts.back().amount;
  }
  if (amount < whole && amount == less) return with_discounts;
  const bool short_of_one = all.size() == 1 && amount < whole && all.front().claim->may_lack.has_value();
  if (short_of_one && whole - amount <= std::min(*all.front().claim->may_lack, all.front().claim->left_of_month)) {
    return {{all.front().claim, amount, 0, whole - amount}};
  }
  return InOrder(claims, amount, true);
}

// Part by part: what is due, what nobody guarantees, what bears most, what was due first; equals by what is open of
// them.
std::vector<Share> ByTheLaw(const std::vector<Claim>& claims, Wide amount) {
  using Rank = std::tuple<bool, bool, Wide, Date>;
  std::map<Rank, std::vector<Share>> ranks;
  for (const Claim& claim : claims) {
    for (const auto& [due, open] : claim.parts) {
      ranks[{due > claim.day, claim.guaranteed, -claim.yearly_rate, due}].push_back({&claim, open, 0, 0});
    }
  }
  std::vector<Share> shares;
  for (const auto& [rank, parts] : ranks) {
    Wide whole = 0, before = 0;
    for (const Share& part : parts) whole += part.amount;
    const Wide paid = std::min(amount, whole);
    amount -= paid;
    for (const Share& part : parts) {
      const Wide of_part = ShareOf(paid, before + part.amount, whole) - ShareOf(paid, before, whole);
      before += part.amount;
      if (of_part == 0) continue;
      const auto is_of_claim = [&](const Share& share) { return share.claim == part.claim; };
      const auto share = std::find_if(shares.begin(), shares.end(), is_of_claim);
      if (share != shares.end()) {
        share->amount += of_part;
      } else {
        shares.push_back({part.claim, of_part, 0, 0});
      }
    }
  }
  return shares;
}

// The claims in the order of their days.
Answer Choose(const std::vector<Claim>& claims, Wide amount, Wide credit, bool others_only, const std::string& order) {
  if (others_only || claims.empty()) return {};
  const auto is_named = [](const Claim& claim) { return claim.named; };
  if (std::any_of(claims.begin(), claims.end(), is_named)) return {"reference", Named(claims, amount)};
  bool several = false;
  if (auto found = Exact(claims, amount, 0, several); !found.empty()) return {"exact", found};
  if (auto found = Subset(claims, amount, several); !found.empty()) return {"subset", found};
  if (credit > 0) {
    if (auto found = Exact(claims, amount + credit, credit, several); !found.empty()) return {"net", found};
    if (auto found = Subset(claims, amount + credit, several); !found.empty()) return {"net", found};
  }
  if (!several) {
    if (auto found = Near(claims, amount); !found.empty()) return {"near", found};
  }
  if (order == "oldest") return {"oldest", InOrder(claims, amount, false)};
  if (order == "prc") return {"prc", ByTheLaw(claims, amount)};
  return {};
}

}  // namespace

// Longest first; what one number covers is used up.
std::set<std::string> Model::NamedIn(const std::string& reference) const {
  std::vector<std::string> numbers;
  for (const Fact& fact : facts_) {
    if (fact.type == "InvoiceIssued") numbers.push_back(fact.number);
  }
  std::sort(numbers.begin(), numbers.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
  std::string text = Plain(reference);
  std::set<std::string> named;
  for (const std::string& number : numbers) {
    const std::string plain = Plain(number);
    if (plain.size() < 4 && plain.find_first_not_of("0123456789") == std::string::npos) continue;
    for (size_t at = text.find(plain); at != std::string::npos; at = text.find(plain, at + 1)) {
      const size_t end = at + plain.size();
      if ((at > 0 && GoesOn(text[at - 1])) || (end < text.size() && GoesOn(text[end]))) continue;
      named.insert(number);
      text.replace(at, plain.size(), plain.size(), '\1');
    }
  }
  return named;
}

std::vector<Suggestion> Model::Suggest(const Cut& cut, const std::string& order) const {
  Model then = *this;
  std::erase_if(then.facts_, [&](const Fact& fact) { return !cut.Sees(fact.date, fact.seq); });
  // A closing holds once it is recorded, whatever its date.
  Model known = *this;
  std::erase_if(known.facts_, [&](const Fact& fact) { return fact.seq > cut.known; });
  Date first_open = Date::Min();
  for (const Date closed : known.ClosedThrough()) first_open = std::max(first_open, closed.AddDays(1));
  std::vector<Fact> payments;
  for (const Fact& fact : then.facts_) {
    if (fact.type == "PaymentReceived") payments.push_back(fact);
  }
  std::stable_sort(payments.begin(), payments.end(), [](const Fact& a, const Fact& b) { return a.date < b.date; });
  std::vector<Suggestion> suggestions;
  for (const Fact& payment : payments) {
    for (const Suggestion& each : then.SuggestFor(payment, first_open, order)) {
      suggestions.push_back(each);
      if (!each.invoice.empty()) then.Take(each);
    }
  }
  return suggestions;
}

// Records what was suggested; it must be admitted.
void Model::Take(const Suggestion& suggestion) {
  Fact application;
  application.type = "PaymentApplied";
  application.id = "suggested:" + std::to_string(facts_.size());
  application.date = suggestion.day;
  application.actor = kRobot;
  application.payment = suggestion.credit_note.empty() ? suggestion.payment : "";
  application.credit_note = suggestion.credit_note;
  application.invoice = suggestion.invoice;
  application.amount = suggestion.amount;
  application.discount = suggestion.discount;
  CHECK(Submit(application).refused_for.empty());
  if (suggestion.difference == 0) return;
  Fact difference = facts_.back();
  difference.type = "DifferenceClosed";
  difference.number = difference.id = application.id + "d";
  difference.amount = suggestion.difference;
  difference.discount = 0;
  difference.seq = facts_.size() + 1;
  facts_.push_back(difference);
}

std::vector<Suggestion> Model::SuggestFor(const Fact& payment, Date first_open, const std::string& order) const {
  // What was applied and is not any more can be applied again from the day of its reversal on.
  const auto since = LeftSince(std::max(payment.date, first_open), [&](Date d) { return Unapplied(payment, {d}); });
  if (!since.has_value()) return {};
  const Date day = *since;
  const Wide amount = LeastUnapplied(payment, day);
  if (amount > kMostOfAnAmount) return {};
  struct Credit {
    const Fact* note = nullptr;
    Date since;
    Wide left = 0;
  };
  std::vector<Credit> credits;
  std::vector<const Fact*> in_order;
  for (const Fact& fact : facts_) in_order.push_back(&fact);
  std::stable_sort(in_order.begin(), in_order.end(), [](const Fact* a, const Fact* b) { return a->date < b->date; });
  const std::set<std::string> named = NamedIn(payment.reference);
  bool own = named.empty();
  std::vector<Claim> claims;
  Wide credit = 0;
  for (const Fact* fact : in_order) {
    if (fact->customer != payment.customer) continue;
    if (fact->type == "InvoiceIssued" && named.contains(fact->number)) own = true;
    if (fact->currency != payment.currency) continue;
    Date both = std::max(day, fact->date);
    if (fact->type == "CreditNoteIssued" && fact->invoice.empty()) {
      const auto left_since = LeftSince(both, [&](Date d) { return Unapplied(*fact, {d}); });
      if (!left_since.has_value()) continue;
      credits.push_back({fact, *left_since, LeastUnapplied(*fact, *left_since)});
      credit += credits.back().left;
    }
    if (fact->type != "InvoiceIssued") continue;
    const auto open_since = LeftSince(both, [&](Date d) { return Open(*fact, {d}); });
    if (!open_since.has_value()) continue;
    both = *open_since;
    Claim claim;
    claim.invoice = fact;
    claim.day = both;
    claim.open = LeastOpen(*fact, both);
    claim.named = named.contains(fact->number);
    // By the schedule of the day, what is open fills it from the last instalment backwards.
    Wide rest = Open(*fact, {both}) - claim.open;
    for (const OpenItem& part : OpenParts(*fact, {both})) {
      const Wide gone = std::min(rest, part.open);
      rest -= gone;
      if (part.open > gone) claim.parts.emplace_back(part.due, part.open - gone);
      if (part.open == gone || claim.part > 0) continue;
      claim.part = part.open - gone;
      claim.due = part.due;
    }
    claim.guaranteed = IsGuaranteed(*fact, both);
    if (const Fact* set = InterestFor(*fact, {both})) {
      claim.yearly_rate = *TenThousandths(set->rate) * (set->day_count == "day" ? 365 : 1);
    }
    claim.off = DiscountOffered(*fact, payment.date);
    if (Open(*fact, {both}) == claim.open) claim.may_lack = LargestDifference(*fact, both);
    claim.left_of_month = claim.may_lack.has_value() ? LeftOfMonth(fact->currency, both) : 0;
    claims.push_back(claim);
  }
  std::sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) {
    return std::tuple(a.due, a.invoice->date, a.invoice->number) <
           std::tuple(b.due, b.invoice->date, b.invoice->number);
  });
  const Answer answer = Choose(claims, amount, credit, !own, order);
  std::vector<Suggestion> suggestions;
  if (answer.shares.empty()) suggestions.push_back({payment.number, "", "", answer.rule, 0, 0, 0, day});
  auto next = credits.begin();
  for (const Share& share : answer.shares) {
    Wide left = share.amount;
    const std::string& invoice = share.claim->invoice->number;
    for (; answer.rule == "net" && next != credits.end() && left > 0;) {
      const Wide paid = std::min(left, next->left);
      suggestions.push_back({payment.number, invoice, next->note->number, answer.rule, paid, 0, 0,
                             std::max(share.claim->day, next->since)});
      left -= paid;
      next->left -= paid;
      if (next->left == 0) ++next;
    }
    if (left > 0) {
      suggestions.push_back(
          {payment.number, invoice, "", answer.rule, left, share.discount, share.difference, share.claim->day});
    }
  }
  return suggestions;
}

// The first day, of that one and all later ones, from which on there is always something; nothing if there is none.
std::optional<Date> Model::LeftSince(Date from, const std::function<Wide(Date)>& left_on) const {
  const std::set<Date> days = DatesFrom(from);
  std::optional<Date> since;
  for (auto day = days.rbegin(); day != days.rend() && left_on(*day) > 0; ++day) since = *day;
  return since;
}

Wide Model::DiscountOffered(const Fact& invoice, Date paid) const {
  const auto terms =
      ReadTerms(invoice.terms.empty() ? TermsOn(invoice.customer, invoice.date, invoice.seq - 1) : invoice.terms);
  for (const Discount& each : terms->discounts) {
    if (paid <= invoice.date.AddDays(each.days + each.tolerated)) return each.part;
  }
  return 0;
}

// What one difference may close on a day, whoever closes it; nothing without a policy.
std::optional<Wide> Model::LargestDifference(const Fact& invoice, Date day) const {
  const Fact* policy = ToleranceOn(invoice.currency, day);
  if (policy == nullptr) return std::nullopt;
  if (policy->percent.empty()) return policy->amount;
  Wide billed = invoice.amount;
  for (const Fact& fact : facts_) {
    const bool debits = fact.type == "DebitNoteIssued" && fact.invoice == invoice.number;
    if (debits && !Undone(fact, Cut{})) billed += fact.amount;
  }
  return std::min(policy->amount, billed * *TenThousandths(policy->percent) / 1'000'000);
}

// By a guarantee that names it and has something left.
bool Model::IsGuaranteed(const Fact& invoice, Date day) const {
  return std::any_of(facts_.begin(), facts_.end(), [&](const Fact& fact) {
    const bool names_it = fact.type == "GuaranteeReceived" &&
                          std::find(fact.invoices.begin(), fact.invoices.end(), invoice.number) != fact.invoices.end();
    return names_it && day <= fact.expires.value_or(day) && GuaranteeLeft(fact, {day}) > 0;
  });
}

// What whoever records suggestions may still close in that month.
Wide Model::LeftOfMonth(const std::string& currency, Date day) const {
  const Fact* policy = ToleranceOn(currency, day);
  if (!policy->per_month.has_value()) return kMostOfAnAmount;
  Fact difference;
  difference.actor = kRobot;
  difference.currency = currency;
  difference.date = day;
  return *policy->per_month - ClosedInMonth(difference, Cut{});
}

}  // namespace duebook::model
