// /.well-known/security.txt (RFC 9116): where to tell what could harm the park.
#include "backend/http/routes.h"

namespace yuanyue {

namespace {

constexpr const char* security_txt_type = "text/plain; charset=utf-8";
constexpr std::int64_t valid_days = 180;  // RFC 9116 recommends less than a year

std::string security_txt(const HttpOptions& options, Instant now) {
  std::string text;
  for (const std::string& contact : options.security_contacts) text += "Contact: " + contact + '\n';
  const Date last_day = date_of(now + valid_days * ms_per_day);
  text += "Expires: " + to_string(to_instant(last_day, TimeOfDay{0})) + '\n';
  text += "Preferred-Languages: zh, en\n";
  if (options.public_url) {
    text += "Canonical: " + options.public_url->origin + std::string(security_txt_path) + '\n';
  }
  return text;
}

}  // namespace

std::vector<Route> security_routes(AppServices services) {
  if (services.options.security_contacts.empty()) return {};
  return {{.method = Method::get,
           .path = std::string(security_txt_path),
           .summary = "Where to report a vulnerability (RFC 9116)",
           .response_type = security_txt_type,
           .handle = [services](const Call&) {
             Reply reply;
             reply.body = security_txt(services.options, services.clock.now());
             reply.content_type = security_txt_type;
             return reply;
           }}};
}

}  // namespace yuanyue
