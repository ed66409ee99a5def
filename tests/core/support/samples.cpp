#include "tests/core/support/samples.h"

#include <utility>

#include "core/appointments/ids.h"
#include "core/catalog/calendar_year.h"
#include "core/catalog/official_calendar.h"
#include "core/domains/outcome_tables.h"
#include "core/kernel/domain.h"
#include "tests/core/support/kinds.h"
#include "tests/core/support/maker.h"
#include "tests/core/support/park.h"

namespace yuanyue::wire::samples {
namespace {

using worlds::Amount;
using worlds::at;
using worlds::clock;
using worlds::day;
using worlds::Maker;

constexpr std::uint64_t seed = 2026;

template <class IdType>
IdType id(std::uint64_t number) {
  return IdType(worlds::uuid(0xABCD, number));
}

BlockKey block(std::string_view when) { return worlds::licence_block(when); }

// By itself it is the same whichever types are made before it.
Maker maker_of(std::string_view type) {
  std::uint64_t hash = seed;
  for (const char c : type) hash = mix(hash, static_cast<unsigned char>(c));
  return Maker(hash);
}

std::vector<AnyCommand> commands_of(Amount amount) {
  std::vector<AnyCommand> commands;
  for (const CommandTypeBase* type : known_domains().commands()) {
    if (type->origin != Origin::outside) continue;
    commands.push_back(maker_of(type->name).command(*type, amount));
  }
  return commands;
}

}  // namespace

std::vector<AnyCommand> commands() {
  std::vector<AnyCommand> commands = commands_of(Amount::each);
  for (AnyCommand& command : commands_of(Amount::least)) commands.push_back(std::move(command));
  return commands;
}

AnyCommand command(std::string_view type) {
  return maker_of(type).command(*known_domains().command(type), Amount::each);
}

std::vector<AnyRow> rows() {
  std::vector<AnyRow> rows;
  for (const Amount amount : {Amount::each, Amount::least}) {
    for (const RowTypeBase* type : known_domains().rows())
      rows.push_back(maker_of(type->name).row(*type, amount));
  }
  return rows;
}

AnyRow row(std::string_view type) {
  return maker_of(type).row(*known_domains().row(type), Amount::each);
}

std::vector<AnyKey> row_keys() {
  std::vector<AnyKey> keys;
  for (const AnyRow& row : rows()) keys.push_back(key_of(row));
  return keys;
}

std::vector<LedgerEntry> ledger() {
  std::vector<LedgerEntry> entries;
  Maker maker(seed);
  for (const Amount amount : {Amount::least, Amount::each}) {
    for (const EventKindBase* kind : known_domains().events()) {
      LedgerEntry& entry = entries.emplace_back();
      entry.kind = Event(*kind);
      maker.fill(ledger_entry_table, &entry, amount);
      entry.id = id<LedgerEntryId>(entries.size());
    }
  }
  return entries;
}

Deadline deadline() {
  HolidayCalendar official;
  for (AnyRow& row : worlds::official_years()) official.put(std::move(row).as<OfficialYear>());
  const HallSchedule schedule = worlds::office_hours();
  const NoticeRule rule{3, Counting::exclude_appointment_day, clock("16:00")};
  return explain_deadline(HallCalendar(official, schedule), day("2026-10-09"), rule).value();
}

std::vector<Rejection> rejections() {
  std::vector<Rejection> all;
  for (const RefusalKindBase* kind : known_domains().refusals()) {
    all.push_back({RefusalOf(*kind), {}});
  }
  all.push_back(refuse_invalid("wishes[2].date"));
  Rejection& full =
      all.emplace_back(refuse(refusals::past_deadline, {.block = block("2026-11-25 09:00"),
                                                        .booking = id<BookingId>(1),
                                                        .entry = id<WaitlistEntryId>(1),
                                                        .at = at("2026-11-02 09:00"),
                                                        .limit = 3,
                                                        .reason = DayReason::holiday,
                                                        .reason_name = "国庆节",
                                                        .deadline = deadline()}));
  for (const WayKindBase* kind : known_domains().ways()) full.ways.push_back({Way(*kind)});
  offer_way(full, ways::choose_block,
            {.block = block("2026-11-26 09:00"),
             .booking = id<BookingId>(1),
             .entry = id<WaitlistEntryId>(1),
             .free_seats = 2});
  return all;
}

Outcome outcome() {
  Outcome outcome;
  outcome.add({}, row("calendar_year"));
  outcome.add(row("booking"), row("booking"));
  outcome.add(row("waitlist_entry"), {});
  outcome.add_archived(row("booking"));
  outcome.ledger = ledger();
  return outcome;
}

PushRequest push_request() {
  PushRequest request;
  request.client = id<ClientId>(1);
  std::uint64_t seq = 7;
  for (AnyCommand& command : commands_of(Amount::each)) {
    request.commands.push_back({++seq, id<CommandId>(seq), std::move(command)});
  }
  return request;
}

PushResponse push_response() {
  return {at("2026-11-02 09:00"),
          9,
          {{8, id<CommandId>(8), true, 100, std::nullopt},
           {9, id<CommandId>(9), false, 101, rejections().back()}}};
}

PullResponse pull_response() {
  return {at("2026-11-02 09:00"), "1f.1.0.64", true, rows(), row_keys(), ledger(), 9,
          push_response().results};
}

SessionResponse session_response() {
  return {at("2026-11-02 09:00"), "token", true, worlds::user_row(worlds::alpha, 1),
          worlds::enterprise_row(worlds::alpha, 1)};
}

HistoryPage history_page() { return {at("2026-11-02 09:00"), rows(), "5f.1792"}; }

TimelinePage timeline_page() { return {at("2026-11-02 09:00"), row("booking"), ledger(), "1792"}; }

}  // namespace yuanyue::wire::samples
