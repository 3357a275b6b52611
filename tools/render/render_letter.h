// Letters, as they are sent to people outside.

#pragma once

#include <string>
#include <string_view>

#include "projections/shared/letter.h"

namespace duebook {

// For a terminal: as render.h says of tables.
std::string LetterAsText(const Letter& letter);

// A page to be shown and printed by a browser, without any other file. `logo` are the bytes of a PNG or JPEG file, or
// none.
std::string LetterAsHtml(const Letter& letter, std::string_view logo);

// How letters look, beside what all pages have (kPageStyle).
extern const std::string_view kLetterStyle;

// The media type of a picture, "image/png" or "image/jpeg", by its first bytes; "" if it is neither.
std::string_view PictureTypeOf(std::string_view bytes);

}  // namespace duebook
