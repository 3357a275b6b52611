// Formats that are not read, told by how their files begin.

#pragma once

#include <string_view>

namespace duebook {

struct OtherFormat {
  std::string_view start;  // in lower case
  std::string_view looks_like;
  std::string_view hint;  // what to do with such a file; "" if it is of use only in another format
};

// Null if a file that begins so may well be rows of text.
const OtherFormat* OtherFormatOf(std::string_view start);

// Without what may stand before the first sign of a text.
std::string_view WithoutBlanks(std::string_view start);

}  // namespace duebook
