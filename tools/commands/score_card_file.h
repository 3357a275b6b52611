// Scorecards as files, in TOML.

#pragma once

#include <string>
#include <string_view>

#include "ledger/values/result.h"
#include "projections/reports/score_card.h"

namespace duebook {

// Reads a card from the text of the file that errors call `name`. Fails with kInvalidArgument, and tells all that is
// wrong with it, each with file and line: what is no TOML, keys that a card has not, weights that do not add up to
// 1000, points that do not ascend or are none of 0 to 1000, grades of which none begins at 0.
Result<ScoreCard> ParseScoreCard(std::string_view text, const std::string& name);

}  // namespace duebook
