// Why a request is not answered, as RFC 9457 has it.

#pragma once

#include <string>
#include <string_view>

#include "ledger/values/result.h"
#include "tools/server/http_message.h"

namespace duebook {

// What can be wrong. Programs go by the code; people read the sentence.
struct ProblemKind {
  int status;
  std::string_view code;   // "not_found"; the type is urn:duebook:problem:not_found
  std::string_view title;  // the same of every problem of the kind
};

namespace problems {

inline constexpr ProblemKind kBadRequest{400, "bad_request", "The request cannot be read"};
inline constexpr ProblemKind kBadParameter{400, "bad_parameter", "A parameter is wrong"};
inline constexpr ProblemKind kTooManySteps{400, "too_many_steps", "The curve has too many steps"};
inline constexpr ProblemKind kBadCode{401, "bad_code", "The code does not sign in"};
inline constexpr ProblemKind kNotSignedIn{401, "not_signed_in", "Nobody is signed in"};
inline constexpr ProblemKind kOtherOrigin{403, "other_origin", "The request comes from another page"};
inline constexpr ProblemKind kNoCsrf{403, "csrf", "The request does not prove that this page made it"};
inline constexpr ProblemKind kNotFound{404, "not_found", "There is nothing of that name"};
inline constexpr ProblemKind kOtherActor{403, "actor_differs", "Somebody else would have recorded it"};
inline constexpr ProblemKind kImported{403, "imported_refused", "What another system decided is imported elsewhere"};
inline constexpr ProblemKind kNoId{400, "no_id", "A record has no id"};
inline constexpr ProblemKind kTooManyRecords{413, "too_many_records", "There are too many records"};
inline constexpr ProblemKind kChanged{412, "changed_meanwhile", "Something newer is known"};
inline constexpr ProblemKind kBadMethod{405, "bad_method", "That cannot be done here"};
inline constexpr ProblemKind kTooLarge{413, "too_large", "The body is too large"};
inline constexpr ProblemKind kBadType{415, "bad_type", "The body is not JSON"};
inline constexpr ProblemKind kTooMany{429, "too_many", "Too many requests"};
inline constexpr ProblemKind kHeadTooLarge{431, "head_too_large", "The head of the request is too large"};
inline constexpr ProblemKind kDamaged{500, "damaged", "The ledger is damaged"};
inline constexpr ProblemKind kBusy{503, "busy", "The server is busy"};
inline constexpr ProblemKind kClosing{503, "closing", "The server is ending"};
inline constexpr ProblemKind kUnavailable{503, "unavailable", "The ledger cannot be read"};

}  // namespace problems

// `request` is the id of what is answered so.
HttpResponse Problem(const ProblemKind& kind, std::string_view detail, std::string_view request,
                     std::string_view hint = "");

// What an error from asking a ledger something is for whoever asked over HTTP. Sentences that name options as they
// stand on a command line name them as parameters here.
HttpResponse ProblemOf(const Error& error, std::string_view request);

}  // namespace duebook
