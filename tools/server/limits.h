// What one client, or all of them, may ask of the server. Tests give smaller ones.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace duebook {

struct ServerLimits {
  size_t header_bytes = size_t{8} << 10;
  size_t header_fields = 64;
  size_t body_bytes = size_t{1} << 20;
  size_t body_bytes_a_second = size_t{1} << 10;  // a body may not come slower
  size_t connections = 1024;
  size_t connections_an_address = 64;
  size_t query_threads = 2;
  size_t waiting_queries = 8;    // further ones are answered with `busy`
  size_t recording_threads = 8;  // calls that record at the same time share a commit
  size_t waiting_records = 64;   // as waiting_queries
  size_t records = 500;          // of one request
  int requests_a_minute = 600;   // of one session
  int sign_ins_a_minute = 10;    // from one address

  std::chrono::milliseconds header_time{10'000};
  std::chrono::milliseconds idle_time{60'000};    // between two requests on a connection
  std::chrono::milliseconds write_stall{30'000};  // without a byte of an answer taken
  std::chrono::milliseconds ending_time{20'000};  // for answers that are under way when the server is to end
  std::chrono::seconds longest_wait{25};          // for a newer event
  std::chrono::minutes session_idle{30};
  std::chrono::hours session_life{12};
};

}  // namespace duebook
