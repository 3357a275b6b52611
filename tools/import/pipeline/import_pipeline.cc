#include "tools/import/pipeline/import_pipeline.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <thread>
#include <vector>

#include "ledger/values/bounded_queue.h"
#include "tools/import/pipeline/import_warnings.h"
#include "tools/import/pipeline/strict_admission.h"

namespace duebook {

namespace {

// Batches waiting to be decided. Few: what waits is memory that had to be cleared first.
constexpr size_t kMostRead = 2;
// Those that a commit is being made of, and as many again on their way into the next one.
constexpr size_t kMostDecided = 6;

// What passes from one step to the next: a batch of a source, or the reason why there is none.
struct ReadBatch {
  std::shared_ptr<ImportSource> source;
  ImportBatch batch;
  std::optional<Error> unreadable;
  size_t expected = 0;                    // with the first batch of a source: about how many commands it has in all
  std::vector<ImportEntry> entries = {};  // of the batch's commands, in their order
};

struct DecidedBatch {
  ReadBatch read;
  std::vector<Outcome> outcomes;
  uint64_t commit = 0;
};

// By the first batch of a source: how many commands it has in all, if the rest is as dense.
size_t ExpectedCommands(const ImportSource& source, const ImportBatch& first) {
  const uint64_t read = source.bytes_read();
  const uint64_t total = source.bytes_total();
  if (read == 0 || total <= read) return first.commands.size();
  return first.commands.size() * ((total + read - 1) / read);
}

std::vector<ImportEntry> EntriesOf(const ImportBatch& batch, Currency ledger_currency) {
  std::vector<ImportEntry> entries;
  for (size_t i = 0; i < batch.commands.size(); i++) {
    const auto* command = std::get_if<Command>(&batch.commands[i]);
    auto entry = command == nullptr ? std::nullopt : EntryOf(*command, ledger_currency);
    if (!entry.has_value()) continue;
    entry->item = i;
    entries.push_back(*entry);
  }
  return entries;
}

// The first step: everything of all sources, in order.
void ReadAll(const NextSource& next_source, Currency ledger_currency, BoundedQueue<ReadBatch>* queue) {
  while (true) {
    auto opened = next_source();
    if (!opened.ok()) {
      if (!queue->Push({nullptr, {}, opened.error(), 0})) break;
      continue;
    }
    if (*opened == nullptr) break;
    const std::shared_ptr<ImportSource> source = std::move(*opened);
    for (bool first = true;; first = false) {
      ReadBatch read{source, {}, {}, 0};
      const auto more = source->Next(&read.batch);
      const bool end = !more.ok() || !*more;
      if (!more.ok()) read.unreadable = more.error();
      if (end && more.ok()) break;
      if (first) read.expected = ExpectedCommands(*source, read.batch);
      read.entries = EntriesOf(read.batch, ledger_currency);
      if (!queue->Push(std::move(read))) return;
      if (end) break;
    }
  }
  queue->Close();
}

void Count(const ImportBatch& batch, std::span<const Outcome> outcomes, uint64_t first_seq, ImportCounts* counts) {
  counts->lines += batch.lines;
  for (const ImportWarning& warning : batch.warnings) {
    const bool is_recorded = !std::holds_alternative<Rejection>(outcomes[warning.item]);
    counts->warnings[static_cast<size_t>(warning.code)] += is_recorded ? 1 : 0;
  }
  for (const Outcome& outcome : outcomes) {
    if (const auto* recorded = std::get_if<Recorded>(&outcome)) {
      counts->recorded += recorded->seq - recorded->first_seq + 1;
    } else if (const auto* duplicate = std::get_if<Duplicate>(&outcome)) {
      (IsRepeated(*duplicate, first_seq) ? counts->repeated : counts->duplicates)++;
    } else {
      counts->refused++;
    }
  }
}

// The last step, when what was decided is durable.
class Reporter {
 public:
  // `warnings`: to be looked for in what is recorded; null: they were refused before.
  Reporter(ImportObserver* observer, uint64_t first_seq, ImportWarnings* warnings)
      : observer_(observer), first_seq_(first_seq), warnings_(warnings) {}
  void NothingRecorded() { observer_->OnNothingRecorded(); }
  Status Report(ReadBatch& read, std::span<const Outcome> outcomes) {
    if (read.unreadable.has_value()) {
      observer_->OnUnreadable(*read.unreadable);
      unreadable_ = true;
      return Status();
    }
    if (warnings_ != nullptr) LookFor(*warnings_, read, outcomes);
    Count(read.batch, outcomes, first_seq_, &counts_);
    return observer_->OnBatch(*read.source, read.batch, outcomes);
  }
  const ImportCounts& counts() const { return counts_; }
  bool unreadable() const { return unreadable_; }

 private:
  // What was there already is compared with, and nothing is said of it.
  static void LookFor(ImportWarnings& warnings, ReadBatch& read, std::span<const Outcome> outcomes) {
    const std::string& file = read.source->name();
    for (const ImportEntry& entry : read.entries) {
      const Outcome& outcome = outcomes[entry.item];
      if (std::holds_alternative<Rejection>(outcome)) continue;
      if (std::holds_alternative<Recorded>(outcome)) {
        auto found = warnings.Look(entry, file);
        std::move(found.begin(), found.end(), std::back_inserter(read.batch.warnings));
      }
      warnings.Note(entry, file, read.batch.items[entry.item].line);
    }
  }

  ImportObserver* observer_;
  const uint64_t first_seq_;  // of the import
  ImportWarnings* warnings_;
  ImportCounts counts_;
  bool unreadable_ = false;
};

void NoteReferences(const ReadBatch& read, std::span<const Outcome> outcomes, LateReferences* references) {
  for (size_t i = 0; i < outcomes.size(); i++) {
    const auto* rejection = std::get_if<Rejection>(&outcomes[i]);
    if (rejection != nullptr) references->Note(read.source->name(), read.batch.items[i].line, *rejection);
  }
}

bool CallsForOther(const Outcome& outcome) {
  const auto* rejection = std::get_if<Rejection>(&outcome);
  if (rejection == nullptr) return false;
  return rejection->code == RejectionCode::kIdConflict || rejection->code == RejectionCode::kMoreThanOpen ||
         (rejection->code == RejectionCode::kUnknownReference && rejection->missing_kind == "invoice");
}

// E-invoices that the import refused, by their numbers.
class RefusedInvoices {
 public:
  void Note(const ImportBatch& batch, std::span<const Outcome> outcomes) {
    const bool is_refused = !outcomes.empty() && std::holds_alternative<Rejection>(outcomes.front());
    if (is_refused && !batch.invoice.empty()) numbers_.insert(batch.invoice);
  }
  bool Has(const Rejection& rejection) const {
    return rejection.missing_kind == "invoice" && numbers_.contains(rejection.missing);
  }

 private:
  std::set<std::string, std::less<>> numbers_;
};

// Asks for the other form of items that call for it. `ask` gives the outcome of a command. If the other form is
// refused, too, the reason that the item itself was refused for stands.
template <class Ask>
Status AskForOthers(const RefusedInvoices& refused, ImportBatch* batch, std::vector<Outcome>* outcomes,
                    const Ask& ask) {
  for (ImportBatch::Other& other : batch->others) {
    Outcome& outcome = (*outcomes)[other.item];
    if (!CallsForOther(outcome)) continue;
    Result<Outcome> instead = ask(std::move(other.command));
    RETURN_IF_ERROR(instead);
    if (std::holds_alternative<Rejection>(*instead)) continue;
    if (std::holds_alternative<Recorded>(*instead)) {
      const auto& rejection = std::get<Rejection>(outcome);
      std::string& why = batch->replaced[other.item];
      why = rejection.sentence + ": " + other.remark;
      if (refused.Has(rejection)) why += "; this import refused that invoice: apply it once that is recorded";
    }
    outcome = std::move(*instead);
  }
  return Status();
}

// One by one, as what is refused decides what is warned of behind it.
Result<Ledger::Submission> SubmitStrictly(Ledger* ledger, ReadBatch& read, ImportWarnings* warnings) {
  Ledger::Submission all{0, {}};
  const auto admit = [&](MadeCommand command) -> Result<Outcome> {
    auto submission = ledger->Submit({&command, 1});
    RETURN_IF_ERROR(submission);
    all.commit = submission->commit;
    return std::move(submission->outcomes.front());
  };
  auto outcomes = AdmitStrictly(read.source->name(), &read.batch, read.entries, warnings, admit);
  RETURN_IF_ERROR(outcomes);
  all.outcomes = std::move(*outcomes);
  return all;
}

// `strict`: what is warned of is refused; null: it is not.
Status ImportEach(Ledger* ledger, BoundedQueue<ReadBatch>* input, ImportWarnings* strict, Reporter* reporter,
                  ImportResult* result) {
  BoundedQueue<DecidedBatch> decided(kMostDecided);
  Status report_status;
  std::thread waiter([&] {
    while (auto next = decided.Pop()) {
      report_status = ledger->WaitUntilDurable(next->commit);
      if (report_status.ok()) report_status = reporter->Report(next->read, next->outcomes);
      if (!report_status.ok()) break;
    }
    decided.Close();
  });
  Status submit_status;
  LateReferences references;
  RefusedInvoices refused_invoices;
  while (auto read = input->Pop()) {
    DecidedBatch next{std::move(*read), {}, 0};
    if (next.read.expected > 0) ledger->Expect(next.read.expected);
    auto submission =
        strict == nullptr ? ledger->Submit(next.read.batch.commands) : SubmitStrictly(ledger, next.read, strict);
    if (!submission.ok()) {
      submit_status = submission.error();
      break;
    }
    next.outcomes = std::move(submission->outcomes);
    next.commit = submission->commit;
    refused_invoices.Note(next.read.batch, next.outcomes);
    const auto ask = [&](MadeCommand command) -> Result<Outcome> {
      auto other = ledger->Submit({&command, 1});
      RETURN_IF_ERROR(other);
      next.commit = other->commit;
      return std::move(other->outcomes.front());
    };
    submit_status = AskForOthers(refused_invoices, &next.read.batch, &next.outcomes, ask);
    if (!submit_status.ok()) break;
    NoteReferences(next.read, next.outcomes, &references);
    if (!decided.Push(std::move(next))) break;
  }
  decided.Close();
  waiter.join();
  RETURN_IF_ERROR(report_status);
  RETURN_IF_ERROR(submit_status);
  auto late = references.Find(
      [&](const Rejection& rejection) { return ledger->IntroducedSince(rejection); },
      [&](uint64_t seq, const std::function<void(EventView)>& visit) { return ledger->log().GetMany({seq}, visit); });
  RETURN_IF_ERROR(late);
  result->late = std::move(*late);
  return Status();
}

// All events that were staged for one command.
Status AddTo(EventSums* sums, const Ledger::Transaction& transaction, const Outcome& outcome) {
  const auto* recorded = std::get_if<Recorded>(&outcome);
  if (recorded == nullptr) return Status();
  for (uint64_t seq = recorded->first_seq; seq <= recorded->seq; seq++) {
    RETURN_IF_ERROR(transaction.Visit(seq, [&](EventView event) { sums->Add(event); }));
  }
  return Status();
}

// Outcomes are told at the end, when they are certain; until then just the items are kept, without their commands.
Status ImportTogether(Ledger* ledger, BoundedQueue<ReadBatch>* input, bool rehearsal, ImportWarnings* strict,
                      Reporter* reporter, ImportResult* result) {
  auto read = input->Pop();
  if (read.has_value()) ledger->Expect(read->expected);
  auto transaction = ledger->Begin();
  RETURN_IF_ERROR(transaction);
  std::vector<DecidedBatch> decided;
  LateReferences references;
  RefusedInvoices refused_invoices;
  bool refused = false;
  const auto admit = [&](MadeCommand command) -> Result<Outcome> {
    auto outcome = transaction->Stage(std::move(command));
    RETURN_IF_ERROR(outcome);
    if (rehearsal) RETURN_IF_ERROR(AddTo(&result->foretold, *transaction, *outcome));
    return outcome;
  };
  for (; read.has_value(); read = input->Pop()) {
    DecidedBatch next{std::move(*read), {}, 0};
    ImportBatch& batch = next.read.batch;
    auto outcomes = strict == nullptr
                        ? AdmitAll(&batch, admit)
                        : AdmitStrictly(next.read.source->name(), &batch, next.read.entries, strict, admit);
    RETURN_IF_ERROR(outcomes);
    next.outcomes = std::move(*outcomes);
    refused_invoices.Note(batch, next.outcomes);
    RETURN_IF_ERROR(AskForOthers(refused_invoices, &batch, &next.outcomes, admit));
    refused = refused || std::any_of(next.outcomes.begin(), next.outcomes.end(),
                                     [](const Outcome& outcome) { return std::holds_alternative<Rejection>(outcome); });
    NoteReferences(next.read, next.outcomes, &references);
    refused = refused || next.read.unreadable.has_value();
    batch.commands.clear();
    batch.commands.shrink_to_fit();
    batch.others.clear();
    decided.push_back(std::move(next));
  }
  auto late = references.Find(
      [&](const Rejection& rejection) { return transaction->IntroducedSince(rejection); },
      [&](uint64_t seq, const std::function<void(EventView)>& visit) { return transaction->Visit(seq, visit); });
  RETURN_IF_ERROR(late);
  result->late = std::move(*late);
  result->committed = !refused && !rehearsal;
  if (result->committed) {
    RETURN_IF_ERROR(transaction->Commit());
  } else {
    reporter->NothingRecorded();
  }
  for (DecidedBatch& each : decided) RETURN_IF_ERROR(reporter->Report(each.read, each.outcomes));
  return Status();
}

}  // namespace

bool IsRepeated(const Duplicate& duplicate, uint64_t first_seq) {
  return duplicate.seq >= first_seq && !duplicate.gave_way;
}

Result<ImportResult> RunImport(Ledger* ledger, const NextSource& next_source, const ImportSettings& settings,
                               ImportObserver* observer) {
  BoundedQueue<ReadBatch> input(kMostRead);
  const Currency currency = ledger->log().identity().currency;
  std::thread reader([&] { ReadAll(next_source, currency, &input); });
  ImportWarnings warnings(settings.today);
  ImportWarnings* const strict = settings.is_strict ? &warnings : nullptr;
  Reporter reporter(observer, ledger->log().last_seq() + 1, settings.is_strict ? nullptr : &warnings);
  ImportResult result;
  Status status;
  if (settings.mode == ImportMode::kEach) {
    status = ImportEach(ledger, &input, strict, &reporter, &result);
  } else {
    const bool rehearsal = settings.mode == ImportMode::kRehearsal;
    status = ImportTogether(ledger, &input, rehearsal, strict, &reporter, &result);
  }
  input.Close();
  reader.join();
  RETURN_IF_ERROR(status);
  result.counts = reporter.counts();
  return result;
}

}  // namespace duebook
