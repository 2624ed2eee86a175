#include "nextcloud_settings.h"

#include "http/path_segments.h"
#include "mediadock/storage_error.h"

#include <charconv>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock::nextcloud {
namespace {

constexpr std::string_view kUrlRule =
    "setting 'url' must be http:// or https://, a host, and perhaps a port and a path; without "
    "user, query and fragment";

[[noreturn]] void refuseUrl() {
  throw StorageError(StorageErrc::ConfigInvalid, std::string(kUrlRule));
}

std::uint16_t parsePort(std::string_view text) {
  std::uint16_t port = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || stop != text.data() + text.size() || port == 0) {
    refuseUrl();
  }
  return port;
}

bool isHostCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '-' || c == '_';
}

/// Parses the authority of a URL: `host`, `host:port`, `[v6]`, `[v6]:port`.
void parseAuthority(std::string_view text, http_client::Origin& origin) {
  const bool isV6 = !text.empty() && text.front() == '[';
  const auto hostEnd = isV6 ? text.find(']') : text.find(':');
  if (isV6 && hostEnd == std::string_view::npos) {
    refuseUrl();
  }
  origin.host = text.substr(isV6 ? 1 : 0, isV6 ? hostEnd - 1 : hostEnd);
  const auto rest = isV6                                ? text.substr(hostEnd + 1)
                    : hostEnd == std::string_view::npos ? std::string_view()
                                                        : text.substr(hostEnd);
  for (const char c : origin.host) {
    if (!isHostCharacter(c) && !(isV6 && c == ':')) {
      refuseUrl();
    }
  }
  if (origin.host.empty() || (!rest.empty() && rest.front() != ':')) {
    refuseUrl();
  }
  origin.port = rest.empty() ? (origin.isTls ? 443 : 80) : parsePort(rest.substr(1));
}

void parseUrl(std::string_view url, NextcloudSettings& result) {
  const bool isHttp = url.starts_with("http://");
  result.origin.isTls = url.starts_with("https://");
  if ((!isHttp && !result.origin.isTls) || url.find_first_of("?#@ ") != std::string_view::npos) {
    refuseUrl();
  }
  url.remove_prefix(isHttp ? 7 : 8);
  const auto slash = url.find('/');
  parseAuthority(url.substr(0, slash), result.origin);
  auto segments = http_client::decodePathSegments(
      slash == std::string_view::npos ? std::string_view() : url.substr(slash));
  if (!segments) {
    refuseUrl();
  }
  result.rootSegments = std::move(*segments);
}

StoragePath parseBasePath(std::string text) {
  const auto first = text.find_first_not_of('/');
  const auto last = text.find_last_not_of('/');
  text = first == std::string::npos ? "" : text.substr(first, last - first + 1);
  try {
    return StoragePath::parse(text);
  } catch (const StorageError& error) {
    throw StorageError(StorageErrc::ConfigInvalid,
                       std::string("setting 'base_path': ") + error.what());
  }
}

}  // namespace

const SettingSpec kNextcloudSettingSpecs[12] = {
    {"url", "", "Address of the Nextcloud or WebDAV server; empty: not configured."},
    {"username", "", "Login name."},
    {"password", "", "Login password; an app password is better.", true},
    {"app_password", "", "App password; wins over the login password.", true},
    {"base_path", "", "Folder to keep to, such as CRM; made if it is missing."},
    {"ca_file", "", "Certificates to trust instead of the system's (PEM)."},
    {"verify_tls", "true", "Whether the server's certificate is verified."},
    {"connect_timeout_s", "5", "Longest wait for a connection, in seconds."},
    {"io_timeout_s", "60", "Longest silence of the server, in seconds."},
    {"retries", "4", "How often a request that may be repeated is sent again."},
    {"chunk_bytes", "10485760", "Files above it go up in chunks; most memory of one upload."},
    {"max_connections", "32", "Most connections at one time."},
};

NextcloudSettings parseNextcloudSettings(const Settings& settings) {
  constexpr std::int64_t kLargestChunk = std::int64_t{5} << 30;
  NextcloudSettings result;
  const auto url = settings.text("url");
  result.isConfigured = !url.empty();
  if (result.isConfigured) {
    parseUrl(url, result);
  }
  result.basePath = parseBasePath(settings.text("base_path"));
  result.username = settings.text("username");
  result.password = settings.text("app_password", settings.text("password"));
  result.caFile = settings.text("ca_file");
  result.verifyTls = settings.flag("verify_tls", result.verifyTls);
  result.connectTimeout = settings.seconds("connect_timeout_s", result.connectTimeout);
  result.ioTimeout = settings.seconds("io_timeout_s", result.ioTimeout);
  result.retries = static_cast<unsigned>(settings.integer("retries", result.retries, 0, 100));
  result.chunkBytes = static_cast<std::size_t>(settings.integer(
      "chunk_bytes", static_cast<std::int64_t>(result.chunkBytes), 1, kLargestChunk));
  result.maxConnections = static_cast<std::size_t>(settings.integer(
      "max_connections", static_cast<std::int64_t>(result.maxConnections), 1, 10000));
  return result;
}

}  // namespace mediadock::nextcloud
