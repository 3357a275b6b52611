#include "ledger/books_from_log.h"

#include <algorithm>

#include "ledger/derived/index_fold.h"
#include "ledger/rules/general.h"

namespace duebook {

namespace {

// What questions cost, in events that are folded meanwhile when the log is read from its beginning.
constexpr uint64_t kCostOfLookup = 50;
constexpr uint64_t kCostOfEvent = 16;  // an event by itself: its frame has to be found and decompressed
constexpr uint64_t kAlwaysWorth = 8192;

constexpr EventType kControlTypes[] = {EventType::RoleGranted, EventType::RoleRevoked, EventType::WriteOffPolicySet,
                                       EventType::PeriodClosed, EventType::PeriodReopened};

}  // namespace

Result<std::unique_ptr<BooksFromLog>> BooksFromLog::Open(const EventLog& log, Books* books) {
  std::unique_ptr<BooksFromLog> from_log(new BooksFromLog(log, books));
  books->SetSource(from_log.get());
  const auto reach = log.IndexReach();
  RETURN_IF_ERROR(reach);
  if (*reach == 0) {
    RETURN_IF_ERROR(from_log->LoadAll());
  } else {
    RETURN_IF_ERROR(from_log->LoadTurnover());
    RETURN_IF_ERROR(from_log->LoadControl());
  }
  return from_log;
}

bool BooksFromLog::Spend(uint64_t events) {
  spent_ += events;
  return spent_ <= std::max(kAlwaysWorth, last_seq_ / 2);
}

Status BooksFromLog::LoadAll() {
  whole_ = true;
  ids_.Reserve(last_seq_);
  Books all;
  Status folded;
  uint64_t seq = 0;
  RETURN_IF_ERROR(log_.Scan(1, last_seq_, [&](EventView event) {
    folded = Fold(all, event, ++seq);
    if (folded.ok()) ids_.Insert(event.id(), seq);
    return folded.ok();
  }));
  RETURN_IF_ERROR(folded);
  books_->Adopt(std::move(all));
  books_->SetSource(nullptr);
  return Status();
}

Status BooksFromLog::LoadTurnover() {
  auto turnover = log_.Turnover();
  RETURN_IF_ERROR(turnover);
  for (const auto& [currency, sum] : *turnover) books_->MutableTurnover(currency).sum = sum;
  return Status();
}

Status BooksFromLog::LoadControl() {
  std::vector<uint64_t> seqs;
  for (const EventType type : kControlTypes) {
    const auto found = log_.Find(TypeKey(type));
    RETURN_IF_ERROR(found);
    seqs.insert(seqs.end(), found->begin(), found->end());
  }
  std::sort(seqs.begin(), seqs.end());
  RETURN_IF_ERROR(log_.GetMany(seqs, [&](EventView event) { control_.emplace_back(std::string(event.bytes())); }));
  Books control;
  for (const StoredEvent& event : control_) RETURN_IF_ERROR(Fold(control, event.view(), event.view().seq()));
  books_->Adopt(std::move(control));
  return Status();
}

Status BooksFromLog::LoadCustomer(std::string_view id) {
  if (whole_ || loaded_.contains(id)) return Status();
  if (!Spend(kCostOfLookup)) return LoadAll();
  auto seqs = log_.Find(CustomerKey(id));
  RETURN_IF_ERROR(seqs);
  seqs->erase(std::upper_bound(seqs->begin(), seqs->end(), last_seq_), seqs->end());
  if (!Spend(kCostOfEvent * seqs->size())) return LoadAll();
  loaded_.emplace(id);
  Books of_customer;
  Status folded;
  auto control = control_.begin();
  RETURN_IF_ERROR(log_.GetMany(*seqs, [&](EventView event) {
    for (; folded.ok() && control != control_.end() && control->view().seq() < event.seq(); ++control) {
      folded = Fold(of_customer, control->view(), control->view().seq());
    }
    if (folded.ok()) folded = Fold(of_customer, event, event.seq());
  }));
  RETURN_IF_ERROR(folded);
  books_->Adopt(std::move(of_customer));
  return Status();
}

Status BooksFromLog::LoadDocument(DocumentKind kind, std::string_view number) {
  if (whole_) return Status();
  if (!Spend(kCostOfLookup)) return LoadAll();
  const auto seq = log_.FindIntroducing(DocumentKey(kind, number));
  RETURN_IF_ERROR(seq);
  if (!seq->has_value() || **seq > last_seq_) return Status();
  std::string customer;
  RETURN_IF_ERROR(log_.GetMany({**seq}, [&](EventView event) { customer = event.customer(); }));
  return LoadCustomer(customer);
}

Result<std::optional<uint64_t>> BooksFromLog::SeqOfId(std::string_view id) {
  if (last_seq_ == 0) return std::optional<uint64_t>();
  if (!whole_ && !Spend(kCostOfLookup)) RETURN_IF_ERROR(LoadAll());
  if (whole_) {
    return ids_.Find(id, [&](uint64_t seq) -> Result<bool> {
      bool is_it = false;
      RETURN_IF_ERROR(log_.GetMany({seq}, [&](EventView event) { is_it = event.id() == id; }));
      return is_it;
    });
  }
  auto seq = log_.FindEventId(id);
  if (seq.ok() && seq->has_value() && **seq > last_seq_) return std::optional<uint64_t>();
  return seq;
}

}  // namespace duebook
