#include "storage/loading/elf_image.h"

#include <algorithm>
#include <elf.h>
#include <fstream>
#include <link.h>
#include <vector>

namespace mediadock::storage {
namespace {

using Header = ElfW(Ehdr);
using Segment = ElfW(Phdr);

/// The machine that this code is compiled for.
#if defined(__x86_64__)
constexpr unsigned kMachine = EM_X86_64;
#elif defined(__aarch64__)
constexpr unsigned kMachine = EM_AARCH64;
#else
#error "Name this machine's ELF number."
#endif
constexpr unsigned char kClass = sizeof(void*) == 8 ? ELFCLASS64 : ELFCLASS32;

template <typename Value>
bool readAt(std::ifstream& in, std::uint64_t offset, Value* values, std::size_t count) {
  in.clear();
  in.seekg(static_cast<std::streamoff>(offset));
  // There is no other way to read a struct from a stream.
  in.read(reinterpret_cast<char*>(values), static_cast<std::streamsize>(count * sizeof(Value)));
  return in.good();
}

std::string shorter(std::uint64_t needed, std::uint64_t size) {
  return "expected a whole library of " + std::to_string(needed) + " bytes or more, found one of " +
         std::to_string(size);
}

/// Where the last part described by the headers ends. In files written by usual linkers, that is
/// the section headers.
std::uint64_t endOf(const Header& header, const std::vector<Segment>& segments) {
  std::uint64_t end = header.e_shoff + std::uint64_t{header.e_shnum} * header.e_shentsize;
  for (const Segment& segment : segments) {
    if (segment.p_type == PT_LOAD) {
      end = std::max<std::uint64_t>(end, segment.p_offset + segment.p_filesz);
    }
  }
  return end;
}

}  // namespace

std::optional<std::string> elfProblem(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary | std::ios::ate);
  const auto size = static_cast<std::uint64_t>(std::max<std::streamoff>(in.tellg(), 0));
  if (size == 0) {
    return "expected an ELF library, found an empty file";
  }
  Header header{};
  const bool isWhole = readAt(in, 0, &header, 1);
  if (!std::equal(ELFMAG, ELFMAG + SELFMAG, header.e_ident)) {
    return "expected an ELF library, found a file of another kind";
  }
  if (!isWhole) {
    return shorter(sizeof header, size);
  }
  if (header.e_ident[EI_CLASS] != kClass || header.e_machine != kMachine) {
    return "expected a library for machine " + std::to_string(kMachine) + " of ELF class " +
           std::to_string(kClass) + ", found one for machine " + std::to_string(header.e_machine) +
           " of class " + std::to_string(header.e_ident[EI_CLASS]);
  }
  if (header.e_type != ET_DYN || header.e_phentsize != sizeof(Segment)) {
    return "expected a shared library, found another kind of ELF file";
  }
  std::vector<Segment> segments(header.e_phnum);
  if (!readAt(in, header.e_phoff, segments.data(), segments.size())) {
    return shorter(header.e_phoff + segments.size() * sizeof(Segment), size);
  }
  if (const std::uint64_t end = endOf(header, segments); end > size) {
    return shorter(end, size);
  }
  return std::nullopt;
}

}  // namespace mediadock::storage
