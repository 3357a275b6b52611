#include "tools/commands/command_line.h"

// Read by jemalloc when the program starts. Memory in large pages: touching new memory page by page takes longer than
// what is done with it, most of all on virtual machines. What was freed is kept, as the next batch needs it again;
// large arrays are among all else, so that what held the books can hold a history afterwards.
extern "C" const char* malloc_conf;
const char* malloc_conf = "thp:always,narenas:2,dirty_decay_ms:-1,muzzy_decay_ms:-1,oversize_threshold:0";

int main(int argc, char** argv) { return duebook::RunCommandLine(argc, argv); }
