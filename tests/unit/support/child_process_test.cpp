#include "support/child_process.h"

#include <gtest/gtest.h>

#include <csignal>
#include <stdexcept>
#include <system_error>

namespace mediadock {
namespace {

using std::chrono::milliseconds;

TEST(ChildProcess, TellsExitCodeAndBothOutputs) {
  ChildProcess child({.command = {"sh", "-c", "echo out; echo err >&2; exit 7"}});

  EXPECT_EQ(child.waitForExit(), 7);
  EXPECT_EQ(child.standardOutput(), "out\n");
  EXPECT_EQ(child.standardError(), "err\n");
}

TEST(ChildProcess, WaitsForALine) {
  ChildProcess child({.command = {"sh", "-c", "echo first; echo ready on 7; cat"}});

  EXPECT_EQ(child.waitForLine("ready"), "ready on 7");
}

TEST(ChildProcess, SeesALinePrintedJustBeforeTheEnd) {
  ChildProcess child({.command = {"echo", "done"}});
  child.waitForExit();

  EXPECT_EQ(child.waitForLine("done"), "done");
}

TEST(ChildProcess, GivesUpOnALineWhenTheChildEnds) {
  ChildProcess child({.command = {"echo", "other"}});

  EXPECT_THROW(child.waitForLine("ready"), std::runtime_error);
}

TEST(ChildProcess, GivesUpOnALineAtTheDeadline) {
  ChildProcess child({.command = {"sleep", "60"}});

  EXPECT_THROW(child.waitForLine("ready", milliseconds(20)), std::runtime_error);
}

TEST(ChildProcess, GivesUpOnTheEndAtTheDeadline) {
  ChildProcess child({.command = {"sleep", "60"}});

  EXPECT_THROW(child.waitForExit(milliseconds(20)), std::runtime_error);
  EXPECT_TRUE(child.isRunning());
}

TEST(ChildProcess, ReportsTheSignalThatEndedIt) {
  ChildProcess child({.command = {"sleep", "60"}});

  child.signal(SIGTERM);

  EXPECT_EQ(child.waitForExit(), 128 + SIGTERM);
}

TEST(ChildProcess, ReplacesAndRemovesVariables) {
  ChildProcess child({.command = {"sh", "-c", "echo \"$MEDIADOCK_COLOUR|$HOME\""},
                      .environment = {{"MEDIADOCK_COLOUR", "blue"}, {"HOME", ""}}});
  child.waitForExit();

  EXPECT_EQ(child.standardOutput(), "blue|\n");
}

TEST(ChildProcess, RunsWhereItIsTold) {
  const TempDirectory where;
  ChildProcess child({.command = {"pwd"}, .workingDirectory = where.path()});
  child.waitForExit();

  EXPECT_EQ(child.standardOutput(), where.path().string() + "\n");
}

TEST(ChildProcess, ThrowsForAProgramThatIsNotThere) {
  EXPECT_THROW(ChildProcess({.command = {"no-such-program"}}), std::system_error);
}

TEST(ChildProcess, KnowsPeakMemory) {
  ChildProcess child({.command = {"sleep", "60"}});

  EXPECT_GT(child.peakMemoryBytes(), 0U);
}

TEST(ChildProcess, IsKilledByItsOwner) {
  pid_t pid = 0;
  {
    ChildProcess child({.command = {"sleep", "60"}});
    pid = child.pid();
    ASSERT_EQ(::kill(pid, 0), 0);
  }

  EXPECT_NE(::kill(pid, 0), 0);
}

TEST(RunProgram, ReturnsTheOutput) {
  EXPECT_EQ(runProgram({"echo", "yes"}), "yes\n");
}

TEST(RunProgram, ThrowsOnFailure) {
  EXPECT_THROW(runProgram({"false"}), std::runtime_error);
}

}  // namespace
}  // namespace mediadock
