/// \file
/// docs/http-cases.md has a row for each case, and names tests that exist, by the case's id.

#include "named_tests.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <sstream>

namespace mediadock {
namespace {

namespace fs = std::filesystem;

/// The cases that the project was given, by letter.
constexpr const char* kCases =
    "R 01 02 03 04 06 07 09 10 11 13 14 15 16 17 18 19 20 21 22 23 24 26 29 31 "
    "C 02 03 05 06 07 09 11 12 15 16 18 19 20 21 22 23 24 25 29 32 "
    "M 02 03 06 09 10 12 13 17 19 21 22 23 24 25 26 "
    "S 01 02 03 05 06 07 09 10 11 14 15 17 19 20 21 "
    "H 01 02 03 04 05 08 10 12 14 16 18 20 21 22 23 24 25 "
    "U 01 02 04 05 07 09 10 11 12 13 14 16 17 19 20 22 23 24 25 26 27 28 29 30 31 32 35 36 37 38 "
    "40 "
    "B 01 02 03 05 06 07 08 10 11 12 14 15 18 20 21 "
    "X 01 02 05 07 08 10 11 12 13 14 16 18 19 20 21 22 23 24 25 26 27 28 31 32 33 34 35 36 37 38 "
    "40 41 42 43 46 47 49 50 51 52 53 54 57 58 59 60 61 63 64 65 66 67 68 69 70 71 72 73 75 76 78 "
    "79 80";

std::vector<std::string> expectedIds() {
  std::istringstream words(kCases);
  std::vector<std::string> ids;
  std::string letter;
  for (std::string word; words >> word;) {
    if (word.size() == 1) {
      letter = word;
    } else {
      ids.push_back(letter + word);
    }
  }
  return ids;
}

struct Row {
  std::string id;
  /// What its last cell says stands for it.
  std::string proof;
};

std::vector<Row> rowsOfPage() {
  std::vector<Row> rows;
  for (const std::string& row : findAll(readWhole(MEDIADOCK_DOCS "/http-cases.md"),
                                        R"re(\n\| ([A-Z]\d\d) \|[^\n]*\| ([^|\n]*) \|)re")) {
    rows.push_back({row.substr(0, 3), row.substr(4)});
  }
  return rows;
}

/// The names of the cases that parameterised suites are given, such as `S01` of
/// `Refused{"S01", ...}`.
std::set<std::string> parametersIn(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& file : fs::recursive_directory_iterator(folder)) {
    if (file.path().extension() == ".cpp") {
      const auto found = findAll(readWhole(file.path()), R"re(\{"([A-Z]\d\d\w*)")re");
      names.insert(found.begin(), found.end());
    }
  }
  return names;
}

/// The file of a test that is known to CTest by another name than GoogleTest's.
fs::path scriptOf(const std::string& name) {
  const fs::path tests = MEDIADOCK_TESTS;
  if (name.starts_with("fuzz.")) {
    return tests / "fuzz" / (name.substr(5) + "_fuzzer.cpp");
  }
  return name.starts_with("browser.") ? tests / "browser" / (name.substr(8) + ".test.js")
                                      : fs::path();
}

class NamedProof {
 public:
  /// \param name `Suite.Test`, `Suite/PARAMETER`, `fuzz.TARGET` or `browser.SCRIPT`.
  bool exists(const std::string& name) const {
    if (const fs::path script = scriptOf(name); !script.empty()) {
      return fs::exists(script);
    }
    const auto slash = name.find('/');
    if (slash == std::string::npos) {
      return tests_.contains(name);
    }
    const auto suite = tests_.lower_bound(name.substr(0, slash) + ".");
    return suite != tests_.end() && suite->starts_with(name.substr(0, slash) + ".") &&
           parameters_.contains(name.substr(slash + 1));
  }

  /// Whether the id is among those that the name of the test or parameter begins with, or is said
  /// in the script.
  static bool isOf(const std::string& name, const std::string& id) {
    if (const fs::path script = scriptOf(name); !script.empty()) {
      return readWhole(script).find(id) != std::string::npos;
    }
    const auto leading = findAll(name, R"re([./]((?:[A-Z]\d{1,2})+))re");
    return !leading.empty() && leading.front().find(id) != std::string::npos;
  }

 private:
  const std::set<std::string> tests_ = testsIn(MEDIADOCK_TESTS);
  const std::set<std::string> parameters_ = parametersIn(MEDIADOCK_TESTS);
};

TEST(HttpCasesPage, HasARowForEachCase) {
  std::vector<std::string> ids;
  for (const Row& row : rowsOfPage()) {
    ids.push_back(row.id);
  }

  EXPECT_EQ(ids, expectedIds());
}

TEST(HttpCasesPage, NamesTestsThatExist) {
  const NamedProof proof;
  for (const Row& row : rowsOfPage()) {
    for (const std::string& name : findAll(row.proof, "`([^`]+)`")) {
      EXPECT_TRUE(proof.exists(name)) << row.id << ": " << name;
    }
  }
}

TEST(HttpCasesPage, HasForEachCaseATestOfItsNameOrADecision) {
  for (const Row& row : rowsOfPage()) {
    const auto names = findAll(row.proof, "`([^`]+)`");
    const bool isTested = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      return NamedProof::isOf(name, row.id);
    });
    const bool isDecided = row.proof.find("(adr/0016-") != std::string::npos;
    EXPECT_TRUE(isTested || isDecided) << row.id;
  }
}

}  // namespace
}  // namespace mediadock
