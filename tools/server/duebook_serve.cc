#include "tools/commands/command_line.h"
#include "tools/server/serve.h"

// Read by jemalloc when the program starts. A report of many rows takes memory that the next one, minutes later, may
// not need: it is given back to the machine after some seconds, by a thread of jemalloc's own.
extern "C" const char* malloc_conf;
const char* malloc_conf = "background_thread:true,narenas:4,dirty_decay_ms:5000,muzzy_decay_ms:0";

int main(int argc, char** argv) { return duebook::RunCommandLine(argc, argv, duebook::Serve); }
