// The description of the API that is given to others, held against the table of routes. It is read by its lines: paths
// are indented by two spaces, methods by four.

#include <gmock/gmock.h>

#include <fstream>
#include <string>
#include <vector>

#include "tools/server/routes.h"

namespace duebook {
namespace {

TEST(OpenApi, DescribesEveryRouteAndNoOther) {
  std::ifstream file(DUEBOOK_SOURCE_DIR "/tools/server/openapi.yaml");
  std::vector<std::string> described, routes, open, open_routes;
  std::string path;
  bool is_in_paths = false;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line[0] != ' ') is_in_paths = line == "paths:";
    if (!is_in_paths) continue;
    if (line.starts_with("  /") && line.ends_with(':')) path = line.substr(2, line.size() - 3);
    for (const char* method : {"get", "post", "put", "delete"}) {
      if (line != std::string("    ") + method + ":") continue;
      std::string name(method);
      for (char& c : name) c = static_cast<char>(c - 'a' + 'A');
      described.push_back(name + " " + path);
    }
    if (line == "      security: []") open.push_back(described.back());
  }
  for (const Route& route : AllRoutes()) {
    routes.push_back(std::string(route.method) + " " + std::string(route.pattern));
    if (route.who == Route::Who::kAnybody) open_routes.push_back(routes.back());
  }
  EXPECT_THAT(described, testing::UnorderedElementsAreArray(routes));
  EXPECT_THAT(open, testing::UnorderedElementsAreArray(open_routes));
}

}  // namespace
}  // namespace duebook
