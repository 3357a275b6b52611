// Contacts with customers, as they were logged: those that were reversed are left out.

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "projections/history/visible_events.h"
#include "projections/reports/contact_book.h"
#include "projections/shared/customer_cells.h"
#include "projections/shared/projection.h"

namespace duebook {

extern const ReportInfo kContactsReport;

namespace {

Row RowOf(EventView event) {
  const auto& body = event.body<schema::ContactLogged>();
  const auto text = [](const flatbuffers::String* of) { return std::string(EventView::Text(of)); };
  return {static_cast<int64_t>(event.seq()),
          event.date(),
          std::string(event.customer()),
          std::string(event.actor()),
          Term{text(body.channel()), "channel"},
          text(body.person()),
          Term{text(body.outcome()), "outcome"},
          body.next() == nullptr ? Cell() : Cell(DateOf(*body.next())),
          text(body.invoice()),
          text(body.promise()),
          text(body.dispute()),
          text(body.text())};
}

Result<Report> RunContacts(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  const auto history = request.LoadHistory({HistoryPart::kFacts});
  RETURN_IF_ERROR(history);
  auto cells = CustomerCells::Make(request, *history, cut);
  RETURN_IF_ERROR(cells);
  const History::Facts& facts = history->facts;
  const ContactBook contacts(*history, cut);
  std::vector<uint64_t> seqs;
  for (const uint32_t row : contacts.rows()) seqs.push_back(facts.seq[row]);

  Report report = EmptyReport(kContactsReport, cut);
  size_t read = 0;
  RETURN_IF_ERROR(ForEachOfType(*request.log, EventType::ContactLogged, seqs, [&](EventView event) {
    Row row = RowOf(event);
    cells->AddName(facts.customer[contacts.rows()[read++]], &row);
    report.rows.push_back(std::move(row));
  }));
  return report;
}

}  // namespace

const ReportInfo kContactsReport{
    "contacts",
    "who spoke or wrote to which customer, and what came of it",
    "duebook contacts --customer C-7",
    ReportRows::kListed,
    RunContacts,
    {
        kSeqColumn,
        kDateColumn,
        kCustomerColumn,
        kActorColumn,
        {"channel", "how, such as phone, email or visit", ColumnType::kWord},
        {"person", "with whom"},
        {"outcome", "what came of it, such as reached, promised or refuses", ColumnType::kWord},
        {"next", "the day on which the customer is to be spoken to again", ColumnType::kDate},
        {"invoice", "the invoice that it was about"},
        {"promise", "the promise that it was about"},
        {"dispute", "the dispute that it was about"},
        {"text", "what was said"},
        kNameColumn,
    },
    ListParameters({kOfCustomers}),
    DefaultDay::kEvery};

}  // namespace duebook
