// Rows that a RecordSplitter cuts out of their file: what formats of lines have in common.

#pragma once

#include <string>

#include "tools/import/rows/record_splitter.h"
#include "tools/import/rows/row_source.h"

namespace duebook {

class SplitRows : public RowSource {
 public:
  SplitRows(InputFile input, RecordSplitter::Shape shape);

  const std::string& name() const override { return splitter_.input().name(); }
  uint64_t bytes_read() const override { return splitter_.input().bytes_read(); }
  uint64_t bytes_total() const override { return splitter_.input().size(); }
  Result<bool> Next(InputRow* row) override;
  bool IsReady() const override { return splitter_.IsReady(); }
  const RowsFrame& frame() const override { return frame_; }

 protected:
  RowsFrame frame_;
  RecordSplitter splitter_;
};

}  // namespace duebook
