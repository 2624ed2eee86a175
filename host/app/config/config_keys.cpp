#include "app/config/config_keys.h"

#include "http/server/http_settings.h"
#include "media/uploads/resumable_upload_settings.h"
#include "storage/caching/cached_provider.h"

#include <chrono>
#include <concepts>
#include <vector>

namespace mediadock::app {
namespace {

std::string toText(std::integral auto number) {
  return std::to_string(number);
}

std::string toText(std::chrono::milliseconds duration) {
  return toText(std::chrono::duration_cast<std::chrono::seconds>(duration).count());
}

/// A default that a settings struct has is taken from there.
std::vector<ConfigKey> makeHostKeys() {
  const http::HttpSettings http;
  const media::ResumableUploadSettings uploads;
  const storage::CachedProviderSettings cache;
  return {
      {"http.address", http.address, "HOST:PORT to serve on; port 0 takes a free one."},
      {"http.tls.certificate", "", "PEM file with the certificate chain; with the key: HTTPS."},
      {"http.tls.key", "", "PEM file with the private key."},
      {"http.max_connections", toText(http.maxConnections),
       "Connections at a time; more are refused."},
      {"http.max_upload_bytes", toText(http.maxUploadBytes),
       "Bytes of the files of one upload, together; more is answered 413."},
      {"http.request_timeout_s", toText(http.requestTimeout),
       "A request without progress for so long is ended."},
      {"http.idle_timeout_s", toText(http.idleTimeout),
       "How long a kept-alive connection may be silent."},
      {"http.drain_timeout_s", toText(http.drainTimeout),
       "How long a stop waits for requests in flight."},
      {"http.public_path", "", "Path below which a reverse proxy shows the host, such as /media."},
      {"http.trusted_proxies", "",
       "Networks whose X-Forwarded-For, -Proto and -Prefix are believed."},
      {"http.static_root", "", "Folder of the page to serve at /; empty: the built Media tab."},
      {"http.cors.allowed_origins", "", "Origins whose pages may use the API, comma-separated."},
      {"http.allowed_hosts", "", "Names that browsers may call the host by, comma-separated."},
      {"limits.requests_per_second", "0", "What each client may ask on average; 0: no limit."},
      {"limits.burst", "0", "What each client may ask at once; 0: as many as in a second."},
      {"storage.provider", "localdisk", "The storage provider to load."},
      {"storage.plugin_path", "", "Folders to look for plugins in, :-separated, absolute."},
      {"uploads.denied_types", "",
       "Media types refused with 415, by name and by bytes: text/html, video/*."},
      {"records.url", "sqlite:var/mediadock.db", "The database that keeps the records."},
      {"records.password", "", "The database's password; SQLite takes none.", true},
      {"auth.mode", "none", "How callers are known: none, jwt or api_key."},
      {"auth.allow_anonymous", "false", "Allow auth.mode=none on an address that is not loopback."},
      {"auth.jwt.secret", "", "Key of HS256, HS384 and HS512 tokens; at least 32 bytes.", true},
      {"auth.jwt.public_key_file", "", "PEM file with the public key of RS256 or ES256 tokens."},
      {"auth.jwt.issuer", "", "What a token's iss must be; empty: anything."},
      {"auth.jwt.audience", "",
       "What a token's aud must hold; empty: a token with aud is refused."},
      {"auth.jwt.cookie", "", "Cookie that may carry the token, too."},
      {"auth.api_keys_file", "", "API keys: name:sha256-hex:scopes[:path-prefix] a line."},
      {"auth.url_signing_key", "",
       "Keys for URLs, comma-separated, first one signs; empty: random.", true},
      {"auth.hide_denied", "false", "Answer 404 for a path out of the caller's reach, not 403."},
      {"audit.file", "", "Where changes are noted, a line each; empty: in the log."},
      {"uploads.expire_after_s", toText(uploads.expireAfter),
       "How long an unfinished upload waits for its next piece."},
      {"uploads.spool_directory", uploads.spoolDirectory.string(),
       "Where it waits if the storage cannot keep it."},
      {"uploads.spool_max_bytes", toText(uploads.spoolMaxBytes),
       "Most bytes that may wait there; 0: none."},
      {"uploads.max_unfinished", toText(uploads.perOwner.uploads),
       "Most unfinished uploads of a caller at a time."},
      {"uploads.max_unfinished_bytes", toText(uploads.perOwner.bytes),
       "Most bytes in a caller's unfinished uploads."},
      {"cache.directory", "var/cache", "Where files and thumbnails are kept; deletable any time."},
      {"cache.max_bytes", "1073741824", "Most bytes that are kept there; 0: none."},
      {"cache.revalidate_s", toText(cache.revalidateAfter),
       "How long the storage's word on a file's version is believed."},
      {"log.level", "information", "One of error, warning, information, debug."},
      {"log.format", "text", "One of text, json: lines on standard error."},
  };
}

}  // namespace

std::span<const ConfigKey> hostKeys() {
  static const std::vector<ConfigKey> keys = makeHostKeys();
  return keys;
}

std::string environmentName(std::string_view key) {
  std::string name = "MEDIADOCK_";
  for (const char c : key) {
    const bool isLower = c >= 'a' && c <= 'z';
    name += c == '.' ? '_' : isLower ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return name;
}

}  // namespace mediadock::app
