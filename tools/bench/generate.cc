// duebook-generate EVENTS [SEED]: writes a made-up history as JSON Lines.

#include <cstdio>
#include <cstdlib>
#include <string>

#include "tools/bench/generator.h"

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: duebook-generate EVENTS [SEED]\n", stderr);
    return 2;
  }
  duebook::bench::Generator generator(std::strtoull(argv[1], nullptr, 10),
                                      argc > 2 ? static_cast<uint32_t>(std::strtoul(argv[2], nullptr, 10)) : 1);
  std::string lines;
  while (generator.Next(&lines)) {
    if (lines.size() < 1 << 20) continue;
    std::fwrite(lines.data(), 1, lines.size(), stdout);
    lines.clear();
  }
  std::fwrite(lines.data(), 1, lines.size(), stdout);
  return std::fflush(stdout) == 0 ? 0 : 1;
}
