// The files that a command line names: what it writes is none of what it reads, nor of a ledger's own files.

#pragma once

#include "ledger/values/result.h"

namespace CLI {
class App;
}

namespace duebook {

class OptionTable;

// To be asked once the line is parsed and before any file is opened. kInvalidArgument if a file that would be written
// is one that is read, whatever names and links lead there, or another that is written; or if it is written where it
// lies, and has further names: it would change under those, too; or if it is a ledger's own. `options` says which files
// the options name.
Status CheckNamedFiles(const CLI::App& program, const OptionTable& options);

}  // namespace duebook
