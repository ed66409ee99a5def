// Sentences about bookings, blocks, deadlines and places in a queue.
#pragma once

#include <string>
#include <string_view>

#include "core/appointments/names.h"
#include "core/appointments/waitlist_rules.h"
#include "web/app/app.h"

namespace yuanyue::web::app {

// The text of an enumerator: "booking_status." and its name.
template <class Name>
std::string enumerator_text(const App& app, std::string_view prefix, Name value) {
  return app.t(std::string(prefix) + std::string(wire::name_of(value)));
}

// In the state, or in what was seen of the history; null: neither.
template <class Key>
const RowOf<Key>* known_row(const App& app, const Key& key) {
  const RowOf<Key>* row = app.state().find(key);
  return row != nullptr ? row : app.history().find(key);
}

// 资质认定 · 11月25日(周三)9:00–11:00 · 服务大厅
std::string booking_line(const App& app, const Booking& booking);
// 11月25日(周三)9:00–11:00, the end taken from the template where it is known.
std::string block_text(const App& app, const BlockKey& block);
// 资质认定 · 11月25日(周三)9:00–11:00
std::string service_and_block(const App& app, const BlockKey& block);
// The same of a booking or offer, 原时间 where it is not there; of an entry its service only.
std::string booking_block(const App& app, const BookingId& id);
std::string offer_block(const App& app, const OfferId& id);
std::string entry_service(const App& app, const WaitlistEntryId& id);
// 11月25日(周三)上午, or the block.
std::string wish_text(const App& app, const ServiceId& service, const Wish& wish);
// 可自助改约,最晚 11月23日(周一)17:00 · 还有 1 天 8 小时; or why not any more.
std::string deadline_sentence(const App& app, const Deadline& deadline);
// 规则:提前 3 个工作日,预约当天也算。所以最晚在 11月23日(周一)17:00 前提交。
std::string rule_sentence(const App& app, const Deadline& deadline);
std::string position_sentence(const App& app, const QueuePosition& position);
std::string tier_name(const App& app, Tier tier);
// 改约:从 11月25日(周三)9:00 改到 11月26日(周四)14:00
std::string ledger_text(const App& app, const LedgerEntry& entry);
// The code as people read it; empty where the booking is not there.
std::string code_of(const App& app, const BookingId& id);
// The address of its page, by its id where it may be archived; empty: none is named.
std::string booking_route(const App& app, const BookingId& id);

}  // namespace yuanyue::web::app
