#include "app/config/config.h"

#include "app/config/access_config.h"
#include "app/config/default_folders.h"
#include "app/config/host_values.h"
#include "http/addressing/loopback.h"
#include "http/addressing/public_path.h"
#include "mediadock/storage_error.h"
#include "storage/loading/provider_registry.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>

namespace mediadock::app {
namespace {

void checkAddress(const HostValues& values) {
  const std::string address = values.text("http.address");
  const auto colon = address.rfind(':');
  std::uint16_t port = 0;
  const char* end = address.data() + address.size();
  const auto parsed = colon == std::string::npos
                          ? std::from_chars_result{end, std::errc::invalid_argument}
                          : std::from_chars(address.data() + colon + 1, end, port);
  if (colon == 0 || parsed.ec != std::errc() || parsed.ptr != end) {
    values.refuse("http.address", "setting 'http.address' must be host:port");
  }
}

http::HttpSettings readHttp(const HostValues& values) {
  checkAddress(values);
  http::HttpSettings http{
      .address = values.text("http.address"),
      .tlsCertificateFile = values.text("http.tls.certificate"),
      .tlsKeyFile = values.text("http.tls.key"),
      .maxConnections =
          static_cast<std::uint32_t>(values.integer("http.max_connections", 1, 1000000)),
      .maxUploadBytes = static_cast<std::uint64_t>(
          values.integer("http.max_upload_bytes", 1, std::numeric_limits<std::int64_t>::max())),
      .requestTimeout = values.seconds("http.request_timeout_s"),
      .idleTimeout = values.seconds("http.idle_timeout_s"),
      .drainTimeout = values.seconds("http.drain_timeout_s"),
  };
  if (http.tlsCertificateFile.empty() != http.tlsKeyFile.empty()) {
    const bool hasKey = http.tlsCertificateFile.empty();
    values.refuse(hasKey ? "http.tls.key" : "http.tls.certificate",
                  "http.tls.certificate and http.tls.key go together; only one is set");
  }
  return http;
}

http::Origin parseOrigin(std::string_view text) {
  const auto origin = http::Origin::parse(text);
  if (!origin) {
    throw std::invalid_argument("'" + std::string(text) +
                                "' is no origin such as https://console.example.test");
  }
  return *origin;
}

std::string parseHostName(std::string_view text) {
  const auto origin = http::Origin::parse("http://" + std::string(text));
  if (!origin || origin->host().size() != text.size()) {
    throw std::invalid_argument("'" + std::string(text) +
                                "' is no host name such as console.example.test");
  }
  return origin->host();
}

/// If authentication is off and only this machine can reach the address, a DNS rebinding attack
/// through its browser could still call the API; the default then allows only loopback names.
std::vector<std::string> readAllowedHosts(const HostValues& values) {
  auto hosts = values.list("http.allowed_hosts", parseHostName);
  const bool isWorkstation =
      values.text("auth.mode") == "none" && http::isLoopback(values.text("http.address"));
  if (hosts.empty() && isWorkstation) {
    hosts = {"localhost", "127.0.0.1", "[::1]"};
  }
  return hosts;
}

std::filesystem::path readStaticRoot(const HostValues& values) {
  const std::string key = "http.static_root";
  if (!values.isSet(key)) {
    return defaultStaticRoot();
  }
  const std::filesystem::path root = values.text(key);
  std::error_code failure;
  if (!std::filesystem::is_directory(root, failure)) {
    values.refuse(key, "setting 'http.static_root': '" + root.string() + "' is no folder");
  }
  if (!std::filesystem::exists(root / "index.html", failure)) {
    values.refuse(key, "setting 'http.static_root': '" + root.string() + "' has no index.html");
  }
  return root;
}

std::string readPublicPath(const HostValues& values) {
  const std::string key = "http.public_path";
  const auto path = http::parsePublicPath(values.text(key));
  if (!path) {
    values.refuse(key, "setting '" + key +
                           "' must be a path such as /media, of letters, digits, "
                           "'-', '.', '_', '~' and '/'");
  }
  return *path;
}

http::RequestLimit readRequestLimit(const HostValues& values) {
  constexpr std::int64_t kMost = 1000000;
  const auto perSecond = values.integer("limits.requests_per_second", 0, kMost);
  const auto burst = values.integer("limits.burst", 0, kMost);
  if (perSecond == 0 && burst != 0) {
    values.refuse("limits.burst", "limits.burst means nothing without limits.requests_per_second");
  }
  if (perSecond == 0) {
    return {};
  }
  return {.interval = std::chrono::nanoseconds(std::chrono::seconds(1)) / perSecond,
          .burst = static_cast<std::uint32_t>(burst == 0 ? perSecond : burst)};
}

/// Settings for clients and their browsers.
http::AdmissionSettings readAdmission(const HostValues& values) {
  return {.publicPath = readPublicPath(values),
          .trustedProxies = values.list("http.trusted_proxies", http::IpNetwork::parse),
          .allowedOrigins = values.list("http.cors.allowed_origins", parseOrigin),
          .allowedHosts = readAllowedHosts(values),
          .requestLimit = readRequestLimit(values)};
}

std::chrono::seconds readRevalidateAfter(const HostValues& values) {
  constexpr std::int64_t kLongest = 86400;
  return std::chrono::seconds(values.integer("cache.revalidate_s", 0, kLongest));
}

std::uint64_t bytes(const HostValues& values, const std::string& key, std::int64_t least) {
  return static_cast<std::uint64_t>(
      values.integer(key, least, std::numeric_limits<std::int64_t>::max()));
}

media::ResumableUploadSettings readResumableUploads(const HostValues& values) {
  // Providers promise to keep unfinished uploads for a week.
  constexpr std::int64_t kLongest = 7 * 86400;
  constexpr std::int64_t kMostUnfinished = 1000000;
  return {
      .expireAfter = std::chrono::seconds(values.integer("uploads.expire_after_s", 60, kLongest)),
      .spoolDirectory = values.text("uploads.spool_directory"),
      .spoolMaxBytes = bytes(values, "uploads.spool_max_bytes", 0),
      .perOwner = {.uploads = static_cast<std::size_t>(
                       values.integer("uploads.max_unfinished", 1, kMostUnfinished)),
                   .bytes = bytes(values, "uploads.max_unfinished_bytes", 1)}};
}

cache::BlobCacheSettings readCache(const HostValues& values) {
  return {.directory = values.text("cache.directory"),
          .maxBytes = bytes(values, "cache.max_bytes", 0)};
}

LogSettings readLog(const HostValues& values) {
  return {
      .level = values.choice<LogLevel>("log.level", {{"debug", LogLevel::Debug},
                                                     {"error", LogLevel::Error},
                                                     {"information", LogLevel::Information},
                                                     {"warning", LogLevel::Warning}}),
      .format = values.choice<http::LogFormat>(
          "log.format", {{"json", http::LogFormat::Json}, {"text", http::LogFormat::Text}}),
  };
}

media::DeniedTypes readDeniedTypes(const HostValues& values) {
  const std::string key = "uploads.denied_types";
  try {
    return media::DeniedTypes(values.text(key));
  } catch (const StorageError& error) {
    values.refuse(key, "setting '" + key + "': " + error.what());
  }
}

void refuseOpenHouse(const HostValues& values, http::AuthMode mode) {
  const std::string address = values.text("http.address");
  if (mode == http::AuthMode::None && !http::isLoopback(address) &&
      !values.flag("auth.allow_anonymous")) {
    values.refuse("http.address",
                  "http.address '" + address +
                      "' can be reached from outside while auth.mode is none; serve on a loopback "
                      "address, or set auth.allow_anonymous=true where something before the host "
                      "knows its callers");
  }
}

}  // namespace

Config readConfig(const ConfigLayers& layers) {
  const std::array<std::string, 1> sections = {"storage."};
  refuseUnknown(layers, hostKeys(), sections);

  const HostValues values(layers);
  Config config;
  config.http = readHttp(values);
  config.http.staticRoot = readStaticRoot(values);
  config.http.admission = readAdmission(values);
  config.http.access = readAccess(values);
  refuseOpenHouse(values, config.http.access.mode);
  config.log = readLog(values);
  config.resumableUploads = readResumableUploads(values);
  config.cache = readCache(values);
  config.revalidateAfter = readRevalidateAfter(values);
  config.http.accessLogFormat = config.log.format;
  config.http.auditFile = values.text("audit.file");
  config.providerName = values.text("storage.provider");
  config.pluginPath = storage::parsePluginPath(values.text("storage.plugin_path"));
  if (config.pluginPath.empty()) {
    config.pluginPath = defaultPluginPath();
  }
  config.recordsUrl = values.text("records.url");
  config.recordsPassword = values.text("records.password");
  config.deniedTypes = readDeniedTypes(values);
  config.accessSecrets = accessSecrets(values);
  return config;
}

Settings readProviderSection(const ConfigLayers& layers, const std::string& name,
                             std::span<const SettingSpec> specs,
                             std::span<const std::string> others) {
  const std::string prefix = "storage." + name + ".";
  std::vector<std::string> names;
  names.reserve(specs.size());
  for (const SettingSpec& spec : specs) {
    names.push_back(prefix + spec.key);
  }
  std::vector<ConfigKey> keys;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    keys.push_back({names[i].c_str(), specs[i].defaultValue, specs[i].help, specs[i].isSecret});
  }

  Settings::Values section;
  for (const auto& [key, value] : resolve(layers, keys)) {
    section.emplace(key.substr(prefix.size()), value.text);
  }

  std::vector<std::string> foreign;
  for (const std::string& other : others) {
    if (other != name) {
      foreign.push_back("storage." + other + ".");
    }
  }
  keys.insert(keys.end(), hostKeys().begin(), hostKeys().end());
  refuseUnknown(layers, keys, foreign);
  return Settings(std::move(section));
}

Redactor redactorFor(const Config& config, const Settings& section,
                     std::span<const SettingSpec> specs) {
  Redactor redactor;
  redactor.addSecret(config.recordsPassword);
  redactor.addUrlPassword(config.recordsUrl);
  for (const std::string& secret : config.accessSecrets) {
    redactor.addSecret(secret);
  }
  for (const SettingSpec& secret : specs) {
    const std::string value = section.text(secret.key);
    if (!secret.isSecret || value.empty()) {
      continue;
    }
    redactor.addSecret(value);
    for (const auto& [key, user] : section.values()) {
      redactor.addCredentials(user, value);
    }
  }
  for (const auto& [key, value] : section.values()) {
    redactor.addUrlPassword(value);
  }
  return redactor;
}

}  // namespace mediadock::app
