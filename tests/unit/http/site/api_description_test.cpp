/// \file
/// docs/openapi.json beside the routes that there are.

#include "http/access/url_signer.h"
#include "http/exchange/drain.h"
#include "http/listings/cursor.h"
#include "http/logs/audit_log.h"
#include "http/server/routes.h"
#include "http/site/static_site.h"
#include "media/readiness.h"
#include "mediadock/version.h"
#include "unit/http/endpoints_fixture.h"

#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <gmock/gmock.h>

#include <filesystem>
#include <set>
#include <string>

namespace mediadock::http {
namespace {

using testing::HasSubstr;

const std::string kBase = "/api/crm/storage";
const std::string kAlias = "/api/crm/nextcloud";

Poco::JSON::Object::Ptr description() {
  Poco::JSON::Parser parser;
  return parser.parse(std::string(apiDescription())).extract<Poco::JSON::Object::Ptr>();
}

/// `GET /healthz` and so on.
using Operations = std::set<std::string>;

Operations describedOperations() {
  Operations operations;
  const auto paths = description()->getObject("paths");
  for (const auto& path : paths->getNames()) {
    for (const auto& member : paths->getObject(path)->getNames()) {
      if (member != "parameters") {
        operations.insert(Poco::toUpper(member) + " " + path);
      }
    }
  }
  return operations;
}

class ApiDescription : public testing::Test {
 protected:
  /// Of the routes whose path begins with `base`, with `/api/crm/storage` in its place.
  Operations operationsBelow(const std::string& base) const {
    Operations operations;
    for (const Route& route : routes) {
      if (route.pattern.starts_with(base)) {
        operations.insert(std::string(route.method) + " " + kBase +
                          route.pattern.substr(base.size()));
      }
    }
    return operations;
  }

  Operations operations() const {
    Operations all;
    for (const Route& route : routes) {
      if (!route.pattern.starts_with(kAlias)) {
        all.insert(std::string(route.method) + " " + route.pattern);
      }
    }
    return all;
  }

  media::MediaWorld world;
  AuditLog audit{""};
  CursorSigner cursors;
  UrlSigner signer{{}};
  media::Readiness readiness{[](const CallContext&) {}};
  Drain drain;
  std::filesystem::path noPage;
  std::vector<Route> routes =
      makeRoutes({*world.service, audit, cursors, signer, readiness, drain, 1, noPage});
};

TEST_F(ApiDescription, HasEveryRouteAndNoOther) {
  // Every GET answers HEAD. Here alone that is said apart, for the file's size.
  auto described = describedOperations();
  EXPECT_EQ(described.erase("HEAD " + kBase + "/file"), 1U);

  EXPECT_EQ(described, operations());
}

TEST_F(ApiDescription, TellsTheTruthAboutWhatConsolesCall) {
  EXPECT_GT(operationsBelow(kAlias).size(), 10U);
  EXPECT_EQ(operationsBelow(kAlias), operationsBelow(kBase));
  EXPECT_THAT(description()->getObject("info")->getValue<std::string>("description"),
              HasSubstr("under `" + kAlias + "/`"));
}

TEST_F(ApiDescription, AsksForCredentialsWhereTheRouteDoes) {
  const auto paths = description()->getObject("paths");
  for (const Route& route : routes) {
    if (route.pattern.starts_with(kAlias)) {
      continue;
    }
    const auto security = paths->getObject(route.pattern)
                              ->getObject(Poco::toLower(std::string(route.method)))
                              ->getArray("security");
    const auto first = security->getObject(0);
    const auto scope = route.access.requiredScope();
    EXPECT_EQ(first->size() > 0, scope.has_value()) << route.method << ' ' << route.pattern;
    if (scope && first->size() > 0) {
      EXPECT_EQ(first->getArray("token")->getElement<std::string>(0), toString(*scope))
          << route.method << ' ' << route.pattern;
    }
  }
}

TEST_F(ApiDescription, IsOfThisVersion) {
  EXPECT_EQ(description()->getObject("info")->getValue<std::string>("version"), MEDIADOCK_VERSION);
}

TEST_F(Endpoints, HandOutTheirDescription) {
  const auto answer = get("/openapi.json");

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Content-Type"), "application/json");
  EXPECT_EQ(answer.body, apiDescription());
  EXPECT_EQ(get("/openapi.json", "If-None-Match: " + answer.header("ETag") + "\r\n").status, 304);
}

}  // namespace
}  // namespace mediadock::http
