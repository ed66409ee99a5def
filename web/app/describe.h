// Sentences and small parts about bookings, blocks and deadlines that several views share.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/appointments/waitlist_rules.h"
#include "web/app/app.h"
#include "web/ui/core.h"

namespace yuanyue::web::app {

// --- rows ---
// By code (any spelling that core accepts) or id; null: not there, or not visible.
const Booking* find_booking(const App& app, std::string_view code_or_id);
const WaitlistEntry* find_entry(const App& app, std::string_view id);
const Offer* find_offer(const App& app, std::string_view id);
const Hall* hall_of(const App& app, const ServiceId& service);

// The enterprise's bookings: next ones first, then by time; `past` those that are over or
// cancelled, newest first.
std::vector<const Booking*> upcoming_bookings(const App& app);
std::vector<const Booking*> past_bookings(const App& app);
// Open offers, the one that expires first at the front.
std::vector<const Offer*> open_offers(const App& app);
std::vector<const WaitlistEntry*> open_entries(const App& app);
std::size_t unread_count(const App& app);

// --- words ---
std::string service_name(const App& app, const ServiceId& service);  // the id where it is unknown
std::string hall_name(const App& app, const ServiceId& service);
// 资质认定 · 11月25日(周三)9:00–11:00 · 服务大厅
std::string booking_line(const App& app, const Booking& booking);
// 11月25日(周三)9:00–11:00, the end taken from the template where it is known.
std::string block_text(const App& app, const BlockKey& block);
// 11月25日(周三)上午, or the block.
std::string wish_text(const App& app, const ServiceId& service, const Wish& wish);
// 可自助改约,最晚 11月23日(周一)17:00 · 还有 1 天 8 小时; or why not any more.
std::string deadline_sentence(const App& app, const Deadline& deadline);
// 规则:提前 3 个工作日,预约当天也算。所以最晚在 11月23日(周一)17:00 前提交。
std::string rule_sentence(const App& app, const Deadline& deadline);
std::string position_sentence(const App& app, const QueuePosition& position);
std::string tier_name(const App& app, Tier tier);
// 国庆节、中秋节, in the language in use. `name` is the calendar's.
std::string holiday_name(const App& app, std::string_view name);
// Why a day is open or not: 周末 · 国庆节 · 本厅停办(台风).
std::string day_reason_text(const App& app, DayReason reason, std::string_view name);
// 改约:从 11月25日(周三)9:00 改到 11月26日(周四)14:00
std::string ledger_text(const App& app, const LedgerEntry& entry);
std::string notification_text(const App& app, const Notification& notification);
// Where it leads, "/offers/…"; empty: nowhere.
std::string notification_route(const App& app, const Notification& notification);
// What a command would have done: 把资质认定从 … 改到 …
std::string command_text(const App& app, const Command& command);
// 服务器没有接受:…
std::string refused_sentence(const App& app, const Command& command);
// What a row is now, after the server's answer differed from what was shown; empty: nothing to say.
std::string corrected_sentence(const App& app, const RowKey& row);
std::string route_of_row(const App& app, const RowKey& row);

// --- parts ---
// 待确认 while the row rests on a prediction; 已保存，待确认 only once that is true.
void pending_badge(App& app, const Uuid& id);
// Of a card that says what was done: a success only once the server has said so.
ui::Tone answer_tone(const App& app, const Uuid& id);
// Its status; what is not confirmed yet does not call itself booked.
void booking_badges(App& app, const Booking& booking);
// In a row that is there before and after the server's answer, so that nothing below it moves.
void booking_state(App& app, const Booking& booking);
// The days that were stepped over with their reasons, and the rule in a sentence. `calendar`: of
// the hall, for the days before the last one.
void deadline_strip(App& app, const Deadline& deadline, const HallCalendar* calendar);
// The sentence of the deadline with 为什么? beside it that unfolds the strip in place.
void deadline_disclosure(App& app, const Booking& booking, bool& open);

}  // namespace yuanyue::web::app
