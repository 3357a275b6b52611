#include "tools/commands/command_line.h"
#include "tools/server/serve.h"

int main(int argc, char** argv) { return duebook::RunCommandLine(argc, argv, duebook::Serve); }
