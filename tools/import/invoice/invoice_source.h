// E-invoices as sources of one command each.

#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tools/import/invoice/customer_names.h"
#include "tools/import/pipeline/import_source.h"

namespace duebook {

class InvoiceSources {
 public:
  // `encoding` as of InputFile::StartText.
  InvoiceSources(std::vector<std::string> files, std::string encoding, CustomerNames names,
                 const CommandContext& context)
      : files_(std::move(files)), encoding_(std::move(encoding)), names_(std::move(names)), context_(context) {}

  // Returns the next source, for which the whole file was read; null when there is none. Invoices come in the order of
  // their files, and behind all of them the credit notes, which may name them. Errors, in place of a source, as of
  // ReadElectronicInvoice; an invoice of which no event can be made is a source whose item is refused. A credit note on
  // an invoice has its other form (ImportBatch::Other).
  Result<std::unique_ptr<ImportSource>> Next();

 private:
  // Sets whether it is a credit note.
  Result<std::unique_ptr<ImportSource>> Open(const std::string& path, bool* is_credit_note) const;

  const std::vector<std::string> files_;
  const std::string encoding_;
  const CustomerNames names_;
  const CommandContext context_;
  size_t next_ = 0;  // of the files
  std::deque<std::unique_ptr<ImportSource>> credit_notes_;
};

}  // namespace duebook
