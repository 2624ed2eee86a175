#pragma once

/// \file
/// How much memory a piece of work takes at its highest point.

#include <cstdint>
#include <fstream>
#include <stdexcept>
#include <string>

namespace mediadock {

/// A line such as `VmHWM:  1234 kB` of this process's status, in bytes.
inline std::uint64_t processMemory(const std::string& key) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    std::uint64_t kibibytes = 0;
    if (word == key + ":" && status >> kibibytes) {
      return kibibytes << 10U;
    }
  }
  throw std::runtime_error("no " + key + " in /proc/self/status");
}

/// Runs `work` and returns by how many bytes the process's resident memory grew meanwhile, at its
/// peak.
template <typename Work>
std::uint64_t peakGrowthOf(Work&& work) {
  // Resets the peak to what is resident now; proc(5).
  std::ofstream("/proc/self/clear_refs") << 5;
  const std::uint64_t before = processMemory("VmHWM");
  if (before > processMemory("VmRSS") + (1U << 20U)) {
    throw std::runtime_error("the memory peak could not be reset");
  }
  work();
  return processMemory("VmHWM") - before;
}

}  // namespace mediadock
