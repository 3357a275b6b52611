// Writes JSON, member by member.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/values/json_text.h"

namespace duebook {

class JsonWriter {
 public:
  JsonWriter& BeginObject() { return Begin('{'); }
  JsonWriter& EndObject() { return End('}'); }
  JsonWriter& BeginList() { return Begin('['); }
  JsonWriter& EndList() { return End(']'); }
  // The name of the member whose value comes next.
  JsonWriter& Name(std::string_view name) {
    Separate();
    AppendJsonText(name, &json_);
    json_ += ':';
    is_first_ = true;
    return *this;
  }
  JsonWriter& Text(std::string_view text) {
    Separate();
    AppendJsonText(text, &json_);
    return *this;
  }
  JsonWriter& Number(uint64_t number) { return Json(std::to_string(number)); }
  JsonWriter& Null() { return Json("null"); }
  // What is JSON already.
  JsonWriter& Json(std::string_view json) {
    Separate();
    json_ += json;
    return *this;
  }
  JsonWriter& Member(std::string_view name, std::string_view text) { return Name(name).Text(text); }
  JsonWriter& Member(std::string_view name, uint64_t number) { return Name(name).Number(number); }

  // With a newline behind it.
  std::string Finish() && { return std::move(json_) + "\n"; }

 private:
  JsonWriter& Begin(char bracket) {
    Separate();
    json_ += bracket;
    is_first_ = true;
    return *this;
  }
  JsonWriter& End(char bracket) {
    json_ += bracket;
    is_first_ = false;
    return *this;
  }
  void Separate() {
    if (!is_first_) json_ += ',';
    is_first_ = false;
  }

  std::string json_;
  bool is_first_ = true;  // nothing stands before the next value that a comma would part it from
};

}  // namespace duebook
