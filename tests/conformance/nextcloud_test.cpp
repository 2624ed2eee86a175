// The nextcloud plugin against a scripted Nextcloud, Apache and nginx.

#include "conformance/provider_conformance.h"
#include "support/apache_dav.h"
#include "support/free_port.h"
#include "support/nginx_dav.h"
#include "support/scripted_nextcloud/scripted_nextcloud.h"

namespace mediadock {
namespace {

template <typename Server>
Server& running() {
  static Server server;
  return server;
}

template <typename Server>
Settings settingsOf(const std::string& storage) {
  auto& server = running<Server>();
  return Settings({{"url", server.url()},
                   {"username", server.username()},
                   {"password", server.password()},
                   {"base_path", "Base Path/" + storage}});
}

template <typename Server>
std::vector<BrokenSetUp> brokenSetUps() {
  return {
      {.what = "a host that does not listen",
       .changes = {{"url", "http://127.0.0.1:" + std::to_string(findFreePort())}, {"retries", "0"}},
       .code = StorageErrc::Connection},
      {.what = "a root that is not there",
       .changes = {{"url", running<Server>().url() + "/no/such/root"}},
       .code = StorageErrc::NotFound},
      {.what = "a wrong password",
       .changes = {{"password", "wrong"}},
       .code = StorageErrc::Unauthenticated}};
}

template <typename Server>
ProviderUnderTest nextcloudOn(const std::string& name) {
  return {.name = name,
          .plugin = MEDIADOCK_PLUGIN_FILE,
          .settings = settingsOf<Server>,
          .brokenSetUps = brokenSetUps<Server>};
}

INSTANTIATE_TEST_SUITE_P(Nextcloud, ProviderConformance,
                         testing::Values(nextcloudOn<ScriptedNextcloud>("Scripted"),
                                         nextcloudOn<ApacheDav>("Apache"),
                                         nextcloudOn<NginxDav>("Nginx")),
                         nameOfProviderUnderTest);

}  // namespace
}  // namespace mediadock
