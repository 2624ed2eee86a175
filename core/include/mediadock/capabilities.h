#pragma once

/// \file
/// What a provider can do. Every field is worded positively: false or zero means the least able.

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
  /// Name of the ability or other fact, in snake case.
  std::string ability;
  /// What was asked, such as a request; without credentials.
  std::string asked;
  /// The decisive part of the answer, as short as possible.
  std::string answered;
  Timestamp at;

  friend bool operator==(const CapabilityEvidence&, const CapabilityEvidence&) = default;
};

/// What a provider claims about its storage; the conformance suite tests each claim. If a bit is
/// false, the corresponding call or argument throws `Unsupported` without contacting the storage.
struct Capabilities {
  bool rangeRead = false;         ///< `ReadOptions::range`.
  bool conditionalRead = false;   ///< `ReadOptions::ifMatch` and `ifNoneMatch`.
  bool etag = false;              ///< Entries carry an etag, the same in stat, list and read.
  bool fileId = false;            ///< Entries carry a `fileId`, which survives a move.
  bool writeUnknownSize = false;  ///< `WriteOptions::size` may be absent.
  bool writeIfAbsent = false;     ///< `WriteTarget::ifAbsent`, decided by the storage at commit.
  bool writeIfMatch = false;      ///< `WriteTarget::ifMatch`.
  bool writeRetarget = false;     ///< `IWriteStream::retarget`.
  bool writeModifiedAt = false;   ///< `WriteOptions::modifiedAt` is stored.
  bool writeResume = false;       ///< `IWriteStream::suspend`, `resumeWrite`, `dropWrite`.
  bool removeRecursive = false;   ///< `RemoveOptions::recursive`.
  bool removeIfMatch = false;     ///< `RemoveOptions::ifMatch`.
  bool makeDirectory = false;     ///< `makeDirectory`; empty directories exist and are listed.
  bool copy = false;              ///< `copy`.
  bool move = false;              ///< `move`.
  bool quota = false;             ///< `quota`.
  bool previews = false;          ///< `openPreview`.
  bool localFiles = false;        ///< Files are local to this machine: caching them gains nothing.
  bool listSorted = false;        ///< Pages come in byte order of the names.
  bool caseSensitive = false;     ///< `a` and `A` are two names.

  /// Longest name and longest path in bytes that can be written.
  std::size_t maxNameBytes = 0;
  std::size_t maxPathBytes = 0;
  /// Largest object in bytes; 0 if no limit is known.
  std::uint64_t maxObjectBytes = 0;
  /// Resolution of stored modification times; 0 if they are not stored.
  std::chrono::microseconds modifiedAtPrecision{0};
  /// Characters, whole names, names up to the first dot (ignoring a leading one), prefixes and
  /// suffixes that cannot be written here, so that clients can check first. All but the characters
  /// are compared ignoring ASCII case.
  std::string forbiddenCharacters;
  std::vector<std::string> forbiddenNames;
  std::vector<std::string> forbiddenBasenames;
  std::vector<std::string> forbiddenPrefixes;
  std::vector<std::string> forbiddenExtensions;
  /// Where the above comes from, if a server was asked; for people to read.
  std::vector<CapabilityEvidence> evidence;
};

/// The names of the bits that are set, in declaration order and in snake case.
MEDIADOCK_CORE_EXPORT std::vector<std::string_view> abilityNames(const Capabilities& capabilities);

}  // namespace mediadock
