// What kind of file some bytes are.

#pragma once

#include <string_view>

namespace duebook {

// Returns the media type of a file of these bytes and this name: "application/pdf". By its bytes where they tell, else
// by its ending; "application/octet-stream" where neither does.
std::string_view MediaTypeOf(std::string_view bytes, std::string_view name);

}  // namespace duebook
