// What the routes work with. Referents outlive the server.
#pragma once

#include <atomic>

#include "backend/auth/accounts.h"
#include "backend/auth/sessions.h"
#include "backend/engine_loop/change_hub.h"
#include "backend/engine_loop/directory.h"
#include "backend/engine_loop/engine_loop.h"
#include "backend/engine_loop/server_clock.h"
#include "backend/http/public_url.h"
#include "backend/http/quotas.h"
#include "backend/store/store.h"

namespace yuanyue {

struct HttpOptions {
  std::string host = "127.0.0.1";
  int port = 8080;  // 0: any free one
  std::string web_folder;
  std::size_t workers = 4;  // threads that run requests; connections need none
  std::size_t max_waiting_requests = 1'024;
  std::size_t max_connections = 16'384;
  std::size_t max_connections_per_address = 0;  // 0: a quarter of all
  std::size_t max_long_polls = 10'000;
  std::size_t max_long_polls_per_user = 32;
  std::size_t max_long_polls_per_address = 0;  // 0: a quarter of all
  bool secure_cookies = false;                 // behind TLS; also tells browsers to stay with it
  std::optional<PublicUrl> public_url;         // the only Host that is answered
  std::vector<std::string> security_contacts;  // for security.txt; none: there is no such file
  bool trusted_proxy = false;                  // believe X-Forwarded-For
  QuotaLimits quotas{};
  bool bench_routes = false;
};

struct AppServices {
  Store& store;
  EngineLoop& engine;
  ServerClock& clock;
  Directory& directory;
  ChangeHub& hub;
  Sessions& sessions;
  Accounts& accounts;
  const HttpOptions& options;
  std::atomic<bool>& stopping;
};

std::string_view session_cookie_name(const HttpOptions& options);

}  // namespace yuanyue
