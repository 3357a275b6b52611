#include <fmt/core.h>

#include <filesystem>
#include <memory>
#include <string>

#include "tools/commands/commands.h"
#include "tools/import/map/map_proposal.h"
#include "tools/import/rows/input_formats.h"

namespace duebook {

namespace {

struct Options {
  std::string action;
  std::string file;
  std::string encoding;
  std::string sheet;
  std::string rows;
  std::string output;
};

int Run(const Options& options) {
  std::error_code error;
  if (!options.output.empty() && std::filesystem::is_regular_file(options.output, error)) {
    return Complain(
        {ErrorCode::kAlreadyExists,
         fmt::format("--output {}: a file is there, which may be a map that somebody changed", options.output),
         "name another file, or remove it"},
        kRefused);
  }
  auto opened = OpenRecognised(options.file, nullptr, kCsvInput, options.encoding);
  if (!opened.ok()) return Complain(opened.error(), kBadUsage);
  RowSettings settings;
  settings.sheet = options.sheet;
  settings.rows = options.rows;
  const auto rows = opened->format->open(std::move(opened->input), settings);
  const auto map = ProposeMap(rows.get(), options.encoding, settings);
  return map.ok() ? WriteResult(*map, options.output) : Complain(map.error(), kRefused);
}

}  // namespace

void AddMap(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CommandOptions command = AddCommand(
      app, session, "map", "propose a map for a file of another system",
      "duebook map new erp-export.csv --output erp-export.toml\n"
      "  duebook --ledger books import --preview 10 --map erp-export.toml erp-export.csv\n\n"
      "new proposes how the rows of a file become events, by the names of its columns and what they hold in all rows.\n"
      "Where something can be read in two ways, both are shown and neither is chosen. What a map can say:\n"
      "tools/maps/README.md");
  command.Add("new", &options->action, "the only thing that it does").OneOf({"new"}).Required();
  command.Add("FILE", &options->file, "the file to look at; - is standard input").Required().Reads();
  command
      .Add("--encoding", &options->encoding,
           "how a file without a mark is encoded, such as gb18030 or latin1 (default: UTF-8, or what XML declares)")
      .Called("NAME");
  command.Add("--sheet", &options->sheet, "which sheet of a workbook (default: the first)").Called("NAME");
  command.Add("--rows", &options->rows, "which elements of an XML file are rows, such as Document/Stmt/Ntry")
      .Called("PATH");
  AddOutputOption(command, &options->output);
  command.Run(session, [options] { return Run(*options); });
}

}  // namespace duebook
