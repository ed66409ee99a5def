#include "core/sync/history.h"

#include <algorithm>
#include <utility>

#include "core/appointments/booking.h"
#include "core/appointments/waitlist_entry.h"
#include "core/sync/backoff.h"

namespace yuanyue::sync {
namespace {

// A server that says no time is not asked at once again.
constexpr std::int64_t slowed_ms = 2'000;

// The one that matches, new at need: in place of the one that nobody has looked at for longest.
template <class Each, class Matches>
Each& find_or_make(std::vector<std::unique_ptr<Each>>& all, std::size_t most, Matches matches) {
  for (const auto& each : all) {
    if (matches(*each)) return *each;
  }
  if (all.size() >= most) {
    std::ranges::sort(all, {}, [](const auto& each) { return each->seen; });
    const auto idle = std::ranges::find_if(all, [](const auto& each) { return each->ticket == 0; });
    if (idle != all.end()) all.erase(idle);
  }
  return *all.emplace_back(std::make_unique<Each>());
}

RowRef row_of(const std::vector<AnyRow>& rows, const AnyKey& key) {
  for (const AnyRow& row : rows) {
    if (key_of(row.ref()) == key) return row.ref();
  }
  return {};
}

}  // namespace

History::List& History::list_of(const HistoryFilter& filter) {
  List& list = find_or_make(lists_, settings_.lists_max,
                            [&](const List& each) { return each.filter == filter; });
  list.filter = filter;
  list.seen = ++looks_;
  return list;
}

History::Case& History::case_of(const AnyKey& key) {
  Case& one =
      find_or_make(cases_, settings_.cases_max, [&](const Case& each) { return each.key == key; });
  one.key = key;
  one.seen = ++looks_;
  return one;
}

RowRef History::find_row(const AnyKey& key) const {
  if (!key) return {};
  for (const auto& one : cases_) {
    if (one->key == key && one->shown.row) return one->shown.row.ref();
  }
  for (const auto& list : lists_) {
    if (list->filter.kind != &key.type()) continue;
    if (const RowRef row = row_of(list->shown.rows, key)) return row;
  }
  return {};
}

BookingId History::find_booking(std::string_view code) const {
  for (const auto& list : lists_) {
    for (const AnyRow& row : list->shown.rows) {
      const auto* booking = row.get_if<Booking>();
      if (booking != nullptr && booking->code == code) return booking->id;
    }
  }
  return {};
}

template <class Each>
void History::for_all(Each each) {
  for (const auto& list : lists_) each(*list);
  for (const auto& one : cases_) each(*one);
}

// --- asking ------------------------------------------------------------------------------------

bool History::may_ask(const Asked& asked, HistoryProgress& shown, Instant now) {
  const bool waited = shown.trouble == HistoryTrouble::slowed &&
                      (shown.retry_at <= now || shown.retry_at > now + 2 * max_retry_after_ms);
  if (waited) shown.trouble = HistoryTrouble::none;
  return asked.ticket == 0 && shown.trouble == HistoryTrouble::none;
}

void History::send(Asked& asked, HistoryProgress& shown, Part part, wire::HistoryQuery query) {
  asked.part = part;
  if (part == Part::head) {
    asked.head_is_old = false;
  } else {
    query.before = asked.next;
  }
  query.limit = settings_.page_rows;
  asked.ticket = ++last_ticket_;
  shown.loading = true;
  transport_.start_pull(asked.ticket,
                        std::string(wire::history_path) + '?' + wire::history_query(query),
                        settings_.timeout_ms);
}

void History::ask(List& list, Part part) {
  const HistoryFilter& filter = list.filter;
  wire::HistoryQuery query;
  query.kind = filter.kind->name;
  query.service = filter.service;
  query.from = filter.from;
  query.to = filter.to;
  send(list, list.shown, part, std::move(query));
}

void History::ask(Case& one, Part part) {
  wire::HistoryQuery query;
  if (const auto* booking = one.key.get_if<BookingId>()) {
    query.booking = *booking;
  } else {
    const auto* entry = one.key.get_if<WaitlistEntryId>();
    require(entry != nullptr);
    query.entry = *entry;
  }
  send(one, one.shown, part, std::move(query));
}

void History::want(const HistoryFilter& filter, Instant now) {
  List& list = list_of(filter);
  if (list.shown.begun && !list.head_is_old) return;
  if (may_ask(list, list.shown, now)) ask(list, Part::head);
}

void History::want_older(const HistoryFilter& filter, Instant now) {
  List& list = list_of(filter);
  if (!list.shown.begun || list.head_is_old) return want(filter, now);
  if (!list.shown.complete && may_ask(list, list.shown, now)) ask(list, Part::older);
}

void History::want(const AnyKey& key, Instant now) {
  Case& one = case_of(key);
  if (!one.shown.begun && may_ask(one, one.shown, now)) ask(one, Part::head);
}

void History::want_older(const AnyKey& key, Instant now) {
  Case& one = case_of(key);
  if (!one.shown.begun) return want(key, now);
  if (!one.shown.complete && may_ask(one, one.shown, now)) ask(one, Part::older);
}

void History::try_again() {
  for_all([](auto& each) {
    HistoryTrouble& trouble = each.shown.trouble;
    if (trouble == HistoryTrouble::no_answer || trouble == HistoryTrouble::stopped) trouble = {};
  });
}

void History::rows_left() {
  for (const auto& list : lists_) list->head_is_old = true;
  for (const auto& one : cases_) {
    const RowRef row = one->shown.row.ref();
    if (row && row.type().finished(row.get()) != never) continue;  // it changes no more
    one->shown = HistoryCase();
    one->next.clear();
  }
}

void History::clear() {
  for_all([&](auto& each) {
    if (each.ticket != 0) transport_.abort(each.ticket);
  });
  lists_.clear();
  cases_.clear();
}

// --- answers -----------------------------------------------------------------------------------

Demand History::transport_answered(TransportTicket ticket, const TransportAnswer& answer,
                                   Instant now) {
  if (ticket == 0) return Demand::patience;
  for (const auto& list : lists_) {
    if (list->ticket == ticket) return answered(*list, answer, now);
  }
  for (const auto& one : cases_) {
    if (one->ticket == ticket) return answered(*one, answer, now);
  }
  return Demand::patience;  // forgotten meanwhile
}

template <class Each>
Demand History::answered(Each& each, const TransportAnswer& answer, Instant now) {
  each.ticket = 0;
  each.shown.loading = false;
  if constexpr (std::same_as<Each, Case>) {
    if (answer.status == 404) {
      each.shown = HistoryCase();
      each.shown.missing = each.shown.begun = each.shown.complete = true;
      return Demand::patience;
    }
  }
  if (!is_success(answer)) {
    const Demand demand = refused(each.shown, answer, now);
    each.head_is_old |= each.part == Part::head;
    // The place of the page is one that the server does not know any more: from the beginning.
    if (demand == Demand::mending && each.part == Part::older && each.restarts++ == 0) {
      Each anew;
      static_cast<Asked&>(anew) = {.restarts = each.restarts, .seen = each.seen};
      std::swap(each.shown, anew.shown);
      static_cast<Asked&>(each) = static_cast<Asked&>(anew);
    }
    return demand;
  }
  if (!take(each, answer)) {
    each.shown.trouble = HistoryTrouble::unreadable;
    each.head_is_old |= each.part == Part::head;
  }
  return Demand::patience;
}

Demand History::refused(HistoryProgress& shown, const TransportAnswer& answer, Instant now) {
  const Demand demand = refused_request(answer).demand;
  switch (demand) {
    case Demand::sign_in:
    case Demand::right_user:
    case Demand::new_password:
    case Demand::newer_page:
      shown.trouble = HistoryTrouble::stopped;
      break;
    case Demand::slowing_down:
      shown.trouble = HistoryTrouble::slowed;
      shown.retry_at = now + std::clamp(answer.retry_after_ms, slowed_ms, max_retry_after_ms);
      break;
    case Demand::new_client:
    case Demand::mending:
      shown.trouble = HistoryTrouble::unreadable;
      break;
    case Demand::patience:
      shown.trouble = answer.status >= 400 && answer.status < 500 ? HistoryTrouble::unreadable
                                                                  : HistoryTrouble::no_answer;
      break;
  }
  return demand;
}

bool History::take(List& list, const TransportAnswer& answer) {
  auto page = wire::decode_history_page(answer.body);
  if (!page) return false;
  const auto is_other = [&](const AnyRow& row) { return &row.type() != list.filter.kind; };
  if (std::ranges::any_of(page->rows, is_other)) return false;
  const std::string next = page->next.value_or(std::string());
  if (list.part == Part::older && !next.empty() && next == list.next) return false;

  std::vector<AnyRow>& rows = list.shown.rows;
  const std::size_t given = page->rows.size();
  std::erase_if(page->rows,
                [&](const AnyRow& row) { return bool(row_of(rows, key_of(row.ref()))); });
  const auto first = std::make_move_iterator(page->rows.begin());
  const auto last = std::make_move_iterator(page->rows.end());
  const bool is_head = list.part == Part::head && list.shown.begun;
  list.shown.begun = true;
  if (is_head && page->rows.size() < given) {
    rows.insert(rows.begin(), first, last);  // what has joined; the rest is here
    return true;
  }
  if (is_head) rows.clear();  // more has joined than a page holds: what was here is beyond a gap
  rows.insert(rows.end(), first, last);
  list.next = next;
  list.shown.complete = next.empty();
  return true;
}

bool History::take(Case& one, const TransportAnswer& answer) {
  auto page = wire::decode_timeline_page(answer.body);
  if (!page || key_of(page->row.ref()) != one.key) return false;
  const std::string next = page->next.value_or(std::string());
  if (one.part == Part::older && !next.empty() && next == one.next) return false;
  std::ranges::reverse(page->ledger);
  one.shown.ledger = joined_timeline(page->ledger, one.shown.ledger);
  one.shown.row = std::move(page->row);
  one.shown.begun = true;
  one.next = next;
  one.shown.complete = next.empty();
  return true;
}

std::vector<LedgerEntry> joined_timeline(const std::vector<LedgerEntry>& older,
                                         const std::vector<LedgerEntry>& newer) {
  std::vector<LedgerEntry> joined;
  joined.reserve(older.size() + newer.size());
  for (const LedgerEntry& entry : older) {
    if (std::ranges::find(newer, entry.id, &LedgerEntry::id) == newer.end())
      joined.push_back(entry);
  }
  joined.insert(joined.end(), newer.begin(), newer.end());
  return joined;
}

}  // namespace yuanyue::sync
