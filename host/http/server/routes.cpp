#include "http/server/routes.h"

#include "http/downloads/download_endpoints.h"
#include "http/endpoints/endpoints.h"
#include "http/listings/file_urls.h"
#include "http/site/static_file.h"
#include "http/tus/tus_endpoints.h"

#include <string>
#include <utility>

namespace mediadock::http {
namespace {

constexpr AccessRule kEverybody = AccessRule::everybody();
constexpr AccessRule kRead = AccessRule::scope(Scope::Read);
constexpr AccessRule kReadOrSignedUrl = AccessRule::readOrSignedUrl(kFilePurpose);
constexpr AccessRule kReadOrSignedThumbnail = AccessRule::readOrSignedUrl(kThumbnailPurpose);
constexpr AccessRule kWrite = AccessRule::scope(Scope::Write);
constexpr AccessRule kDelete = AccessRule::scope(Scope::Delete);

void addStorageRoutes(std::vector<Route>& routes, const std::string& base,
                      const Services& services) {
  media::MediaService& media = services.media;
  routes.push_back({"GET", base + "/browse", kRead,
                    browseEndpoint(media, services.cursors, services.urlSigner)});
  routes.push_back(
      {"GET", base + "/limits", kRead, limitsEndpoint(media, services.maxUploadBytes)});
  routes.push_back({"GET", base + "/file", kReadOrSignedUrl, downloadEndpoint(media)});
  routes.push_back({"GET", base + "/thumbnail", kReadOrSignedThumbnail, thumbnailEndpoint(media)});
  routes.push_back({"DELETE", base + "/file", kDelete, deleteFileEndpoint(media, services.audit)});
  routes.push_back({"POST", base + "/upload", kWrite,
                    uploadEndpoint(media, services.audit, services.maxUploadBytes)});
  routes.push_back({"POST", base + "/folder", kWrite,
                    createFolderEndpoint(media, services.audit, services.urlSigner)});
  routes.push_back(
      {"POST", base + "/move", kWrite, moveEndpoint(media, services.audit, services.urlSigner)});
}

void addUploadsRoutes(std::vector<Route>& routes, const std::string& base,
                      const Services& services) {
  media::MediaService& media = services.media;
  const std::uint64_t most = services.maxUploadBytes;
  const std::string all = base + "/uploads";
  const std::string one = all + "/{id}";
  routes.push_back({"POST", all, kWrite, tusCreateEndpoint(media, services.audit, most)});
  routes.push_back({"OPTIONS", all, kEverybody, tusOptionsEndpoint("POST, OPTIONS", most)});
  routes.push_back({"HEAD", one, kWrite, tusOffsetEndpoint(media)});
  routes.push_back({.method = "PATCH",
                    .pattern = one,
                    .access = kWrite,
                    .endpoint = tusAppendEndpoint(media, services.audit),
                    .takesOverride = true});
  routes.push_back({.method = "DELETE",
                    .pattern = one,
                    .access = kWrite,
                    .endpoint = tusTerminateEndpoint(media),
                    .takesOverride = true});
  routes.push_back(
      {"OPTIONS", one, kEverybody, tusOptionsEndpoint("HEAD, PATCH, DELETE, OPTIONS", most)});
}

/// Not counted: a page consists of many files, all in memory.
Route staticRoute(std::string path, Endpoint endpoint) {
  return {.method = "GET",
          .pattern = std::move(path),
          .access = kEverybody,
          .endpoint = std::move(endpoint),
          .isCounted = false};
}

void addStaticRoutes(std::vector<Route>& routes, const std::filesystem::path& root) {
  const std::string description = "/openapi.json";
  routes.push_back(
      staticRoute(description, staticFileEndpoint(makeStaticFile(description, "application/json",
                                                                 std::string(apiDescription())))));
  if (root.empty()) {
    routes.push_back(staticRoute("/", missingPageEndpoint()));
    return;
  }
  for (StaticFile& file : readStaticSite(root)) {
    const std::string path = file.path;
    const Endpoint endpoint = staticFileEndpoint(std::move(file));
    routes.push_back(staticRoute(path, endpoint));
    if (path.substr(1) == kIndexName) {
      routes.push_back(staticRoute("/", endpoint));
    }
  }
}

}  // namespace

std::vector<Route> makeRoutes(const Services& services) {
  media::MediaService& media = services.media;
  std::vector<Route> routes;
  // The second is used by existing consoles.
  for (const char* base : {"/api/crm/storage", "/api/crm/nextcloud"}) {
    addStorageRoutes(routes, base, services);
    addUploadsRoutes(routes, base, services);
  }
  routes.push_back({"GET", "/api/crm/media", kRead, listMediaEndpoint(media, services.cursors)});
  routes.push_back({"POST", "/api/crm/media", kWrite, createMediaEndpoint(media, services.audit)});
  routes.push_back({"GET", "/api/crm/media/{id}", kRead, getMediaEndpoint(media)});
  routes.push_back(
      {"PATCH", "/api/crm/media/{id}", kWrite, patchMediaEndpoint(media, services.audit)});
  routes.push_back(
      {"DELETE", "/api/crm/media/{id}", kDelete, deleteMediaEndpoint(media, services.audit)});
  routes.push_back({"GET", "/healthz", kEverybody, healthzEndpoint()});
  routes.push_back(
      {"GET", "/readyz", kEverybody, readyzEndpoint(services.readiness, services.drain, media)});
  // Last, so that no file shadows a route.
  addStaticRoutes(routes, services.staticRoot);
  return routes;
}

}  // namespace mediadock::http
