#include "storage/boundary/answer_checks.h"

#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>

namespace mediadock::storage {
namespace {

using std::chrono::sys_days;

constexpr Timestamp kEarliest = sys_days(std::chrono::year(1) / 1 / 1);
constexpr Timestamp kLatest =
    sys_days(std::chrono::year(10000) / 1 / 1) - std::chrono::microseconds(1);

bool isControl(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

bool isVisible(char c) {
  return c > 0x20 && c < 0x7F;
}

bool isText(std::string_view text) {
  return text.size() <= kMostTextBytes && isValidUtf8(text) &&
         std::none_of(text.begin(), text.end(), isControl);
}

/// etagc of RFC 9110 §8.8.3.
bool isOpaqueTag(std::string_view text) {
  return text.size() <= kMostETagBytes && std::all_of(text.begin(), text.end(), [](char c) {
           return c != '"' && (isVisible(c) || static_cast<unsigned char>(c) >= 0x80);
         });
}

/// A type, a slash, a subtype and parameters, all in ASCII.
bool isMediaType(std::string_view text) {
  const auto slash = text.find('/');
  return text.size() <= kMostMediaTypeBytes && slash != 0 && slash + 1 < text.size() &&
         slash != std::string_view::npos && isVisible(text.front()) &&
         std::all_of(text.begin(), text.end(), [](char c) { return c == ' ' || isVisible(c); });
}

void require(bool holds, const PluginCall& call, const char* what) {
  if (!holds) {
    throw pluginFault(call, what);
  }
}

void keepTexts(std::vector<std::string>& texts) {
  std::erase_if(texts, [](const std::string& text) { return !isText(text); });
  texts.resize(std::min(texts.size(), kMostTexts));
}

/// Whether a stream reports the part that `range` selects. Without a length, it covers everything
/// from its offset.
bool isAsAsked(const ReadInfo& info, const ByteRange& range) {
  if (info.entry.size) {
    const ByteSlice part = resolve(range, *info.entry.size);
    return info.offset == part.offset &&
           info.length.value_or(*info.entry.size - part.offset) == part.length;
  }
  if (!range.first) {
    return info.length && *info.length <= range.last.value_or(0);
  }
  const bool hasEnd = !range.last || (info.length.value_or(0) > 0 &&
                                      *info.length - 1 <= *range.last - *range.first);
  return info.offset == *range.first && hasEnd;
}

}  // namespace

void checkEntry(const PluginCall& call, Entry& entry) {
  require(entry.kind == EntryKind::File || entry.kind == EntryKind::Directory, call,
          "it told of something that is neither file nor directory");
  require(entry.size.value_or(0) <= kMostBytes, call, "it told a size that no file has");
  require(!entry.etag || isOpaqueTag(entry.etag->value), call,
          "it told an etag with characters that no etag has, or one that is too long");
  require(isText(entry.fileId), call, "it told a file id that is not text, or too long");
  if (entry.modifiedAt && (*entry.modifiedAt < kEarliest || *entry.modifiedAt > kLatest)) {
    entry.modifiedAt.reset();
  }
  if (!entry.contentType.empty() && !isMediaType(entry.contentType)) {
    entry.contentType.clear();
  }
}

void checkReadInfo(const PluginCall& call, ReadInfo& info, const std::optional<ByteRange>& range) {
  checkEntry(call, info.entry);
  require(!info.entry.isDirectory(), call, "it opened a directory as a file");
  const auto length = info.length.value_or(0);
  require(info.offset <= kMostBytes && length <= kMostBytes - info.offset, call,
          "its stream begins or ends behind any file's end");
  require(!info.entry.size || !info.length || info.offset + length <= *info.entry.size, call,
          "its stream is longer than the file that it tells of");
  const bool isWhole =
      info.offset == 0 && (!info.length || !info.entry.size || info.length == info.entry.size);
  require(range ? isAsAsked(info, *range) : isWhole, call,
          "its stream is not the part of the file that was asked for");
}

void checkRegion(const PluginCall& call, const FileRegion& region, const ReadInfo& info) {
  struct stat status {};

  const int mode = ::fcntl(region.descriptor, F_GETFL);
  require(mode >= 0 && (mode & O_ACCMODE) != O_WRONLY && ::fstat(region.descriptor, &status) == 0 &&
              S_ISREG(status.st_mode),
          call, "it offered a file that is not open for reading");
  require(region.length <= kMostBytes && region.offset <= kMostBytes - region.length &&
              region.offset >= info.offset && region.length == info.length,
          call, "it offered a region of a file that is not its stream");
  if (region.offset + region.length > static_cast<std::uint64_t>(status.st_size)) {
    throw pluginFault(call, "the file that it offered ends before its length",
                      StorageErrc::Truncated);
  }
}

void checkPage(const PluginCall& call, const ListPage& page, const ListOptions& asked) {
  require(page.entries.size() <= asked.pageSize, call, "its page is longer than it was to be");
  require(page.nextToken.size() <= kMostTokenBytes, call,
          "its token for the next page is too long");
  require(page.nextToken.empty() || page.nextToken != asked.token, call,
          "its token for the next page is the one that it was asked with");
}

void checkQuota(const PluginCall& call, const Quota& quota) {
  require(quota.used.value_or(0) <= kMostBytes && quota.available.value_or(0) <= kMostBytes, call,
          "it told of more room than any storage has");
}

void checkToken(const PluginCall& call, const std::string& token) {
  require(!token.empty() && token.size() <= kMostTokenBytes && isValidUtf8(token) &&
              token.find('\0') == std::string::npos,
          call, "it gave a token that is empty, too long or not text");
}

void checkCapabilities(const PluginCall& call, Capabilities& can) {
  require(can.maxNameBytes == 0 || can.maxNameBytes >= kLeastNameBytes, call,
          "it told a longest name that is too short for any file");
  require(can.maxObjectBytes <= kMostBytes && can.modifiedAtPrecision.count() >= 0, call,
          "it told a limit that no storage has");
  if (can.forbiddenCharacters.size() > kMostTextBytes || !isValidUtf8(can.forbiddenCharacters)) {
    can.forbiddenCharacters.clear();
  }
  keepTexts(can.forbiddenNames);
  keepTexts(can.forbiddenBasenames);
  keepTexts(can.forbiddenPrefixes);
  keepTexts(can.forbiddenExtensions);
  std::erase_if(can.evidence, [](const CapabilityEvidence& evidence) {
    return !isText(evidence.ability) || !isText(evidence.asked) || !isText(evidence.answered);
  });
  can.evidence.resize(std::min(can.evidence.size(), kMostTexts));
}

}  // namespace mediadock::storage
