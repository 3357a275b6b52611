#include "tools/server/problem.h"

#include "tools/server/json_writer.h"

namespace duebook {

namespace {

bool IsSmallLetter(char c) { return c >= 'a' && c <= 'z'; }

// "--known 12x" is "known 12x".
std::string WithoutDashes(std::string_view text) {
  std::string result;
  for (size_t i = 0; i < text.size(); i++) {
    const bool begins = i == 0 || text[i - 1] == ' ' || text[i - 1] == '`' || text[i - 1] == '(';
    if (begins && text.substr(i).starts_with("--") && i + 2 < text.size() && IsSmallLetter(text[i + 2])) i += 2;
    result += text[i];
  }
  return result;
}

const ProblemKind& KindOf(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidArgument:
      return problems::kBadParameter;
    case ErrorCode::kNotFound:
      return problems::kNotFound;
    case ErrorCode::kDamaged:
      return problems::kDamaged;
    case ErrorCode::kAlreadyExists:
    case ErrorCode::kLocked:
    case ErrorCode::kNewerFormat:
    case ErrorCode::kUnavailable:
    case ErrorCode::kClockBehind:
      return problems::kUnavailable;
  }
  return problems::kUnavailable;
}

}  // namespace

HttpResponse Problem(const ProblemKind& kind, std::string_view detail, std::string_view request,
                     std::string_view hint) {
  JsonWriter json;
  json.BeginObject()
      .Member("type", "urn:duebook:problem:" + std::string(kind.code))
      .Member("title", kind.title)
      .Member("status", static_cast<uint64_t>(kind.status))
      .Member("detail", detail)
      .Member("code", kind.code);
  if (!hint.empty()) json.Member("hint", hint);
  json.Member("request", request).EndObject();
  HttpResponse response{kind.status, {}, std::move(json).Finish()};
  response.With("Content-Type", "application/problem+json");
  return response;
}

HttpResponse ProblemOf(const Error& error, std::string_view request) {
  return Problem(KindOf(error.code), WithoutDashes(error.sentence), request, WithoutDashes(error.hint));
}

}  // namespace duebook
