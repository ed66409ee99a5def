// The HTTP routes on a real engine and store in one process: bodies, queries, cookies and headers
// as they come. Input: the route, what the caller is, then the body or the query.
#include <cstdlib>
#include <filesystem>
#include <future>
#include <memory>
#include <set>

#include <nlohmann/json.hpp>
#include <sodium.h>

#include "assets/embedded.h"
#include "backend/admin/park_process.h"
#include "backend/http/guards.h"
#include "backend/http/routes.h"
#include "backend/log/log.h"
#include "core/domains/codec.h"
#include "core/people/save_enterprise.h"
#include "core/people/save_user.h"
#include "tests/fuzz/fuzz.h"

namespace yuanyue::fuzz {
namespace {

const UserId member_id({7, 7});
const UserId administrator_id({9, 9});

// Everything a serving process has, but the sockets.
class World {
 public:
  World() : clock_(ServerClock::stopped_at(parse_instant("2026-11-23T09:00:00+08:00").value())) {
    require(sodium_init() >= 0, "the cryptographic library works");
    set_log_level(LogLevel::off);
    std::string pattern = (std::filesystem::temp_directory_path() / "yuanyue-fuzz-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    DataFolder folder(folder_);
    auto process = ParkProcess::open(std::move(*DataLock::take(folder)), folder, clock_, {});
    require(process.has_value(), "the process opens");
    process_ = std::move(*process);
    fill();
    services_ = std::make_unique<AppServices>(AppServices{
        process_->store(), process_->engine(), clock_, process_->directory(), process_->hub(),
        process_->sessions(), process_->accounts(), options_, stopping_});
    routes_ = all_routes(*services_);
  }
  ~World() {
    process_.reset();
    std::error_code error;
    std::filesystem::remove_all(folder_, error);
  }

  void call(std::uint8_t choice, std::uint8_t caller, std::string_view text) {
    const Route& route = routes_[choice % routes_.size()];
    httplib::Request request;
    request.method = name_of(route.method);
    request.path = route.path;
    if (route.method == Method::get)
      httplib::detail::parse_query_text(std::string(text), request.params);
    else
      request.body = text;
    request.set_header("Content-Type", "application/json");
    if (route.method != Method::get && check_body(request, route.max_body_bytes)) return;
    Call call{request, "192.0.2.1", {}, {}};
    if (route.access != Access::anyone) {
      call.user = *process_->directory().user(caller % 2 == 0 ? member_id : administrator_id);
      call.session.user = call.user.id;
    }
    check(route, answered(route.handle(call)));
  }

 private:
  // What comes later is waited for.
  static Reply answered(Reply reply) {
    if (!reply.later) return reply;
    auto promise = std::make_shared<std::promise<std::shared_ptr<const RequestOutcome>>>();
    auto outcome = promise->get_future();
    reply.later(
        [promise](std::shared_ptr<const RequestOutcome> came) { promise->set_value(came); });
    return static_cast<const ReplyOutcome&>(*outcome.get()).reply();
  }

  void fill() {
    std::string catalog(embedded_asset("catalog/lingang.json"));
    catalog.insert(catalog.rfind('}'), ",\"type\":\"save_catalog\"");
    ConsoleTask task;
    task.commands.push_back(*wire::decode_command(catalog));
    Enterprise enterprise;
    enterprise.id = EnterpriseId({1, 1});
    enterprise.name = "某企业";
    enterprise.credit_code = "91310115MA1KQDMQ34";
    task.commands.emplace_back(SaveEnterprise{enterprise});
    task.commands.emplace_back(SaveUser{
        {.id = member_id, .enterprise = enterprise.id, .name = "someone", .display_name = "某人"}});
    task.commands.emplace_back(SaveUser{{.id = administrator_id,
                                         .role = Role::administrator,
                                         .name = "boss",
                                         .display_name = "主任"}});
    require(run_console(process_->engine(), std::move(task)).has_value(), "the park is set up");
  }

  // A body is JSON, a refusal has a code that the route has named, and nothing is a fault of ours.
  static void check(const Route& route, const Reply& reply) {
    const auto body = nlohmann::json::parse(reply.body, nullptr, false);
    require(body.is_object(), "every answer is a JSON object");
    require(reply.status < 500 || reply.status == 503, "no input is an internal error");
    if (reply.status == 200) return;
    require(body.contains("code") && body["code"].is_string(), "a refusal has a code");
    if (body["code"] == "dev_clock_disabled") return;
    const bool is_named = std::ranges::any_of(route.errors, [&](wire::ErrorCode code) {
      return wire::to_string(code) == body["code"].get<std::string>() &&
             wire::http_status(code) == reply.status;
    });
    require(is_named, "a refusal is one of those that the route names");
  }

  std::string folder_;
  ServerClock clock_;
  std::unique_ptr<ParkProcess> process_;
  HttpOptions options_{.quotas = no_quotas};  // or most trials would end at them
  std::atomic<bool> stopping_ = false;
  std::unique_ptr<AppServices> services_;
  std::vector<Route> routes_;
};

// What stands before every route: origin, body, cookies. Lines "name: value", a blank one, the
// body.
void try_headers(std::string_view text) {
  httplib::Request request;
  request.method = "POST";
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string line(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty()) break;
    const auto colon = line.find(": ");
    if (colon == std::string::npos) continue;
    request.headers.emplace(line.substr(0, colon), line.substr(colon + 2));
  }
  request.body = text;
  for (const auto& refusal : {check_origin(request), check_body(request, 1'024)}) {
    require(!refusal || (refusal->status >= 400 && refusal->status < 500), "a guard refuses");
  }
  const std::string header = request.get_header_value("Cookie");
  const std::string cookie = cookie_value(request, "yuanyue_session");
  require(cookie.empty() || header.find("yuanyue_session=" + cookie) != std::string::npos,
          "a cookie's value stands in the header");
}

}  // namespace
}  // namespace yuanyue::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace yuanyue::fuzz;
  if (size < 2) return 0;
  static World world;
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  if (data[1] == 'h')
    try_headers(text);
  else
    world.call(data[0], data[1], text);
  return 0;
}
