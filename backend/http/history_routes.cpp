// Finished work on demand. Read from the store in one snapshot with the user's rights; State and
// the engine know nothing of it.
#include <chrono>
#include <memory>

#include "backend/http/audience_names.h"
#include "backend/http/quotas.h"
#include "backend/http/routes.h"
#include "core/appointments/booking.h"
#include "core/appointments/waitlist_entry.h"
#include "core/domains/codec.h"
#include "core/domains/history.h"
#include "core/protocol/history.h"

namespace yuanyue {

namespace {

using wire::ErrorCode;

constexpr std::int64_t busy_retry_ms = 1'000;

std::int64_t steady_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

Reply unavailable() {
  return error_reply(ErrorCode::unavailable, "The server is busy; try again.", {}, busy_retry_ms);
}

HistoryAsker asker_of(const Call& call) {
  return {wire::encode(AnyKey(call.user.id)), audience_names};
}

Reply page_reply(const AppServices& services, const Call& call, const wire::HistoryQuery& query) {
  HistoryRequest request;
  request.asker = asker_of(call);
  request.kind = query.kind;
  request.service = query.service.view();
  request.limit = query.limit;
  if (query.from) request.from_ms = to_instant(*query.from, {}).ms;
  if (query.to) request.until_ms = to_instant(*query.to + 1, {}).ms;
  if (const auto before = wire::parse_history_cursor(query.before)) {
    request.before = HistoryPlace{before->finished_ms, before->number};
  }
  const auto page = services.store.reader()->history(request);
  if (!page) return unavailable();
  if (page->audiences.empty()) return error_reply(ErrorCode::unauthenticated);  // disabled by now
  std::optional<std::string> next;
  if (page->next)
    next = to_string(wire::HistoryCursor{page->next->finished_ms, page->next->number});
  return json_reply(wire::history_page_text(services.clock.now(), page->rows, next));
}

Reply timeline_reply(const AppServices& services, const Call& call,
                     const wire::HistoryQuery& query) {
  const AnyKey key = query.booking ? AnyKey(query.booking) : AnyKey(query.entry);
  TimelineRequest request;
  request.asker = asker_of(call);
  request.kind = key.type().name;
  request.key = wire::encode(key);
  request.subject = query.booking ? subject_of(query.booking) : subject_of(query.entry);
  request.sees = entry_is_seen;
  request.before = wire::parse_timeline_cursor(query.before);
  request.limit = query.limit;
  const auto timeline = services.store.reader()->timeline(request);
  if (!timeline) return unavailable();
  if (timeline->audiences.empty()) return error_reply(ErrorCode::unauthenticated);
  // Whether it is another's or nobody's is nobody's business.
  if (!timeline->row) return error_reply(ErrorCode::not_found);
  std::optional<std::string> next;
  if (timeline->next) next = wire::timeline_cursor(*timeline->next);
  return json_reply(
      wire::timeline_page_text(services.clock.now(), *timeline->row, timeline->ledger, next));
}

Reply history(const AppServices& services, Quotas& quotas, const Call& call) {
  const std::int64_t wait_ms =
      quotas.take(to_string(call.user.id), quota_address(call.address), 1, steady_ms());
  if (wait_ms > 0) {
    return error_reply(ErrorCode::too_many_requests,
                       "More pages than one user or one address may ask for.", {}, wait_ms);
  }
  const auto query = wire::decode_history_query([&](const char* name) {
    return call.request.has_param(name) ? std::optional(call.request.get_param_value(name))
                                        : std::nullopt;
  });
  if (!query) return decode_error_reply(query.error());
  return query->kind.empty() ? timeline_reply(services, call, *query)
                             : page_reply(services, call, *query);
}

}  // namespace

std::vector<Route> history_routes(AppServices services) {
  const auto quotas = std::make_shared<Quotas>(services.options.quotas);
  return {{.method = Method::get,
           .path = std::string(wire::history_path),
           .summary = "Finished work that has left the replicas, or the timeline of one booking or "
                      "waitlist entry",
           .access = Access::session,
           .errors = {ErrorCode::malformed, ErrorCode::unauthenticated,
                      ErrorCode::password_change_required, ErrorCode::not_found,
                      ErrorCode::too_many_requests, ErrorCode::unavailable},
           .response_schema = "HistoryResponse",
           .query = {{"kind", "booking, notification, offer or waitlist_entry: a page of them"},
                     {"booking", "UUID: its timeline"},
                     {"entry", "UUID of a waitlist entry: its timeline"},
                     {"before", "`next` of the page before; none: from the latest on"},
                     {"limit", "1 to 100; 50 when it is missing"},
                     {"service", "of a page: only what is about it"},
                     {"from", "of a page: finished on this date or later"},
                     {"to", "of a page: finished on this date or earlier"}},
           .handle = [services, quotas](const Call& call) {
             return history(services, *quotas, call);
           }}};
}

}  // namespace yuanyue
