#include "tools/server/pinned_answer.h"

#include <fmt/core.h>

#include "ledger/values/hash.h"
#include "tools/server/problem.h"

namespace duebook {

namespace {

// The same for the same answer by the same program.
std::string TagOf(const PinnedQuestion& question, const ServedLedger& served) {
  constexpr size_t kDigits = 16;
  const Hash asked = Sha256(fmt::format("{}\n{}", question.address, question.besides));
  return fmt::format("\"{}-{}-{}-{}\"", served.build, served.ledger.log().identity().ledger_id, question.known,
                     ToHex(asked).substr(0, kDigits));
}

bool Has(const HttpRequest& request, const std::string& tag) {
  const std::string* const kept = request.Field("if-none-match");
  return kept != nullptr && (*kept == "*" || kept->find(tag) != std::string::npos);
}

}  // namespace

HttpResponse AnswerPinned(const Call& call, const ServedLedger& served, const PinnedQuestion& question,
                          const std::function<Result<HttpResponse>()>& make) {
  const std::string tag = TagOf(question, served);
  Result<HttpResponse> response = HttpResponse{304, {}, ""};
  if (!Has(call.request, tag)) response = make();
  if (!response.ok()) return ProblemOf(response.error(), call.request.id);
  return response->With("Duebook-Seq", std::to_string(question.known))
      .With("Duebook-Newest", std::to_string(served.ledger.newest()))
      .With("ETag", tag)
      .With("Content-Location", question.address);
}

}  // namespace duebook
