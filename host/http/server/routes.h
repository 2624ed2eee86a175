#pragma once

/// \file
/// Builds the table of all routes.

#include "http/server/router.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace mediadock::media {
class MediaService;
class Readiness;
}  // namespace mediadock::media

namespace mediadock::http {

class AuditLog;
class CursorSigner;
class Drain;
class UrlSigner;

/// The dependencies of the endpoints. All must outlive the routes.
struct Services {
  media::MediaService& media;
  AuditLog& audit;
  const CursorSigner& cursors;
  const UrlSigner& urlSigner;
  media::Readiness& readiness;
  const Drain& drain;
  std::uint64_t maxUploadBytes;
  /// Empty: no page.
  const std::filesystem::path& staticRoot;
};

/// \throws StorageError `ConfigInvalid` if the page cannot be read.
std::vector<Route> makeRoutes(const Services& services);

}  // namespace mediadock::http
