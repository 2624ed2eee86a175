/// \file
/// `run-as-unit UNIT COMMAND...` runs a command with the restrictions of a systemd unit that can be
/// had without systemd: its filters of system calls, no capabilities, its limits and umask.

#include <linux/capability.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <sched.h>
#include <seccomp.h>
#include <set>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

namespace {

using Words = std::vector<std::string>;
using Unit = std::multimap<std::string, std::string>;

Words wordsOf(const std::string& text) {
  std::istringstream stream(text);
  Words words;
  for (std::string word; stream >> word;) {
    words.push_back(word);
  }
  return words;
}

Unit readUnit(const char* file) {
  std::ifstream stream(file);
  Unit unit;
  for (std::string line; std::getline(stream, line);) {
    const auto equals = line.find('=');
    if (!line.starts_with('#') && equals != std::string::npos) {
      unit.emplace(line.substr(0, equals), line.substr(equals + 1));
    }
  }
  return unit;
}

/// The value of a setting that must be there once.
std::string valueOf(const Unit& unit, const std::string& name) {
  if (unit.count(name) != 1) {
    throw std::runtime_error("the unit has no single " + name);
  }
  return unit.find(name)->second;
}

void expectSetting(const Unit& unit, const std::string& name, const std::string& value) {
  if (valueOf(unit, name) != value) {
    throw std::runtime_error(name + " is not '" + value + "'");
  }
}

/// The system calls of a name: itself, or what systemd has in the set of that name.
std::set<std::string> callsOf(const std::string& name) {
  if (!name.starts_with('@')) {
    return {name};
  }
  const std::unique_ptr<FILE, int (*)(FILE*)> output(
      ::popen(("systemd-analyze --no-pager syscall-filter " + name).c_str(), "r"), ::pclose);
  std::set<std::string> calls;
  char line[256];
  while (output && std::fgets(line, sizeof line, output.get()) != nullptr) {
    const Words words = wordsOf(line);
    if (words.size() == 1 && words.front() != name) {
      calls.merge(callsOf(words.front()));
    }
  }
  if (calls.empty()) {
    throw std::runtime_error("systemd knows no set " + name);
  }
  return calls;
}

class Filter {
 public:
  explicit Filter(std::uint32_t otherwise) : context_(::seccomp_init(otherwise)) {}

  ~Filter() { ::seccomp_release(context_); }

  Filter(const Filter&) = delete;
  Filter& operator=(const Filter&) = delete;

  void add(std::uint32_t action, const std::string& call, const std::vector<scmp_arg_cmp>& where) {
    const int number = ::seccomp_syscall_resolve_name(call.c_str());
    // Calls of other architectures have negative numbers.
    if (number >= 0 &&
        ::seccomp_rule_add_array(context_, action, number, static_cast<unsigned>(where.size()),
                                 where.data()) != 0) {
      throw std::runtime_error("no rule for " + call);
    }
  }

  void load() {
    if (::seccomp_load(context_) != 0) {
      throw std::runtime_error("seccomp_load");
    }
  }

 private:
  scmp_filter_ctx context_;
};

void permitCalls(const Unit& unit) {
  expectSetting(unit, "SystemCallErrorNumber", "EPERM");
  std::set<std::string> permitted;
  const auto [first, last] = unit.equal_range("SystemCallFilter");
  for (const auto& [name, value] : std::vector(first, last)) {
    const bool isRefusal = value.starts_with('~');
    for (const std::string& word : wordsOf(value.substr(isRefusal ? 1 : 0))) {
      for (const std::string& call : callsOf(word)) {
        isRefusal ? permitted.erase(call) : permitted.insert(call).second;
      }
    }
  }
  Filter filter(SCMP_ACT_ERRNO(EPERM));
  for (const std::string& call : permitted) {
    filter.add(SCMP_ACT_ALLOW, call, {});
  }
  filter.load();
}

void refuseNamespaces(const Unit& unit) {
  expectSetting(unit, "RestrictNamespaces", "yes");
  Filter filter(SCMP_ACT_ALLOW);
  constexpr scmp_datum_t kFlags[]{CLONE_NEWUSER, CLONE_NEWNET, CLONE_NEWNS,    CLONE_NEWPID,
                                  CLONE_NEWIPC,  CLONE_NEWUTS, CLONE_NEWCGROUP};
  for (const scmp_datum_t flag : kFlags) {
    const std::vector<scmp_arg_cmp> where{{0, SCMP_CMP_MASKED_EQ, flag, flag}};
    filter.add(SCMP_ACT_ERRNO(EPERM), "unshare", where);
    filter.add(SCMP_ACT_ERRNO(EPERM), "clone", where);
  }
  filter.add(SCMP_ACT_ERRNO(EPERM), "setns", {});
  filter.add(SCMP_ACT_ERRNO(ENOSYS), "clone3", {});
  filter.load();
}

void refuseCodeInMemory(const Unit& unit) {
  expectSetting(unit, "MemoryDenyWriteExecute", "yes");
  constexpr scmp_datum_t kBoth = PROT_WRITE | PROT_EXEC;
  Filter filter(SCMP_ACT_ALLOW);
  filter.add(SCMP_ACT_ERRNO(EPERM), "mmap", {{2, SCMP_CMP_MASKED_EQ, kBoth, kBoth}});
  for (const char* call : {"mprotect", "pkey_mprotect"}) {
    filter.add(SCMP_ACT_ERRNO(EPERM), call, {{2, SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC}});
  }
  filter.load();
}

void restrictSockets(const Unit& unit) {
  expectSetting(unit, "RestrictAddressFamilies", "AF_INET AF_INET6 AF_UNIX");
  Filter filter(SCMP_ACT_ALLOW);
  for (scmp_datum_t family = 0; family < AF_MAX; ++family) {
    if (family != AF_INET && family != AF_INET6 && family != AF_UNIX) {
      filter.add(SCMP_ACT_ERRNO(EAFNOSUPPORT), "socket", {{0, SCMP_CMP_EQ, family, 0}});
    }
  }
  filter.load();
}

void dropCapabilities(const Unit& unit) {
  expectSetting(unit, "CapabilityBoundingSet", "");
  expectSetting(unit, "AmbientCapabilities", "");
  for (int capability = 0; ::prctl(PR_CAPBSET_READ, capability) >= 0; ++capability) {
    ::prctl(PR_CAPBSET_DROP, capability);
  }
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3]{};
  if (::syscall(SYS_capset, &header, none) != 0) {
    throw std::runtime_error("capset");
  }
}

void restrict(const Unit& unit) {
  const rlimit files{std::stoul(valueOf(unit, "LimitNOFILE")),
                     std::stoul(valueOf(unit, "LimitNOFILE"))};
  ::setrlimit(RLIMIT_NOFILE, &files);
  constexpr int kOctal = 8;
  ::umask(static_cast<mode_t>(std::stoul(valueOf(unit, "UMask"), nullptr, kOctal)));
  expectSetting(unit, "NoNewPrivileges", "yes");
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  dropCapabilities(unit);
  restrictSockets(unit);
  refuseCodeInMemory(unit);
  refuseNamespaces(unit);
  permitCalls(unit);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: run-as-unit UNIT COMMAND...\n";
    return EXIT_FAILURE;
  }
  try {
    restrict(readUnit(argv[1]));
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return EXIT_FAILURE;
  }
  ::execvp(argv[2], argv + 2);
  std::perror(argv[2]);
  return EXIT_FAILURE;
}
