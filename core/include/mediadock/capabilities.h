#pragma once

/// \file
/// What a provider can do, as positive statements: false and zero mean least able.

#include "mediadock/entry.h"
#include "mediadock/export.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock {

/// How a provider came to know something about its storage.
struct CapabilityEvidence {
  /// An ability's name, or that of another fact, in snake case.
  std::string ability;
  /// The question, such as a request, without credentials.
  std::string asked;
  /// What came back, in the shortest words that decide.
  std::string answered;
  Timestamp at;

  friend bool operator==(const CapabilityEvidence&, const CapabilityEvidence&) = default;
};

/// Claims of a provider about its storage, each tested by the conformance suite. Where a bit is
/// false, the call or argument it stands for answers `Unsupported` without touching the storage.
struct Capabilities {
  bool rangeRead = false;         ///< `ReadOptions::range`.
  bool conditionalRead = false;   ///< `ReadOptions::ifMatch` and `ifNoneMatch`.
  bool etag = false;              ///< Entries carry an etag, the same in stat, list and read.
  bool fileId = false;            ///< Entries carry a `fileId` that survives a move.
  bool writeUnknownSize = false;  ///< `WriteOptions::size` may be absent.
  bool writeIfAbsent = false;     ///< `WriteTarget::ifAbsent`, decided by the storage at commit.
  bool writeIfMatch = false;      ///< `WriteTarget::ifMatch`.
  bool writeRetarget = false;     ///< `IWriteStream::retarget`.
  bool writeModifiedAt = false;   ///< `WriteOptions::modifiedAt` is kept.
  bool writeResume = false;       ///< `IWriteStream::suspend`, `resumeWrite`, `dropWrite`.
  bool removeRecursive = false;   ///< `RemoveOptions::recursive`.
  bool removeIfMatch = false;     ///< `RemoveOptions::ifMatch`.
  bool makeDirectory = false;     ///< `makeDirectory`; empty directories exist and are listed.
  bool copy = false;              ///< `copy`.
  bool move = false;              ///< `move`.
  bool quota = false;             ///< `quota`.
  bool previews = false;          ///< `openPreview`.
  bool localFiles = false;        ///< Files of this machine: a cache of them would gain nothing.
  bool listSorted = false;        ///< Pages come in byte order of the names.
  bool caseSensitive = false;     ///< `a` and `A` are two names.

  /// Longest name and longest path in bytes that can be written.
  std::size_t maxNameBytes = 0;
  std::size_t maxPathBytes = 0;
  /// Largest object in bytes; 0 where no limit is known.
  std::uint64_t maxObjectBytes = 0;
  /// The step in which modification times are kept; 0 where none are.
  std::chrono::microseconds modifiedAtPrecision{0};
  /// Characters, whole names, names up to their first dot (but not a leading one), and beginnings
  /// and endings of names that cannot be written here, for clients to know before they try. All but
  /// the characters are compared without regard to ASCII case.
  std::string forbiddenCharacters;
  std::vector<std::string> forbiddenNames;
  std::vector<std::string> forbiddenBasenames;
  std::vector<std::string> forbiddenPrefixes;
  std::vector<std::string> forbiddenExtensions;
  /// What the above rests on, where a server was asked; for people to read.
  std::vector<CapabilityEvidence> evidence;
};

/// The names of the bits that are set, in the order of their declaration and in snake case.
MEDIADOCK_CORE_EXPORT std::vector<std::string_view> abilityNames(const Capabilities& capabilities);

}  // namespace mediadock
