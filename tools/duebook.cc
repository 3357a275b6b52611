#include "tools/commands/command_line.h"

int main(int argc, char** argv) { return duebook::RunCommandLine(argc, argv); }
