#include "http/admission/admission.h"

#include "http/admission/cross_site.h"

namespace mediadock::http {

Admission::Admission(const AdmissionSettings& settings)
    : proxies_(settings.trustedProxies),
      publicPath_(settings.publicPath),
      limiter_(settings.requestLimit),
      hosts_(settings.allowedHosts),
      cors_(settings.allowedOrigins) {}

Client Admission::clientOf(Client peer, const Headers& headers) const {
  peer.publicPath = publicPath_;
  return proxies_.clientOf(peer, headers);
}

bool Admission::admit(const RequestHead& head, const Client& client, Response& response) {
  cors_.describe(head.headers, response);
  if (limiter_.isOn()) {
    limiter_.requireRoom(limiterKeyOf(client));
  }
  hosts_.require(head.headers);
  requireOwnSite(head, client, cors_);
  return !cors_.answerPreflight(head, response);
}

void Admission::count(const Request& request) {
  if (!limiter_.isOn()) {
    return;
  }
  limiter_.take(limiterKeyOf(request.caller(), request.client()));
}

}  // namespace mediadock::http
