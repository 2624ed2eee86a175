#include "architecture/include_rules.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

namespace mediadock {
namespace {

/// Beginnings of include targets. Everything of the host is included with its folder's name first,
/// the core as `mediadock/…`, a plugin's own files without a folder.
using Prefixes = std::vector<std::string>;

struct Rule {
  /// The folder or file that the rule is for. Of several that fit, the first holds.
  std::string folder;
  Prefixes ours;
  Prefixes poco;
  Prefixes others;
};

const Prefixes kFoundation = {"Poco/"};
const Prefixes kAllOfPoco = {"Poco/",     "Poco/Net/", "Poco/Crypto/", "Poco/XML/",
                             "Poco/SAX/", "Poco/DOM/", "Poco/JSON/",   "Poco/Util/"};

const std::vector<Rule>& rules() {
  static const std::vector<Rule> kRules = {
      {"core/", {"mediadock/"}, {}, {}},
      {"plugins/localdisk/", {"mediadock/"}, kAllOfPoco, {}},
      {"plugins/nextcloud/", {"mediadock/"}, kAllOfPoco, {"openssl/", "expat.h"}},
      {"plugins/", {"mediadock/"}, kAllOfPoco, {}},
      {"host/storage/plugin_loader.cpp",
       {"mediadock/", "storage/", "metrics/"},
       kFoundation,
       {"boost/dll/"}},
      {"host/storage/path_spelling.cpp",
       {"mediadock/", "storage/"},
       {},
       {"unicase.h", "uninorm.h"}},
      {"host/storage/", {"mediadock/", "storage/", "metrics/", "cache/"}, kFoundation, {}},
      {"host/metrics/", {"metrics/"}, {}, {}},
      {"host/cache/", {"cache/"}, {}, {}},
      {"host/records/",
       {"mediadock/", "records/"},
       {"Poco/", "Poco/Data/", "Poco/Data/SQLite/", "Poco/JSON/", "Poco/Dynamic/"},
       {"sqlite3.h"}},
      {"host/thumbnailer/", {"thumbnailer/"}, {}, {"vips/", "gmodule.h", "seccomp.h"}},
      {"host/media/",
       {"mediadock/", "storage/", "records/", "metrics/", "cache/", "media/",
        "thumbnailer/exit_status.h"},
       {"Poco/", "Poco/Crypto/"},
       {"magic.h", "openssl/sha.h"}},
      {"host/http/",
       {"mediadock/", "cache/blob_file.h", "media/", "metrics/", "http/", "records/media_record.h",
        "storage/call_watch.h"},
       {"Poco/", "Poco/Net/", "Poco/JSON/", "Poco/JWT/", "Poco/Crypto/", "Poco/Dynamic/"},
       {"openssl/", "zlib.h"}},
      {"host/",
       {"mediadock/", "cache/", "storage/", "records/", "media/", "http/", "metrics/", "app/"},
       {"Poco/", "Poco/Util/", "Poco/JSON/"},
       {}},
  };
  return kRules;
}

bool beginsWithAny(const std::string& target, const Prefixes& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&target](const std::string& prefix) { return target.starts_with(prefix); });
}

/// `Poco/X.h` is Foundation's and `Poco/Net/X.h` Net's, so that a folder has to be named whole.
bool isAllowedPoco(const std::string& target, const Prefixes& folders) {
  const std::string folder = target.substr(0, target.rfind('/') + 1);
  return std::find(folders.begin(), folders.end(), folder) != folders.end();
}

/// The C++ library's headers have neither folder nor ending; C's and the system's are told by name.
bool isStandard(const std::string& target) {
  return target.find_first_of("./") == std::string::npos;
}

bool isSystem(const std::string& target) {
  static const Prefixes kSystem = {
      "sys/",     "linux/", "arpa/",   "netinet/",  "net/",     "netdb.h",  "unistd.h", "fcntl.h",
      "dirent.h", "poll.h", "dlfcn.h", "pthread.h", "signal.h", "errno.h",  "spawn.h",  "strings.h",
      "link.h",   "elf.h",  "sched.h", "grp.h",     "malloc.h", "cxxabi.h", "pwd.h"};
  return beginsWithAny(target, kSystem);
}

/// A file of the same plugin, named without a folder.
bool isNeighbour(const std::string& path, const std::string& target) {
  return path.starts_with("plugins/") && target.find('/') == std::string::npos &&
         target.ends_with(".h") && !isSystem(target);
}

bool isAllowed(const Rule& rule, const std::string& path, const std::string& target) {
  if (target.starts_with("Poco/")) {
    return isAllowedPoco(target, rule.poco);
  }
  if (isStandard(target) || beginsWithAny(target, rule.ours) ||
      beginsWithAny(target, rule.others)) {
    return true;
  }
  // The contract is plain C++: a plugin author reads it on any system.
  return !path.starts_with("core/") && (isSystem(target) || isNeighbour(path, target));
}

std::string readFile(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

std::vector<std::string> includesOf(std::string_view source) {
  std::vector<std::string> targets;
  std::istringstream lines{std::string(source)};
  std::string line;
  while (std::getline(lines, line)) {
    std::erase(line, ' ');
    if (!line.starts_with("#include")) {
      continue;
    }
    const auto start = line.find_first_of("<\"");
    const auto end = line.find_first_of(">\"", start + 1);
    if (start != std::string::npos && end != std::string::npos) {
      targets.push_back(line.substr(start + 1, end - start - 1));
    }
  }
  return targets;
}

std::string includeProblem(const std::string& path, const std::string& target) {
  for (const Rule& rule : rules()) {
    if (path.starts_with(rule.folder)) {
      return isAllowed(rule, path, target) ? ""
                                           : path + " may not include " + target +
                                                 " (docs/architecture.md, who may include what)";
    }
  }
  return {};
}

std::vector<std::filesystem::path> sourceFiles(const std::filesystem::path& tree) {
  std::vector<std::filesystem::path> files;
  for (const char* folder : {"core", "plugins", "host"}) {
    if (!std::filesystem::exists(tree / folder)) {
      continue;
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(tree / folder)) {
      const auto extension = entry.path().extension();
      if (entry.is_regular_file() && (extension == ".h" || extension == ".cpp")) {
        files.push_back(entry.path().lexically_relative(tree));
      }
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> findIncludeProblems(const std::filesystem::path& tree) {
  std::vector<std::string> problems;
  for (const auto& file : sourceFiles(tree)) {
    for (const std::string& target : includesOf(readFile(tree / file))) {
      if (auto problem = includeProblem(file.generic_string(), target); !problem.empty()) {
        problems.push_back(std::move(problem));
      }
    }
  }
  return problems;
}

std::vector<std::string> findUncheckedPaths(const std::filesystem::path& tree) {
  std::vector<std::string> problems;
  for (const auto& file : sourceFiles(tree)) {
    const std::string path = file.generic_string();
    const bool isExempt = path == "host/http/request.cpp" || path == "host/http/upload_form.cpp" ||
                          path.starts_with("host/http/access/");
    if (path.starts_with("host/http/") && !isExempt &&
        readFile(tree / file).find("StoragePath::parse(") != std::string::npos) {
      problems.push_back(path + " parses a path; Request::reachablePath checks it, too");
    }
  }
  return problems;
}

std::vector<std::string> findLongFiles(const std::filesystem::path& tree, std::size_t maxLines) {
  std::vector<std::string> problems;
  for (const auto& file : sourceFiles(tree)) {
    const std::string text = readFile(tree / file);
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    if (lines > maxLines) {
      problems.push_back(file.generic_string() + " has " + std::to_string(lines) + " lines");
    }
  }
  return problems;
}

}  // namespace mediadock
