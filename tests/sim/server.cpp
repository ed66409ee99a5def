#include "tests/sim/server.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <utility>

#include "backend/auth/accounts.h"
#include "backend/http/routes.h"
#include "backend/store/sqlite_stores.h"
#include "core/people/grants.h"
#include "core/protocol/protocol.h"
#include "tests/backend/support/failing_memory.h"

namespace yuanyue::sim {

namespace {

// Passwords are no part of the simulation, and costly.
PasswordHasher& hasher() {
  static PasswordHasher instance;
  return instance;
}

QuotaLimits quarter_of_quotas() {
  QuotaLimits limits;
  for (Allowance* each : {&limits.user, &limits.user_day}) {
    each->at_once /= 4;
    each->interval_ms *= 4;
  }
  return limits;
}

}  // namespace

struct Server::Process {
  Process(Stores opened, Instant now, const EngineOptions& engine_options)
      : stores(std::move(opened)),
        clock(ServerClock::stopped_at(now)),
        engine(*stores.store, clock, directory, hub, engine_options),
        sessions(*stores.auth, {}),
        guard(*stores.auth, {}),
        accounts(*stores.auth, directory, sessions, guard, devices, hasher()),
        routes(sync_routes(
            {*stores.store, engine, clock, directory, hub, sessions, accounts, http, stopping})),
        history(history_routes(
            {*stores.store, engine, clock, directory, hub, sessions, accounts, http, stopping})) {
    http.quotas = no_quotas;
  }

  Stores stores;
  ServerClock clock;
  Directory directory;
  ChangeHub hub;
  EngineLoop engine;
  Sessions sessions;
  SignInGuard guard;
  KnownDevices devices;
  Accounts accounts;
  HttpOptions http;
  std::atomic<bool> stopping = false;
  std::vector<Route> routes;
  std::vector<Route> history;
  Quotas quotas{quarter_of_quotas()};
};

namespace {

sync::TransportAnswer transported(const Reply& reply) {
  sync::TransportAnswer answer{reply.status, reply.body, 0};
  for (const auto& [name, value] : reply.headers) {
    if (name == "Retry-After") answer.retry_after_ms = std::stoll(value) * 1'000;
  }
  return answer;
}

// By its text, whose form is canonical; decoding it would cost more than all the rest.
bool has_news(const std::string& pull_response) {
  for (const char* nothing :
       {"\"deletes\":[]", "\"ledger\":[]", "\"reset\":false", "\"results\":[]", "\"rows\":[]"}) {
    if (pull_response.find(nothing) == std::string::npos) return true;
  }
  return false;
}

std::vector<std::string> audience_names(const User& user) {
  std::vector<std::string> names;
  for (const Audience& audience : audiences_for(user)) names.push_back(to_string(audience));
  return names;
}

}  // namespace

std::optional<std::string> query_value(std::string_view path, std::string_view name) {
  path.remove_prefix(path.find('?') + 1);
  while (!path.empty()) {
    const std::string_view part = path.substr(0, path.find('&'));
    path.remove_prefix(std::min(path.size(), part.size() + 1));
    if (part.starts_with(name) && part.substr(name.size()).starts_with('=')) {
      return std::string(part.substr(name.size() + 1));
    }
  }
  return std::nullopt;
}

Server::Server(Disk& disk, std::uint64_t seed, FaultCounts& counts, EngineOptions options,
               int checkpoint_pages, std::vector<UserId> users, bool short_of_memory)
    : disk_(disk),
      random_(seed),
      counts_(counts),
      options_(std::move(options)),
      checkpoint_pages_(checkpoint_pages),
      users_(std::move(users)),
      short_of_memory_(short_of_memory) {}

Server::~Server() { end(); }

std::optional<std::string> Server::start(Instant machine_now) {
  assert(process_ == nullptr);
  machine_now_ = machine_now;
  auto stores = open_sqlite_stores(
      {.path = store_name, .fail_at = {}, .vfs = vfs_name, .checkpoint_pages = checkpoint_pages_});
  if (!stores) return stores.error().message;
  process_ = std::make_unique<Process>(*std::move(stores), machine_now, options_);
  if (auto loaded = process_->engine.load(); !loaded) {
    end();
    return loaded.error();
  }
  return std::nullopt;
}

void Server::end() {
  pushes_.clear();
  pulls_.clear();
  waiting_.clear();
  console_.reset();
  process_.reset();
}

void Server::set_time(Instant now) {
  machine_now_ = now;
  if (process_) process_->clock.advance_to(now);
}

Store& Server::store() { return *process_->stores.store; }

void Server::look(const std::function<void(const State&)>& look) {
  using namespace std::chrono_literals;
  auto done = process_->engine.inspect(look);
  if (!done) return;
  // It may have to wait for due work of several commits.
  while (done->wait_for(0s) != std::future_status::ready) process_->engine.step();
}

std::map<UserId, User> Server::users() const {
  std::map<UserId, User> users;
  for (const UserId& id : users_) {
    if (auto user = process_->directory.user(id)) users.emplace(id, *std::move(user));
  }
  return users;
}

Instant Server::now() { return process_->clock.now(); }

void Server::receive(Request request) {
  assert(process_ != nullptr);
  const auto user = process_->directory.user(request.user);
  Pull pull;
  pull.request = std::move(request);
  if (user) pull.user = *user;
  pulls_.push_back(std::move(pull));
}

void Server::run(ConsoleTask task) {
  console_reply_.reset();
  console_ = process_->engine.run(std::move(task));
}

bool Server::has_work() const {
  return process_ && (!pulls_.empty() || process_->engine.waiting_tasks() > 0);
}

Instant Server::next_step_at() const {
  Instant at = process_->engine.next_step_at();
  for (const Pull& pull : waiting_) at = std::min(at, pull.until);
  return at;
}

void Server::step_engine() {
  if (!short_of_memory_ || !random_.one_in(8)) return process_->engine.step();
  const FailingMemory memory(1 + static_cast<long>(random_.below(random_.one_in(2) ? 100 : 3'000)));
  try {
    process_->engine.step();
  } catch (const std::exception&) {
    return counts_.add(Fault::no_memory);  // as the writer thread does: the next step goes on
  }
  if (memory.has_failed()) counts_.add(Fault::no_memory);
}

// What there was no memory to say ends its connection without an answer.
void Server::answer_what_is_decided(std::vector<Answer>& answers) {
  using namespace std::chrono_literals;
  for (PushUnderWay& push : std::exchange(pushes_, {})) {
    if (push.reply.wait_for(0s) != std::future_status::ready) {
      pushes_.push_back(std::move(push));
      continue;
    }
    try {
      answers.push_back({std::move(push.request), transported(push_reply(push.reply.get()))});
    } catch (const std::future_error&) {
      counts_.add(Fault::answer_lost);
    }
  }
  if (!console_ || console_->wait_for(0s) != std::future_status::ready) return;
  try {
    console_reply_ = console_->get();
  } catch (const std::future_error&) {
    console_reply_ = ConsoleReply{.unavailable = true};
  }
  console_.reset();
}

std::vector<Answer> Server::step() {
  std::vector<Answer> answers;
  std::vector<Pull> pulls;
  for (Pull& each : std::exchange(pulls_, {})) {
    Request& request = each.request;
    if (!request.has_session || !each.user.id || each.user.disabled) {
      answers.push_back(
          {std::move(request), transported(error_reply(wire::ErrorCode::unauthenticated))});
      continue;
    }
    if (request.kind == Request::Kind::pull) {
      pulls.push_back(std::move(each));
      continue;
    }
    httplib::Request http;
    http.body = request.body;
    auto task = read_push({http, {}, {}, each.user});
    if (!task) {
      answers.push_back({std::move(request), transported(task.error())});
      continue;
    }
    const auto commands = static_cast<std::int64_t>(task->request.commands.size());
    near_quota_ |=
        process_->quotas.take(to_string(each.user.id), {}, commands, process_->clock.now().ms) > 0;
    auto reply = process_->engine.push(std::move(*task));
    if (!reply) {
      counts_.add(Fault::engine_overloaded);
      answers.push_back({std::move(request), transported(push_reply(std::nullopt))});
      continue;
    }
    pushes_.push_back({std::move(request), std::move(*reply)});
  }
  // Reading threads run beside the writer: before it or after, with the user they came with.
  std::vector<Pull> later;
  for (Pull& pull : pulls) {
    if (random_.one_in(2)) {
      later.push_back(std::move(pull));
    } else {
      take_pull(std::move(pull), answers);
    }
  }
  const bool was_healthy = process_->engine.healthy();
  while (process_->engine.waiting_tasks() > 0 ||
         process_->engine.next_step_at() <= process_->clock.now()) {
    step_engine();
    const bool is_more_due = process_->engine.next_step_at() <= process_->clock.now();
    if (is_more_due && process_->engine.healthy()) counts_.add(Fault::due_in_pieces);
    if (disk_.crashed() || !process_->engine.healthy()) break;
  }
  if (!process_->engine.healthy() && was_healthy) counts_.add(Fault::commit_failed);
  if (disk_.crashed()) return {};
  answer_what_is_decided(answers);
  for (Pull& pull : later) take_pull(std::move(pull), answers);
  look_at_waiting(answers);
  return answers;
}

sync::TransportAnswer Server::ask_pull(const Pull& pull) const {
  httplib::Request http;
  for (const char* name : {"client", "cookie", "protocol"}) {
    if (auto value = query_value(pull.request.path, name)) {
      http.params.emplace(name, *std::move(value));
    }
  }
  for (const Route& route : process_->routes) {
    if (route.method != Method::get) continue;
    try {
      return transported(route.handle({http, {}, {}, pull.user}));
    } catch (const std::exception&) {  // as the web server does
      return transported(error_reply(wire::ErrorCode::internal));
    }
  }
  return transported(error_reply(wire::ErrorCode::not_found));
}

sync::TransportAnswer Server::history(const User& user,
                                      const std::map<std::string, std::string>& query) const {
  httplib::Request http;
  for (const auto& [name, value] : query) http.params.emplace(name, value);
  return transported(process_->history.front().handle({http, {}, {}, user}));
}

void Server::take_pull(Pull pull, std::vector<Answer>& answers) {
  sync::TransportAnswer reply = ask_pull(pull);
  const auto wait = query_value(pull.request.path, "wait_ms");
  const std::int64_t wait_ms = wait ? std::stoll(*wait) : 0;
  if (reply.status == 200 && wait_ms > 0) {
    if (!has_news(reply.body)) {
      const auto response = wire::decode_pull_response(reply.body);
      pull.until = process_->clock.now() + wait_ms;
      pull.revision = static_cast<std::int64_t>(wire::parse_cookie(response->cookie)->revision);
      pull.first = std::move(reply);
      waiting_.push_back(std::move(pull));
      return;
    }
  }
  answers.push_back({std::move(pull.request), std::move(reply)});
}

void Server::look_at_waiting(std::vector<Answer>& answers) {
  for (Pull& pull : std::exchange(waiting_, {})) {
    if (process_->hub.has_changed(audience_names(pull.user), pull.revision)) {
      const auto user = process_->directory.user(pull.user.id);
      if (!user || user->disabled) {
        answers.push_back(
            {std::move(pull.request), transported(error_reply(wire::ErrorCode::unauthenticated))});
        continue;
      }
      pull.user = *user;
      sync::TransportAnswer reply = ask_pull(pull);
      answers.push_back({std::move(pull.request), std::move(reply)});
    } else if (pull.until <= process_->clock.now()) {
      answers.push_back({std::move(pull.request), std::move(pull.first)});
    } else {
      waiting_.push_back(std::move(pull));
    }
  }
}

}  // namespace yuanyue::sim
