// What was accepted is found for good, and history tells it to who may see it.
#include <algorithm>
#include <map>
#include <set>

#include "core/appointments/block_override.h"
#include "core/appointments/book_appointment.h"
#include "core/appointments/join_waitlist.h"
#include "core/domains/codec.h"
#include "core/people/user.h"
#include "core/protocol/history.h"
#include "tests/core/support/archive_rules.h"
#include "tests/sim/oracle.h"

namespace yuanyue::sim {

// Every row that an accepted command made is found, in one place.
void Oracle::check_archive(Server& server) {
  std::string problem;
  std::map<std::string, int> found;
  for (const AnyRow& row : read_rows(server, problem)) ++found[wire::encode(key_of(row.ref()))];
  std::vector<AnyRow> archived;
  const auto read = server.store().reader()->each_archived_row([&](const StoredRow& stored) {
    auto row = wire::decode_row(stored.json);
    if (!row) return violation("an archived row cannot be read: " + stored.key);
    if (!row->is<BlockOverride>()) ++found[stored.key];
    archived.push_back(*std::move(row));
  });
  if (!read) return violation("the archive cannot be read: " + read.error().message);
  for (const auto& [key, times] : found) {
    if (times != 1) violation("a row stands in two places: " + key);
  }
  for (const auto& [id, said] : said_) {
    const auto given = given_.find(id);
    if (given == given_.end() || !said.result.accepted) continue;
    const auto* booked = given->second.command.get_if<BookAppointment>();
    const auto* joined = given->second.command.get_if<JoinWaitlist>();
    const AnyKey key = booked != nullptr   ? AnyKey(booked->booking)
                       : joined != nullptr ? AnyKey(joined->entry)
                                           : AnyKey();
    const auto made_for = made_for_.find(key);
    if (made_for != made_for_.end() && is_erased(made_for->second)) continue;
    if (key && !found.contains(wire::encode(key))) {
      violation("an accepted row is neither live nor archived: " + wire::encode(key));
    }
  }
  check_history(server, archived);
}

void Oracle::check_history(Server& server, const std::vector<AnyRow>& archived) {
  for (const auto& [id, user] : server.users()) {
    for (const std::string kind : {"booking", "notification", "offer", "waitlist_entry"}) {
      std::set<std::string> expected;
      for (const AnyRow& row : archived) {
        if (row.type().name == kind && may_see(user, row)) expected.insert(wire::encode(row.ref()));
      }
      std::map<std::string, std::string> query{{"kind", kind}, {"limit", "7"}};
      std::optional<Instant> last;
      bool is_more = true;
      while (is_more) {
        const auto answer = server.history(user, query);
        if (user.disabled && answer.status == 401) break;
        const auto page = wire::decode_history_page(answer.body);
        if (answer.status != 200 || !page) return violation("history cannot be asked");
        for (const AnyRow& row : page->rows) {
          if (expected.erase(wire::encode(row.ref())) == 0) {
            violation("history gives what it may not, or twice: " + wire::encode(row.ref()));
          }
          const auto done = worlds::done_at(row.ref());
          if (!done || (last && *done > *last)) violation("history is out of order");
          last = done;
        }
        is_more = page->next.has_value();
        if (is_more) query["before"] = *page->next;
      }
      if (!expected.empty()) violation("history lacks a row: " + *expected.begin());
    }
  }
}

}  // namespace yuanyue::sim
