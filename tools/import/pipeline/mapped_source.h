// A foreign file as a source of commands.

#pragma once

#include <memory>
#include <string>

#include "tools/import/map/import_map.h"
#include "tools/import/map/mapped_file.h"
#include "tools/import/pipeline/import_source.h"

namespace duebook {

// Reads the whole file, see MappedFile. Its lines are all counted in the first batch; rows that the map ignores among
// them. `is_known` as of MappedFile::Read. Errors as OpenRecognised and MappedFile::Read.
Result<std::unique_ptr<ImportSource>> OpenMappedSource(const std::string& path, std::shared_ptr<const ImportMap> map,
                                                       const CommandContext& context,
                                                       const IsKnownId& is_known = nullptr);

}  // namespace duebook
