#include "ledger/loading/books_from_log.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "ledger/events/event_kind.h"
#include "ledger/events/general.h"
#include "ledger/log/derived/index_fold.h"

namespace duebook {

namespace {

// What questions cost, in events that are folded meanwhile when the log is read from its beginning.
constexpr uint64_t kCostOfLookup = 50;
constexpr uint64_t kCostOfEvent = 16;  // an event by itself: its frame has to be found and decompressed
constexpr uint64_t kLookupsOfCommand = 3;

std::vector<EventType> TypesLoaded(LoadedWith with) {
  std::vector<EventType> types;
  for (const EventTypeInfo& info : AllEventTypes()) {
    if (KindOf(info.type).loaded == with) types.push_back(info.type);
  }
  return types;
}

constexpr size_t kMostTied = 200;  // documents

// Whether numbers of this kind are given again, which ties the customers to each other that had one after another.
bool IsGivenAgain(DocumentKind kind) { return kind == DocumentKind::kBill; }

}  // namespace

Result<std::unique_ptr<BooksFromLog>> BooksFromLog::Open(const EventLog& log, Books* books, LoadingLimits limits) {
  std::unique_ptr<BooksFromLog> from_log(new BooksFromLog(log, books, std::move(limits)));
  const auto reach = log.IndexReach();
  RETURN_IF_ERROR(reach);
  if (*reach == 0) {
    RETURN_IF_ERROR(from_log->LoadAll());
  } else {
    books->SetSource(from_log.get());
    RETURN_IF_ERROR(from_log->LoadControl());
  }
  return from_log;
}

// --- all of them ---

Status BooksFromLog::LoadAll() {
  LoadedBooks all{books_->Fresh()};
  all.ids.Reserve(last_seq_);
  RETURN_IF_ERROR(all.Extend(log_, last_seq_, last_seq_, [](uint64_t /*seq*/) { return true; }));
  *books_ = std::move(all.books);
  ids_ = std::move(all.ids);
  whole_ = true;
  return Status();
}

bool BooksFromLog::IsMuch(uint64_t events) const { return events > std::max(limits_.least, last_seq_ / limits_.part); }

void BooksFromLog::BeginLoading() {
  if (loading_ == nullptr) loading_ = std::make_shared<BooksLoading>(log_, books_->Fresh(), last_seq_, limits_.on_next);
}

void BooksFromLog::Spend(uint64_t events) {
  spent_ += events;
  if (IsMuch(spent_)) BeginLoading();
}

std::shared_ptr<const BooksLoading> BooksFromLog::Expect(size_t commands) {
  if (whole_ || !IsMuch(commands * kLookupsOfCommand * kCostOfLookup)) return nullptr;
  BeginLoading();
  return loading_;
}

Result<uint64_t> BooksFromLog::TakeLoaded(Books* books) {
  auto loaded = loading_->Take();
  RETURN_IF_ERROR(loaded);
  loading_.reset();
  *books = std::move(loaded->books);
  ids_ = std::move(loaded->ids);
  whole_ = true;
  control_ = {};
  master_seqs_.reset();
  masters_.clear();
  return loaded->last_seq;
}

void BooksFromLog::StopLoading() {
  if (loading_ != nullptr) loading_->Stop();
}

// --- some of them ---

Status BooksFromLog::LoadControl() {
  std::vector<uint64_t> seqs;
  for (const EventType type : TypesLoaded(LoadedWith::kControl)) {
    const auto found = log_.Find(TypeKey(type));
    RETURN_IF_ERROR(found);
    seqs.insert(seqs.end(), found->begin(), found->end());
  }
  std::sort(seqs.begin(), seqs.end());
  RETURN_IF_ERROR(log_.GetMany(seqs, [&](EventView event) { control_.emplace_back(std::string(event.bytes())); }));
  Books control;
  for (const StoredEvent& event : control_) RETURN_IF_ERROR(Fold(control, event.view(), event.view().seq()));
  RETURN_IF_ERROR(FoldControlOfOthers(&control));
  books_->Adopt(std::move(control));
  return Status();
}

Status BooksFromLog::FoldControlOfOthers(Books* control) const {
  for (const EventTypeInfo& info : AllEventTypes()) {
    if (KindOf(info.type).evolve_control == nullptr) continue;
    const auto seqs = Find(TypeKey(info.type));
    RETURN_IF_ERROR(seqs);
    Status folded;
    RETURN_IF_ERROR(log_.GetMany(*seqs, [&](EventView event) {
      // A forged index may have events of another type there, as it may lack some: verification tells it.
      if (folded.ok() && event.type() == info.type) folded = FoldControl(*control, event, event.seq());
    }));
    RETURN_IF_ERROR(folded);
  }
  return Status();
}

Result<std::vector<uint64_t>> BooksFromLog::Find(std::string_view key) const {
  auto seqs = log_.Find(key);
  RETURN_IF_ERROR(seqs);
  seqs->erase(std::upper_bound(seqs->begin(), seqs->end(), last_seq_), seqs->end());
  return seqs;
}

Status BooksFromLog::FoldIn(const Events& events, Books* books) const {
  auto control = control_.begin();
  for (const auto& [seq, event] : events) {
    for (; control != control_.end() && control->view().seq() < seq; ++control) {
      RETURN_IF_ERROR(Fold(*books, control->view(), control->view().seq()));
    }
    RETURN_IF_ERROR(Fold(*books, event.view(), seq));
  }
  return Status();
}

// --- customers ---

Result<std::vector<uint64_t>> BooksFromLog::SeqsOfMaster(const std::vector<uint64_t>& of_customer) {
  if (!master_seqs_.has_value()) {
    std::vector<uint64_t> seqs;
    for (const EventType type : TypesLoaded(LoadedWith::kCustomer)) {
      const auto found = Find(TypeKey(type));
      RETURN_IF_ERROR(found);
      seqs.insert(seqs.end(), found->begin(), found->end());
    }
    std::sort(seqs.begin(), seqs.end());
    master_seqs_ = std::move(seqs);
  }
  std::vector<uint64_t> seqs{of_customer.front()};  // its opening
  std::set_intersection(of_customer.begin() + 1, of_customer.end(), master_seqs_->begin(), master_seqs_->end(),
                        std::back_inserter(seqs));
  return seqs;
}

Status BooksFromLog::AddReversals(Events* events) const {
  std::vector<uint64_t> seqs;
  for (const auto& [seq, event] : *events) {
    if (event.view().info().introduces_by_event_id != DocumentKind::kEvent) continue;
    const auto found = Find(DocumentKey(DocumentKind::kEvent, event.view().id()));
    RETURN_IF_ERROR(found);
    std::copy_if(found->begin(), found->end(), std::back_inserter(seqs),
                 [events](uint64_t each) { return !events->contains(each); });
  }
  std::sort(seqs.begin(), seqs.end());
  return log_.GetMany(seqs,
                      [&](EventView event) { events->emplace(event.seq(), StoredEvent(std::string(event.bytes()))); });
}

Status BooksFromLog::LoadCustomer(std::string_view id) {
  if (masters_.contains(id)) return Status();
  Spend(kCostOfLookup);
  const auto of_customer = Find(CustomerKey(id));
  RETURN_IF_ERROR(of_customer);
  if (of_customer->empty()) return Status();
  const auto seqs = SeqsOfMaster(*of_customer);
  RETURN_IF_ERROR(seqs);
  Spend(kCostOfEvent * seqs->size());
  Events events;
  RETURN_IF_ERROR(log_.GetMany(
      *seqs, [&](EventView event) { events.emplace(event.seq(), StoredEvent(std::string(event.bytes()))); }));
  RETURN_IF_ERROR(AddReversals(&events));
  Books of_customer_alone;
  RETURN_IF_ERROR(FoldIn(events, &of_customer_alone));
  of_customer_alone.MutableCustomer(id).in_part = of_customer->size() > events.size();
  masters_.emplace(id, std::move(events));
  books_->Adopt(std::move(of_customer_alone));
  return Status();
}

Status BooksFromLog::LoadWholeCustomer(std::string_view id) { return LoadWholeCustomers({std::string(id)}); }

Status BooksFromLog::LoadWholeCustomers(Customers customers) {
  for (;;) {
    std::set<std::string> given_again;  // keys of documents
    auto whole = FoldWhole(customers, &given_again);
    RETURN_IF_ERROR(whole);
    const size_t folded = customers.size();
    for (const std::string& key : given_again) {
      const auto seqs = Find(key);
      RETURN_IF_ERROR(seqs);
      RETURN_IF_ERROR(log_.GetMany(*seqs, [&](EventView event) { customers.emplace(event.customer()); }));
    }
    if (customers.size() > folded) continue;
    books_->Adopt(std::move(*whole));
    return Status();
  }
}

Result<Books> BooksFromLog::FoldWhole(const Customers& customers, std::set<std::string>* given_again) {
  std::vector<uint64_t> seqs;
  for (const std::string& customer : customers) {
    const auto found = Find(CustomerKey(customer));
    RETURN_IF_ERROR(found);
    seqs.insert(seqs.end(), found->begin(), found->end());
  }
  std::sort(seqs.begin(), seqs.end());
  Spend(kCostOfLookup * customers.size() + kCostOfEvent * seqs.size());
  Books whole;
  Status folded;
  auto control = control_.begin();
  RETURN_IF_ERROR(log_.GetMany(seqs, [&](EventView event) {
    for (; folded.ok() && control != control_.end() && control->view().seq() < event.seq(); ++control) {
      folded = Fold(whole, control->view(), control->view().seq());
    }
    if (folded.ok()) folded = Fold(whole, event, event.seq());
    ForEachIntroduced(event, [&](DocumentKind kind, std::string_view number) {
      if (IsGivenAgain(kind)) given_again->insert(DocumentKey(kind, number));
    });
  }));
  RETURN_IF_ERROR(folded);
  return whole;
}

// --- documents ---

Result<bool> BooksFromLog::AddTied(DocumentKind kind, std::string_view number, Events* events) const {
  std::set<std::string> asked;  // keys of documents
  std::vector<std::string> waiting{DocumentKey(kind, number)};
  while (!waiting.empty()) {
    std::vector<uint64_t> found;
    for (const std::string& key : waiting) {
      if (!asked.insert(key).second) continue;
      if (asked.size() > kMostTied) return false;
      const auto seqs = Find(key);
      RETURN_IF_ERROR(seqs);
      std::copy_if(seqs->begin(), seqs->end(), std::back_inserter(found),
                   [&](uint64_t seq) { return !events->contains(seq); });
    }
    waiting.clear();
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    const auto ask = [&](DocumentKind other_kind, std::string_view other) {
      waiting.push_back(DocumentKey(other_kind, other));
    };
    RETURN_IF_ERROR(log_.GetMany(found, [&](EventView event) {
      events->emplace(event.seq(), StoredEvent(std::string(event.bytes())));
      ForEachIntroduced(event, ask);
      ForEachNamed(event, ask);
    }));
  }
  return true;
}

Status BooksFromLog::LoadDocument(DocumentKind kind, std::string_view number) {
  Spend(kCostOfLookup);
  const auto seq = log_.FindIntroducing(DocumentKey(kind, number));
  RETURN_IF_ERROR(seq);
  if (!seq->has_value() || **seq > last_seq_) return Status();
  Events events;
  const auto all = AddTied(kind, number, &events);
  RETURN_IF_ERROR(all);
  Spend(kCostOfEvent * events.size());
  Customers customers;  // more than one only where a bill came in from several
  for (const auto& [of_event, event] : events) customers.emplace(event.view().customer());
  for (const std::string& customer : customers) RETURN_IF_ERROR(LoadCustomer(customer));
  if (!*all) return LoadWholeCustomers(std::move(customers));
  for (const std::string& customer : customers) {
    const auto master = masters_.find(customer);
    if (master != masters_.end()) events.insert(master->second.begin(), master->second.end());
  }
  Books tied;
  RETURN_IF_ERROR(FoldIn(events, &tied));
  for (const std::string& customer : customers) {
    if (masters_.contains(customer)) tied.MutableCustomer(customer).in_part = true;
  }
  books_->Adopt(std::move(tied));
  return Status();
}

// --- ids ---

Result<std::optional<uint64_t>> BooksFromLog::SeqOfId(std::string_view id) {
  if (last_seq_ == 0) return std::optional<uint64_t>();
  if (whole_) {
    return ids_.Find(id, [&](uint64_t seq) -> Result<bool> {
      bool is_it = false;
      RETURN_IF_ERROR(log_.GetMany({seq}, [&](EventView event) { is_it = event.id() == id; }));
      return is_it;
    });
  }
  Spend(kCostOfLookup);
  auto seq = log_.FindEventId(id);
  if (seq.ok() && seq->has_value() && **seq > last_seq_) return std::optional<uint64_t>();
  return seq;
}

}  // namespace duebook
