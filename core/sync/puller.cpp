#include "core/sync/puller.h"

#include <algorithm>
#include <utility>

namespace yuanyue::sync {

void Puller::load(const std::string& cookie) {
  cookie_ = cookie;
  has_replica_ = !cookie.empty();
}

void Puller::forget_rows() {
  cookie_.clear();
  has_replica_ = false;
}

void Puller::clear() {
  forget_rows();
  last_synced_at_.reset();
}

void Puller::start_session() {
  pulled_ = false;
  backoff_.succeeded();
}

// --- pulling -----------------------------------------------------------------------------------

bool Puller::waits_for_rows() const {
  return request_.is_held && std::ranges::any_of(replica_.pending(), [](const auto& pending) {
           return pending.result.has_value();
         });
}

void Puller::expect_rows(Instant now) { rows_wanted_at_ = now + link_.settings.rows_wait_ms; }

void Puller::give_up_waiting(Instant now) {
  if (!waits_for_rows() || rows_wanted_at_ > now) return;
  abort();
  do_not_wait();
}

void Puller::ask_now(Instant now) {
  if (request_.is_held) abort();
  do_not_wait();
  backoff_.pause_until(now);
}

void Puller::start(const ClientId& client, Instant now) {
  backoff_.mind_clock(now);
  if (request_.ticket != 0 || !backoff_.is_over(now)) return;
  wire::PullRequest request;
  request.client = client;
  request.cookie = cookie_;
  // The first answer is wanted at once, and after a failure the proof that all is well again.
  request.wait_ms = pulled_ && backoff_.failures() == 0 ? link_.settings.pull_wait_ms : 0;
  request_ = {++link_.last_ticket, now, request.wait_ms > 0};
  expect_rows(now);
  replica_.pull_started();
  link_.transport.start_pull(request_.ticket,
                             std::string(wire::pull_path) + '?' + wire::pull_query(request),
                             request.wait_ms + link_.settings.pull_timeout_ms);
}

Instant Puller::next_wake() const {
  if (request_.ticket == 0) return backoff_.retry_at();
  return waits_for_rows() ? rows_wanted_at_ : never;
}

void Puller::abort() {
  if (request_.ticket != 0) link_.transport.abort(request_.ticket);
  request_ = {};
}

void Puller::back_off(std::int64_t retry_after_ms, Instant now) {
  backoff_.failed(link_.settings, retry_after_ms, link_.ids.next().low, now);
}

// --- answers -----------------------------------------------------------------------------------

PullAnswer Puller::take_answer(const TransportAnswer& answer, Instant now) {
  const Request request = std::exchange(request_, {});
  if (!is_success(answer)) return refused(answer, now);
  auto response = wire::decode_pull_response(answer.body);
  if (!response) {
    back_off(answer.retry_after_ms, now);
    return {};
  }
  if (request.is_held) {
    clock_.note_held_answer(response->server_now, now);
  } else {
    clock_.note_answer(response->server_now, request.sent_at, now);
  }
  backoff_.succeeded();
  const bool has_news = response->reset || response->cookie != cookie_;
  // A server that does not wait is asked now and then.
  if (request.is_held && !has_news && now - request.sent_at < link_.settings.poll_ms) {
    backoff_.pause_until(request.sent_at + link_.settings.poll_ms);
  }
  pulled_ = true;
  last_synced_at_ = now;
  // Without news it may still cover what is on its way.
  if (!has_news && replica_.pending().empty()) return {};
  cookie_ = response->cookie;
  has_replica_ = true;
  return {.kind = PullAnswer::Kind::news, .response = *std::move(response)};
}

PullAnswer Puller::refused(const TransportAnswer& answer, Instant now) {
  const Demand demand = refused_request(answer).demand;
  switch (demand) {
    case Demand::sign_in:
    case Demand::right_user:
    case Demand::new_password:
    case Demand::newer_page:
      return {.kind = PullAnswer::Kind::stopped, .demand = demand};
    case Demand::new_client:
      return {.kind = PullAnswer::Kind::renew};
    case Demand::mending:
      cookie_.clear();  // all that a pull could have wrong
      break;
    case Demand::slowing_down:
    case Demand::patience:
      break;
  }
  back_off(answer.retry_after_ms, now);
  return {};
}

}  // namespace yuanyue::sync
