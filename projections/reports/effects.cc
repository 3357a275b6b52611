#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "projections/history/item_balances.h"
#include "projections/reports/explain.h"
#include "projections/shared/event_text.h"
#include "projections/shared/totals.h"

namespace duebook {
namespace {

Row CellsOf(EventView event, const Effect& effect, Currency currency, Language language) {
  return {static_cast<int64_t>(event.seq()), event.recorded_at(),        effect.date,
          Term{event.info().name},           std::string(event.actor()), std::string(event.source()),
          std::string(event.customer()),     currency.ToString(),        MainDocument(event),
          EventText(event, language)};
}

// Time has no event: nobody did it, and it is in no log.
Row CellsOfTime(const History& history, const Effect& effect, Date since, Language language) {
  return {Cell(),
          Cell(),
          Cell(),
          Term{"time"},
          "",
          "",
          std::string(history.customers.id[history.items.customer[effect.item]]),
          history.items.currency[effect.item].ToString(),
          "",
          language == Language::kChinese ? "仅因时间推移，自 " + since.ToString() + " 至 " + effect.date.ToString()
                                         : "by time alone, from " + since.ToString() + " to " + effect.date.ToString()};
}

}  // namespace

Effect& EffectOn(uint32_t item, uint64_t seq, Date date, size_t figures, Grouping& grouping,
                 std::vector<Effect>& effects) {
  const uint32_t group = grouping.GroupOf(item);
  for (size_t i = effects.size(); i-- > 0 && effects[i].seq == seq;) {
    if (effects[i].group == group) return effects[i];
  }
  effects.push_back({seq, group, item, date, GroupSums(figures)});
  return effects.back();
}

void DropIdle(std::vector<Effect>& effects) {
  std::erase_if(effects, [](const Effect& effect) {
    return std::all_of(effect.moved.begin(), effect.moved.end(), [](Sum sum) { return sum == 0; });
  });
}

Result<std::vector<ListedItem>> ListEffects(const EventLog& log, const History& history,
                                            const std::vector<Effect>& effects, Date since, Language language) {
  std::vector<ListedItem> rows;
  std::map<uint64_t, std::vector<size_t>> places;  // by seq: the log is read in its own order
  for (const Effect& effect : effects) {
    if (effect.seq > 0) places[effect.seq].push_back(rows.size());
    rows.push_back({effect.item, effect.seq > 0 ? Row() : CellsOfTime(history, effect, since, language)});
  }
  std::vector<uint64_t> seqs;
  seqs.reserve(places.size());
  for (const auto& [seq, of_event] : places) seqs.push_back(seq);
  RETURN_IF_ERROR(log.GetMany(seqs, [&](EventView event) {
    for (const size_t i : places.at(event.seq())) {
      rows[i].row = CellsOf(event, effects[i], history.items.currency[effects[i].item], language);
    }
  }));
  for (size_t i = 0; i < rows.size(); ++i) {
    AppendMoney(effects[i].moved, history.items.currency[effects[i].item], &rows[i].row);
  }
  return rows;
}

}  // namespace duebook
