#include "ledger/log/event_index.h"

#include <algorithm>

#include "ledger/log/derived/index_fold.h"

namespace duebook {

namespace {

constexpr char kCustomerPrefix = 0x01;
constexpr char kDocumentPrefix = 0x02;
constexpr char kTypePrefix = 0x03;
constexpr char kIdPrefix = 0x04;

std::string IdKey(std::string_view id) {
  std::string key(1, kIdPrefix);
  return key.append(id);
}

// Returns whether the event has this id, or introduces this name.
bool BeginsWith(EventView event, std::string_view key) {
  if (key.front() == kIdPrefix) return event.id() == key.substr(1);
  bool is_it = false;
  ForEachIntroducedKey(event, [&](const std::string& own) { is_it = is_it || own == key; });
  return is_it;
}

}  // namespace

std::string CustomerKey(std::string_view customer) {
  std::string key(1, kCustomerPrefix);
  return key.append(customer);
}

std::string DocumentKey(DocumentKind kind, std::string_view number) {
  std::string key{kDocumentPrefix, static_cast<char>(kind)};
  return key.append(number);
}

std::string TypeKey(EventType type) { return {kTypePrefix, static_cast<char>(type)}; }

EventIndex::EventIndex(const EventLog& log) : log_(log) {}

EventIndex::~EventIndex() = default;

// --- what is behind the folds ---

void EventIndex::Add(EventView event) {
  const uint64_t seq = event.seq();
  position_ = seq;
  introduced_.Insert(IdKey(event.id()), seq);
  ForEachIntroducedKey(event, [&](const std::string& key) { introduced_.Insert(key, seq); });
  types_[event.type()].push_back(seq);
  for (size_t i = 0; i < event.reference_count(); i++) {
    if (event.reference(i) != 0) referred_.emplace_back(event.reference(i), seq);
  }
  AddToSpans(event, &spans_);
}

void EventIndex::OpenFolds() {
  if (folds_ != nullptr || damaged_) return;
  folds_ = std::make_unique<const IndexFolds>(Folds::Open(log_, kIndexFold));
  position_ = folds_->position();
}

Status EventIndex::Extend() {
  OpenFolds();
  return log_.Scan(position_ + 1, log_.last_seq(), [this](EventView event) {
    Add(event);
    return true;
  });
}

template <class Search>
std::invoke_result_t<Search> EventIndex::WithFolds(Search&& search) {
  RETURN_IF_ERROR(Extend());
  auto found = search();
  if (found.ok() || damaged_ || found.error().code != ErrorCode::kDamaged) return found;
  WarnOfDerived(log_, found.error().sentence);
  damaged_ = true;
  folds_.reset();
  position_ = 0;
  introduced_ = {};
  referred_.clear();
  sorted_ = 0;
  types_.clear();
  spans_.clear();
  RETURN_IF_ERROR(Extend());
  return search();
}

// --- both ---

Result<std::vector<uint64_t>> EventIndex::Introducing(std::string_view key) {
  std::vector<uint64_t> seqs;
  const auto look_at = [&](uint64_t seq) {
    return log_.GetMany({seq}, [&](EventView event) {
      if (BeginsWith(event, key)) seqs.push_back(seq);
    });
  };
  if (folds_ != nullptr) {
    const auto candidates = key.front() == kIdPrefix ? folds_->OfId(key.substr(1)) : folds_->OfName(key);
    RETURN_IF_ERROR(candidates);
    for (const uint64_t seq : *candidates) RETURN_IF_ERROR(look_at(seq));
  }
  const auto goes_on = [&](uint64_t seq) -> Result<bool> {
    RETURN_IF_ERROR(look_at(seq));
    return false;
  };
  const auto searched = introduced_.Find(key, goes_on);
  RETURN_IF_ERROR(searched);
  std::sort(seqs.begin(), seqs.end());
  return seqs;
}

Result<std::optional<uint64_t>> EventIndex::FirstIntroducing(std::string_view key) {
  const auto introducing = Introducing(key);
  RETURN_IF_ERROR(introducing);
  return introducing->empty() ? std::nullopt : std::optional(introducing->front());
}

Result<std::vector<uint64_t>> EventIndex::ReferringTo(uint64_t seq) {
  std::vector<uint64_t> seqs;
  if (folds_ != nullptr) {
    auto folded = folds_->ReferringTo(seq);
    RETURN_IF_ERROR(folded);
    seqs = std::move(*folded);
  }
  if (sorted_ < referred_.size()) std::sort(referred_.begin(), referred_.end());
  sorted_ = referred_.size();
  auto reference = std::lower_bound(referred_.begin(), referred_.end(), std::pair(seq, uint64_t{0}));
  for (; reference != referred_.end() && reference->first == seq; ++reference) {
    if (seqs.empty() || reference->second != seqs.back()) seqs.push_back(reference->second);
  }
  return seqs;
}

Result<std::vector<uint64_t>> EventIndex::Look(std::string_view key) {
  std::vector<uint64_t> seqs;
  if (key.front() == kTypePrefix) {
    const auto type = static_cast<EventType>(key.back());
    if (folds_ != nullptr) {
      auto folded = folds_->OfType(type);
      RETURN_IF_ERROR(folded);
      seqs = std::move(*folded);
    }
    const std::vector<uint64_t>& behind = types_[type];
    seqs.insert(seqs.end(), behind.begin(), behind.end());
    return seqs;
  }
  const auto introducing = Introducing(key);
  RETURN_IF_ERROR(introducing);
  for (const uint64_t first : *introducing) {
    const auto referring = ReferringTo(first);
    RETURN_IF_ERROR(referring);
    if (!referring->empty() && referring->front() <= first) {
      return Error{ErrorCode::kDamaged, "the index has an event refer to one behind it",
                   "`duebook rebuild` makes it anew"};
    }
    seqs.push_back(first);
    seqs.insert(seqs.end(), referring->begin(), referring->end());
  }
  std::sort(seqs.begin(), seqs.end());
  seqs.erase(std::unique(seqs.begin(), seqs.end()), seqs.end());
  return seqs;
}

Result<std::vector<uint64_t>> EventIndex::Find(std::string_view key) {
  CHECK(!key.empty());
  return WithFolds([&] { return Look(key); });
}

Result<std::optional<uint64_t>> EventIndex::FindEventId(std::string_view id) {
  const std::string key = IdKey(id);
  return WithFolds([&] { return FirstIntroducing(key); });
}

Result<std::optional<uint64_t>> EventIndex::FindIntroducing(std::string_view key) {
  return WithFolds([&] { return FirstIntroducing(key); });
}

// Where folds are missing they are made again soon, and to read more than half of the log is to read it all.
Result<uint64_t> EventIndex::Reach() {
  OpenFolds();
  const uint64_t reach = damaged_ ? 0 : folds_->position();
  return reach < log_.last_seq() / 2 ? 0 : reach;
}

Result<ClockSpans> EventIndex::AllSpans() const {
  ClockSpans spans;
  if (folds_ != nullptr) {
    auto folded = folds_->Spans();
    RETURN_IF_ERROR(folded);
    spans = std::move(*folded);
  }
  for (const ClockSpan& span : spans_) AddSpan(span, &spans);
  return spans;
}

Result<ClockSpans> EventIndex::FindClockSpans() {
  return WithFolds([&] { return AllSpans(); });
}

}  // namespace duebook
