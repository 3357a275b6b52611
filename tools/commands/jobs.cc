#include "tools/commands/jobs.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

namespace duebook {

namespace {

class ByJob : public CLI::Formatter {
 public:
  std::string make_subcommands(const CLI::App* app, CLI::AppFormatMode mode) const override {
    if (mode != CLI::AppFormatMode::Normal) return CLI::Formatter::make_subcommands(app, mode);
    std::string text;
    for (const Job& job : Jobs()) {
      text += "\n" + std::string(job.title) + ":\n";
      for (const std::string_view name : job.commands) {
        text += make_subcommand(app->get_subcommand(std::string(name)));
      }
    }
    return text;
  }
};

}  // namespace

std::span<const Job> Jobs() {
  static const std::vector<Job> jobs{
      {"Record", {"init", "company", "import", "undo-import", "map", "record", "policy", "attach"}},
      {"See what is owed",
       {"dashboard", "balance", "aging", "open-items", "unapplied", "customers", "statement", "interest"}},
      {"Grant credit", {"gate", "credit", "overrides", "terms", "score"}},
      {"Collect",
       {"worklist", "remind", "statements", "promises", "promise-rates", "contacts", "disputes", "write-offs"}},
      {"Take in cash", {"apply", "differences", "receipts", "bills"}},
      {"Ship", {"shipments", "papers"}},
      {"Audit", {"trail", "explain", "events", "roles", "checkpoint", "key", "prove", "verify"}},
      {"Keep the ledger", {"serve", "backup", "restore", "rebuild", "info"}},
  };
  return jobs;
}

void ListCommandsByJob(CLI::App& app) { app.formatter(std::make_shared<ByJob>()); }

}  // namespace duebook
