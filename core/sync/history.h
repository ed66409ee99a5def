// What has left the replica, as far as somebody has looked at it: lists of finished rows, and
// single rows with their ledger entries, asked of the server page by page (docs/protocol.md,
// history). In memory only; whoever holds it forgets it with the replica.
//
// A pure state machine like the sync client. Views say in every frame what they want to show; a
// request is sent when there is reason to, one at a time for each list and each row. After a
// failure nothing is asked until try_again(), so that a view that goes on wanting does not ask for
// ever.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/protocol/history.h"
#include "core/sync/demand.h"
#include "core/sync/sync_transport.h"

namespace yuanyue::sync {

// Rows of one type that have left the replica.
struct HistoryFilter {
  const RowTypeBase* kind = nullptr;  // of bookings, waitlist entries, offers or notifications
  ServiceId service;                  // none: of any
  std::optional<Date> from, to;       // when they were finished, both included; none: no bound
  bool operator==(const HistoryFilter&) const = default;
};

// Why the last request has brought nothing.
enum class HistoryTrouble : std::uint8_t {
  none,
  no_answer,   // out of reach, or the server has no answer just now
  slowed,      // too much was asked: goes on at `retry_at`, as soon as it is wanted then
  stopped,     // the session has ended, or asks for something else first
  unreadable,  // what came cannot be read, or the server does not know the question
};

struct HistoryProgress {
  bool begun = false;     // the first page is here
  bool complete = false;  // nothing is older
  bool loading = false;
  HistoryTrouble trouble = HistoryTrouble::none;
  Instant retry_at{};  // device clock; slowed
};
// The latest finished first; no row twice.
struct HistoryList : HistoryProgress {
  std::vector<AnyRow> rows;
};
struct HistoryCase : HistoryProgress {
  bool missing = false;             // the server has no such row for this user
  AnyRow row;                       // none: not here yet
  std::vector<LedgerEntry> ledger;  // oldest first; without the older ones until complete
};

struct HistorySettings {
  int page_rows = 30;
  std::int64_t timeout_ms = 15'000;
  std::size_t lists_max = 8, cases_max = 40;  // those not looked at for longest are forgotten
};

class History {
 public:
  // `transport` outlives it and gives answers that are nobody else's.
  explicit History(SyncTransport& transport, HistorySettings settings = {})
      : transport_(transport), settings_(settings) {}
  History(const History&) = delete;
  History& operator=(const History&) = delete;

  // What is known; the references hold until the next question about something else. A row is that
  // of a booking or a waitlist entry.
  const HistoryList& list(const HistoryFilter& filter) { return list_of(filter).shown; }
  const HistoryCase& row(const AnyKey& key) { return case_of(key).shown; }
  // A booking, entry or other row that is in some list or case; null: none.
  template <class Key>
  const RowOf<Key>* find(const Key& key) const {
    return find_row(key).template get_if<RowOf<Key>>();
  }

  BookingId find_booking(std::string_view code) const;  // none: not seen

  // The first page, where there is none, and what has joined it since.
  void want(const HistoryFilter& filter, Instant now);
  void want(const AnyKey& key, Instant now);
  // The page after what there is.
  void want_older(const HistoryFilter& filter, Instant now);
  void want_older(const AnyKey& key, Instant now);
  // Its user wants what has failed once more.
  void try_again(const HistoryFilter& filter) { list_of(filter).shown.trouble = {}; }
  void try_again(const AnyKey& key) { case_of(key).shown.trouble = {}; }
  // There is a connection, or a session, again: whatever failed for want of it may be asked for.
  void try_again();

  // Rows have left the replica: the lists have new heads, and what was missing may be there.
  void rows_left();
  void clear();  // everything; what is under way is given up

  // What the answer asks of the host: sign_in, new_password and newer_page are its own.
  Demand transport_answered(TransportTicket ticket, const TransportAnswer& answer, Instant now);

 private:
  enum class Part : std::uint8_t { head, older };
  struct Asked {
    std::string next;            // `before` of the next page
    TransportTicket ticket = 0;  // 0: nothing is under way
    Part part = Part::head;
    bool head_is_old = false;
    int restarts = 0;        // because the server did not know the page's place any more
    std::uint64_t seen = 0;  // when it was looked at last
  };
  struct List : Asked {
    HistoryFilter filter;
    HistoryList shown;
  };
  struct Case : Asked {
    AnyKey key;
    HistoryCase shown;
  };

  List& list_of(const HistoryFilter& filter);
  Case& case_of(const AnyKey& key);
  RowRef find_row(const AnyKey& key) const;
  template <class Each>
  void for_all(Each each);
  static bool may_ask(const Asked& asked, HistoryProgress& shown, Instant now);
  void ask(List& list, Part part);
  void ask(Case& one, Part part);
  void send(Asked& asked, HistoryProgress& shown, Part part, wire::HistoryQuery query);
  static bool take(List& list, const TransportAnswer& answer);
  static bool take(Case& one, const TransportAnswer& answer);
  static Demand refused(HistoryProgress& shown, const TransportAnswer& answer, Instant now);
  template <class Each>
  Demand answered(Each& each, const TransportAnswer& answer, Instant now);

  SyncTransport& transport_;
  HistorySettings settings_;
  TransportTicket last_ticket_ = 0;
  std::uint64_t looks_ = 0;
  std::vector<std::unique_ptr<List>> lists_;
  std::vector<std::unique_ptr<Case>> cases_;
};

// A timeline of which the replica may have the end only: what the server has told besides comes
// before it.
std::vector<LedgerEntry> joined_timeline(const std::vector<LedgerEntry>& older,
                                         const std::vector<LedgerEntry>& newer);

}  // namespace yuanyue::sync
