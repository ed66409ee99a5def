#include "tests/core/support/samples.h"

#include <utility>

#include "core/appointments/answer_offer.h"
#include "core/appointments/block.h"
#include "core/appointments/block_override.h"
#include "core/appointments/book_appointment.h"
#include "core/appointments/booking.h"
#include "core/appointments/cancel_booking.h"
#include "core/appointments/ids.h"
#include "core/appointments/join_waitlist.h"
#include "core/appointments/notice.h"
#include "core/appointments/offer.h"
#include "core/appointments/override_block.h"
#include "core/appointments/reschedule_booking.h"
#include "core/appointments/waitlist_entry.h"
#include "core/catalog/catalog.h"
#include "core/catalog/import_calendar_year.h"
#include "core/catalog/save_catalog.h"
#include "core/kernel/row.h"
#include "core/messages/mark_notifications_read.h"
#include "core/messages/notification.h"
#include "core/people/enterprise.h"
#include "core/people/save_enterprise.h"
#include "core/people/save_user.h"
#include "tests/core/support/park.h"

namespace yuanyue::wire::samples {
namespace {

using worlds::at;
using worlds::clock;
using worlds::day;
using worlds::span;

template <class IdType>
IdType id(std::uint64_t number) {
  return IdType(worlds::uuid(0xABCD, number));
}

BlockKey block(std::string_view when) { return worlds::licence_block(when); }

CalendarYear calendar_year() {
  CalendarYear year;
  year.year = 2027;
  year.papers = {"https://example.gov.cn/notice"};
  year.off = {{day("2027-01-01"), "元旦", 2026, "随上年通知"}, {day("2027-10-01"), "国庆节"}};
  year.work = {{day("2027-01-03"), "元旦"}, {day("2027-09-30"), "国庆节", 0, "周四, 通知如此"}};
  year.pending = "十二月的最后几天";
  return year;
}

Hall hall() {
  Hall row = worlds::hall_row();
  row.address = {"科创大街 1 号", "1 Kechuang Street"};
  row.schedule.closures = {{day("2026-12-01"), "停电"}, {day("2026-12-02"), "台风"}};
  row.schedule.extra_days = {{day("2026-12-05"), {span("09:00", "12:00")}, "加开"}};
  return row;
}

Service service() {
  Service row = worlds::licence_row();
  row.summary = {"两行\"引号\"与\\斜线", "summary"};
  row.materials = {{{"营业执照", "Licence"}, {"原件", ""}, true}, {{"章程", ""}, {"", ""}, false}};
  row.steps = {{"受理", "Intake"}, {"审核", ""}};
  row.statutory_business_days = 5;
  row.weekly[1].emergency_reserve = 1;
  row.weekly[1].weekdays = 0b00101;
  row.policy.notice = {2, Counting::exclude_appointment_day, clock("16:30")};
  row.active = false;
  return row;
}

Booking booking() {
  Booking row;
  row.id = id<BookingId>(1);
  row.code = "K7M29QXD";
  row.enterprise = worlds::alpha.enterprise;
  row.booked_by = worlds::alpha.user;
  row.block = block("2026-11-25 09:00");
  row.end = clock("11:00");
  row.changes_used = 2;
  row.needs_relocation = true;
  row.created_at = at("2026-11-02 09:00");
  return row;
}

WaitlistEntry waitlist_entry() {
  WaitlistEntry row;
  row.id = id<WaitlistEntryId>(1);
  row.enterprise = worlds::alpha.enterprise;
  row.service = worlds::licence;
  row.wishes = {{day("2026-11-25"), PartOfDay::morning, std::nullopt},
                {day("2026-11-26"), PartOfDay::any, clock("14:00")}};
  row.blocks = {block("2026-11-25 09:00"), block("2026-11-26 14:00")};
  row.joined_at = at("2026-11-02 09:00");
  return row;
}

Offer offer() {
  return {.id = id<OfferId>(1),
          .entry = id<WaitlistEntryId>(1),
          .enterprise = worlds::alpha.enterprise,
          .block = block("2026-11-25 09:00"),
          .end = clock("11:00"),
          .swap_booking = {},
          .made_at = at("2026-11-02 09:00"),
          .expires_at = at("2026-11-02 11:00")};
}

Notification notification() {
  Notification row;
  row.id = id<NotificationId>(1);
  row.enterprise = worlds::alpha.enterprise;
  row.at = at("2026-11-02 09:00");
  return row;
}

void add_rows_with_everything(std::vector<AnyRow>& rows) {
  Booking moved = booking();
  moved.previous_block = block("2026-11-24 14:00");
  moved.rescheduled_at = at("2026-11-03 10:00");
  moved.status = BookingStatus::cancelled;
  rows.emplace_back(std::move(moved));
  WaitlistEntry offered = waitlist_entry();
  offered.joined_by = worlds::alpha.user;
  offered.swap_booking = id<BookingId>(1);
  offered.auto_accept = true;
  offered.tier = Tier::key_project;
  offered.joined_tier = Tier::high_tech;
  offered.promote_at = at("2026-11-09 09:00");
  offered.closes_at = at("2026-11-26 12:00");
  offered.status = WaitlistStatus::offered;
  offered.end_reason = WaitlistEndReason::offer_expired;
  offered.offer = id<OfferId>(1);
  rows.emplace_back(std::move(offered));
  Offer accepted = offer();
  accepted.swap_booking = id<BookingId>(1);
  accepted.status = OfferStatus::accepted;
  rows.emplace_back(std::move(accepted));
  Notification read = notification();
  read.kind = NotificationKind::waitlist_ended;
  read.read_at = at("2026-11-02 10:00");
  read.booking = id<BookingId>(1);
  read.entry = id<WaitlistEntryId>(1);
  read.offer = id<OfferId>(1);
  read.block = block("2026-11-25 09:00");
  read.until = at("2026-11-02 11:00");
  read.end_reason = WaitlistEndReason::blocks_passed;
  rows.emplace_back(std::move(read));
}

}  // namespace

std::vector<AnyCommand> commands() {
  const BlockKey here = block("2026-11-25 09:00");
  const BlockKey there = block("2026-11-26 14:00");
  return {BookAppointment{id<BookingId>(1), here},
          RescheduleBooking{id<BookingId>(1), here, there},
          UndoReschedule{id<BookingId>(1), there, here},
          CancelBooking{id<BookingId>(1), here, "客户改期"},
          JoinWaitlist{id<WaitlistEntryId>(1), worlds::licence, waitlist_entry().wishes,
                       id<BookingId>(1), true, here},
          ChangeWaitlistEntry{id<WaitlistEntryId>(1), seen(waitlist_entry()),
                              waitlist_entry().wishes, true},
          LeaveWaitlist{id<WaitlistEntryId>(1), seen(waitlist_entry())},
          AcceptOffer{id<OfferId>(1), here},
          DeclineOffer{id<OfferId>(1)},
          MarkNotificationsRead{{id<NotificationId>(1), id<NotificationId>(2)}},
          ImportCalendarYear{calendar_year(), true},
          SaveCatalog{{Park{worlds::park, {"经开区", "Park"}}},
                      {hall()},
                      {Department{worlds::department, worlds::park, {"资质认定科", ""}, "010-1"}},
                      {service(), worlds::tax_row()}},
          OverrideBlock{{here, true, 3, "停电"}, BlockOverride{here, false, 2, "加开"}},
          RemoveBlockOverride{here, BlockOverride{here, true, 3, "停电"}},
          SaveEnterprise{worlds::enterprise_row(worlds::key_project, 5),
                         worlds::enterprise_row(worlds::key_project, 5)},
          SaveUser{worlds::user_row(worlds::alpha, 1), worlds::user_row(worlds::alpha, 1)}};
}

std::vector<AnyRow> rows() {
  Block block_row{block("2026-11-25 09:00"), clock("11:00"), 2, 1, {}};
  std::vector<AnyRow> rows{
      OfficialYear{calendar_year()},
      Park{worlds::park, {"经开区", "Park"}},
      hall(),
      Department{worlds::department, worlds::park, {"资质认定科", ""}, "010-1"},
      service(),
      BlockOverride{block("2026-11-25 09:00"), true, std::nullopt, ""},
      BlockOverride{block("2026-11-25 14:00"), false, 5, "加开窗口"},
      worlds::enterprise_row(worlds::high_tech, 4),
      worlds::user_row(worlds::alpha, 1),
      worlds::administrator_row(),
      block_row,
      booking(),
      waitlist_entry(),
      offer(),
      notification()};
  block_row.queue = {{Tier::key_project, at("2026-11-02 09:00"), id<WaitlistEntryId>(2)},
                     {Tier::ordinary, at("2026-11-01 09:00"), id<WaitlistEntryId>(1)}};
  block_row.reserve_release_at = at("2026-11-24 09:00");
  rows.emplace_back(std::move(block_row));
  Park long_memory{ParkId::of("long-memory"), {"久存园", ""}};
  long_memory.retention_days = 3650;
  rows.emplace_back(std::move(long_memory));
  add_rows_with_everything(rows);
  return rows;
}

std::vector<AnyKey> row_keys() {
  std::vector<AnyKey> keys;
  for (const AnyRow& row : rows()) keys.push_back(key_of(row));
  return keys;
}

std::vector<LedgerEntry> ledger() {
  std::vector<LedgerEntry> entries;
  for (int kind = 0; kind <= static_cast<int>(LedgerKind::user_saved); ++kind) {
    LedgerEntry& entry = entries.emplace_back();
    entry.id = id<LedgerEntryId>(static_cast<std::uint64_t>(kind) + 1);
    entry.at = at("2026-11-02 09:00");
    entry.kind = static_cast<LedgerKind>(kind);
  }
  LedgerEntry& full = entries.back();
  full.actor = worlds::alpha.user;
  full.command = id<CommandId>(1);
  full.enterprise = worlds::alpha.enterprise;
  full.booking = id<BookingId>(1);
  full.entry = id<WaitlistEntryId>(1);
  full.offer = id<OfferId>(1);
  full.block = block("2026-11-25 09:00");
  full.from_block = block("2026-11-24 09:00");
  full.note = "说明";
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
  for (int code = 0; code <= static_cast<int>(RejectionCode::too_many_blocks); ++code) {
    all.emplace_back().code = static_cast<RejectionCode>(code);
  }
  Rejection& full = all.back();
  full.field = "wishes[2].date";
  full.block = block("2026-11-25 09:00");
  full.reason = DayReason::holiday;
  full.reason_name = "国庆节";
  full.deadline = deadline();
  full.at = at("2026-11-02 09:00");
  full.limit = 3;
  full.booking = id<BookingId>(1);
  full.entry = id<WaitlistEntryId>(1);
  for (int kind = 0; kind <= static_cast<int>(WayKind::refresh); ++kind) {
    full.ways.push_back({.kind = static_cast<WayKind>(kind)});
  }
  full.ways.push_back({WayKind::choose_block, block("2026-11-26 09:00"), 2, id<BookingId>(1),
                       id<WaitlistEntryId>(1)});
  return all;
}

Outcome outcome() {
  const std::vector<AnyRow> all = rows();
  Outcome outcome;
  outcome.add({}, all[0]);
  outcome.add(all[11], all[11]);
  outcome.add(all[12], {});
  outcome.add_archived(all[11]);
  outcome.ledger = ledger();
  return outcome;
}

PushRequest push_request() {
  PushRequest request;
  request.client = id<ClientId>(1);
  std::uint64_t seq = 7;
  for (AnyCommand& command : commands()) {
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

TimelinePage timeline_page() { return {at("2026-11-02 09:00"), booking(), ledger(), "1792"}; }

}  // namespace yuanyue::wire::samples
