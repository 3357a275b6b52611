// --help lists the commands by the job that they are for.

#include "tools/commands/jobs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "tools/commands/command_line.h"

namespace duebook {
namespace {

TEST(HelpByJob, NamesEveryCommandUnderExactlyOneJob) {
  Session session;
  CLI::App app;
  DescribeCommandLine(app, session);
  std::vector<std::string> commands;
  for (const CLI::App* command : app.get_subcommands({})) commands.push_back(command->get_name());
  std::vector<std::string> listed;
  for (const Job& job : Jobs()) listed.insert(listed.end(), job.commands.begin(), job.commands.end());
  EXPECT_THAT(listed, testing::UnorderedElementsAreArray(commands));
}

TEST(HelpByJob, TellsTheJobsInTheirOrderAboveTheExample) {
  Session session;
  CLI::App app;
  DescribeCommandLine(app, session);
  const std::string help = app.help();
  size_t from = 0;
  for (const Job& job : Jobs()) {
    const size_t title = help.find("\n" + std::string(job.title) + ":\n  " + std::string(job.commands.front()), from);
    ASSERT_NE(title, std::string::npos) << job.title;
    from = title + 1;
  }
  EXPECT_LT(from, help.find("\nExample:"));
}

}  // namespace
}  // namespace duebook
