// What a report can be asked, as options of a command.

#pragma once

#include <list>
#include <optional>
#include <string>
#include <vector>

#include "projections/shared/projection.h"
#include "tools/commands/session.h"

namespace duebook {

class ParameterOptions {
 public:
  // Adds an option for each parameter, under its name; what a report is about, and what is looked for, has a place on
  // the line. The parameters and this have to live until the command has run.
  void AddTo(CommandOptions command, const std::vector<ReportParameter>& parameters);

  // Puts what was given into the request. kInvalidArgument: a value is wrong; the error names the option.
  Status Set(ReportRequest* request) const;

 private:
  // What one parameter was given on the line.
  struct Given {
    const ReportParameter* parameter;
    std::optional<std::string> value;
    std::vector<std::string> values;  // of a list
    bool flag = false;
  };
  static void Add(CommandOptions command, Given* given);
  static Status SetOne(const Given& given, ReportRequest* request);

  std::list<Given> given_;  // which stay where they are
};

}  // namespace duebook
