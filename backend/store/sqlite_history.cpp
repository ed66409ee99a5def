#include "backend/store/sqlite_history.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "backend/store/ledger_notes.h"

namespace yuanyue {
namespace {

bool is_later(const HistoryPlace& a, const HistoryPlace& b) {
  return std::tie(a.finished_ms, a.number) > std::tie(b.finished_ms, b.number);
}

}  // namespace

SqliteHistory::SqliteHistory(SqliteConnection& connection)
    : find_shelf_(connection,
                  "SELECT id FROM shelves WHERE audience = ?1 AND kind = ?2 AND service = ?3"),
      places_(connection,
              "SELECT finished_ms, number FROM shelved WHERE shelf = ?1"
              " AND (finished_ms, number) < (?2, ?3) AND finished_ms >= ?4"
              " ORDER BY finished_ms DESC, number DESC LIMIT ?5"),
      row_(connection, "SELECT json FROM archive WHERE number = ?1"),
      find_row_(connection,
                "SELECT number, finished_ms, json FROM archive WHERE kind = ?1 AND key = ?2"),
      find_place_(connection,
                  "SELECT 1 FROM shelved WHERE shelf = ?1 AND finished_ms = ?2 AND number = ?3"),
      entries_(
          connection,
          "SELECT ledger_subjects.number, ledger.json, ledger_details.note FROM ledger_subjects"
          " JOIN ledger ON ledger.number = ledger_subjects.number"
          " LEFT JOIN ledger_details ON ledger_details.number = ledger_subjects.number"
          " WHERE subject = ?1 AND ledger_subjects.number < ?2"
          " ORDER BY ledger_subjects.number DESC") {}

std::optional<std::int64_t> SqliteHistory::shelf_id(std::int64_t audience, std::string_view kind,
                                                    std::string_view service) {
  const SqliteReset reset(find_shelf_);
  if (!find_shelf_.bind(1, audience).bind(2, kind).bind(3, service).step()) return std::nullopt;
  return find_shelf_.integer(0);
}

std::string SqliteHistory::row_text(std::int64_t number) {
  const SqliteReset reset(row_);
  return row_.bind(1, number).step() ? std::string(row_.text(0)) : std::string();
}

// Each audience's latest, of which the page has the latest: nothing of a longer history is read.
void SqliteHistory::read_page(const std::vector<std::int64_t>& audiences,
                              const HistoryRequest& request, HistoryPage& page) {
  const HistoryPlace end{request.until_ms, INT64_MIN};  // finished before it
  const HistoryPlace before =
      request.before && is_later(end, *request.before) ? *request.before : end;
  std::vector<HistoryPlace> found;
  for (const std::int64_t audience : audiences) {
    const auto shelf = shelf_id(audience, request.kind, request.service);
    if (!shelf) continue;
    const SqliteReset reset(places_);
    places_.bind(1, *shelf).bind(2, before.finished_ms).bind(3, before.number);
    places_.bind(4, request.from_ms).bind(5, request.limit + 1);
    while (places_.step()) found.push_back({places_.integer(0), places_.integer(1)});
  }
  std::ranges::sort(found, is_later);
  const auto repeated = std::ranges::unique(found);  // seen by two audiences
  found.erase(repeated.begin(), repeated.end());
  const auto limit = static_cast<std::size_t>(request.limit);
  if (found.size() > limit) {
    found.resize(limit);
    page.next = found.back();
  }
  for (const HistoryPlace& place : found) page.rows.push_back(row_text(place.number));
}

bool SqliteHistory::is_on_shelf(std::int64_t audience, std::string_view kind,
                                const HistoryPlace& place) {
  const auto shelf = shelf_id(audience, kind, {});
  if (!shelf) return false;
  const SqliteReset reset(find_place_);
  return find_place_.bind(1, *shelf).bind(2, place.finished_ms).bind(3, place.number).step();
}

std::optional<std::string> SqliteHistory::read_row(const std::vector<std::int64_t>& audiences,
                                                   std::string_view kind, std::string_view key) {
  const SqliteReset reset(find_row_);
  if (!find_row_.bind(1, kind).bind(2, key).step()) return std::nullopt;
  const HistoryPlace place{find_row_.integer(1), find_row_.integer(0)};
  const bool is_seen = std::ranges::any_of(
      audiences, [&](std::int64_t audience) { return is_on_shelf(audience, kind, place); });
  if (!is_seen) return std::nullopt;
  return std::string(find_row_.text(2));
}

void SqliteHistory::read_entries(const TimelineRequest& request, Timeline& timeline) {
  const SqliteReset reset(entries_);
  entries_.bind(1, request.subject).bind(2, request.before.value_or(INT64_MAX));
  std::int64_t last = 0;
  while (entries_.step()) {
    std::string entry = with_note(entries_.text(1), entries_.text(2));
    if (!request.sees(entry, timeline.audiences)) continue;
    if (timeline.ledger.size() == static_cast<std::size_t>(request.limit)) {
      timeline.next = last;
      return;
    }
    last = entries_.integer(0);
    timeline.ledger.push_back(std::move(entry));
  }
}

}  // namespace yuanyue
