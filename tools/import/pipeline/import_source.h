// Where commands come from: a file of one format, in batches.

#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/command/command.h"
#include "ledger/values/result.h"
#include "tools/import/pipeline/import_warning.h"
#include "tools/import/rows/input_formats.h"

namespace duebook {

// Part of a file, read and checked for form.
struct ImportBatch {
  // A batch is full with so many items, or bytes of lines: few enough that receipts flow and memory stays small, and as
  // many as that the steps of an import, which take turns on a processor's caches, seldom have to.
  static constexpr size_t kFullItems = 8192;
  static constexpr size_t kFullBytes = size_t{1} << 22;

  // Where what is to be recorded comes from. A line that a map turns into several events has as many items.
  struct Item {
    uint64_t line = 0;
    size_t start = 0;  // the line's bytes in `text`
    size_t length = 0;
    uint32_t event = 0;  // in ImportMap::events, of which it is one; of a line that is refused as a whole kNoEvent
  };
  static constexpr uint32_t kNoEvent = static_cast<uint32_t>(-1);
  std::string text;
  std::vector<Item> items;
  std::vector<MadeCommand> commands;  // what each item asks for, until they are decided
  uint64_t lines = 0;                 // read for this batch; blank ones and the header of a CSV file don't count
  std::string remark;                 // of the file's first batch: as RowsHead has it
  // Found by the import, once it is decided what becomes of the items; in their order. Of an item that is refused they
  // are what it is refused for.
  std::vector<ImportWarning> warnings;

  // What an item is in its other form: it is asked for where the item is refused for the invoice that it names, which
  // is not there or has not enough open, and where its id is known, which then may be that of the other form.
  struct Other {
    size_t item = 0;
    MadeCommand command;
    std::string remark;  // that this was recorded, as the end of a sentence
  };
  std::vector<Other> others;
  std::string invoice;                     // of a batch that is an e-invoice, its number
  std::map<size_t, std::string> replaced;  // items that were recorded in their other form, and why

  bool is_full() const { return items.size() >= kFullItems || text.size() >= kFullBytes; }
  std::string_view TextOf(const Item& item) const { return std::string_view(text).substr(item.start, item.length); }
};

class ImportSource {
 public:
  virtual ~ImportSource() = default;
  // The file's name, for messages.
  virtual const std::string& name() const = 0;
  // The next batch; false at the end. Ends a batch early rather than wait for more input.
  virtual Result<bool> Next(ImportBatch* batch) = 0;
  // What refused lines are put between. Known after the first Next.
  virtual const RowsFrame& frame() const = 0;
  // Returns the lines that are kept where the item is refused, in file order: its own, and those that mean what they
  // should only together with it. Good as long as the batch. May be asked from another thread.
  virtual std::vector<KeptLine> KeptWith(const ImportBatch& batch, const ImportBatch::Item& item) const {
    return {{item.line, batch.TextOf(item)}};
  }
  // Returns the lines that the item is made of, in file order.
  virtual std::vector<KeptLine> RowsOf(const ImportBatch& batch, const ImportBatch::Item& item) const {
    return {{item.line, batch.TextOf(item)}};
  }
  // Returns whether the item's id is made of what its line says, so that another line that says the same may be taken
  // for it.
  virtual bool IsNumberedByContent(const ImportBatch::Item&) const { return false; }
  // How much of how much was read, in bytes; 0 if not known. May be asked from another thread.
  virtual uint64_t bytes_read() const { return 0; }
  virtual uint64_t bytes_total() const { return 0; }
};

// What the sources of the file's records begin with: its name, and ./ before it where it would read as what another
// door writes ("terminal:").
std::string SourceOfFile(const std::string& name);

// The format in which a file of records is read by its name, unless it is said or, where the name says none, its first
// bytes tell.
const InputFormat& RecordFormatOfName(const std::string& path);

// Opens a file of the ledger's own records, in the format that is said; null: in that which OpenRecognised finds, or
// else JSON Lines. Encoding and errors as of OpenRecognised; kInvalidArgument also if files of its format hold no such
// records.
Result<std::unique_ptr<ImportSource>> OpenRecordSource(const std::string& path, const InputFormat* said,
                                                       const CommandContext& context, const std::string& encoding = "",
                                                       const RowSettings& settings = {});

}  // namespace duebook
