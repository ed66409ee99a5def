#include "web/features/appointments/rows.h"

#include <algorithm>
#include <tuple>

#include "core/appointments/booking_code.h"
#include "core/appointments/open_work.h"
#include "web/features/appointments/feature.h"

namespace yuanyue::web::app {
namespace {

template <class RowType, class Keep>
std::vector<const RowType*> rows_of(const App& app, Keep keep) {
  std::vector<const RowType*> rows;
  const EnterpriseId enterprise = app.enterprise();
  app.state().for_each<RowType>([&](const RowType& row) {
    if (row.enterprise == enterprise && keep(row)) rows.push_back(&row);
  });
  return rows;
}

template <class IdType>
auto find_by_id(const App& app, std::string_view text) {
  const auto id = parse_uuid(text);
  return app.state().find(id ? IdType(*id) : IdType());
}

}  // namespace

const Booking* find_booking(const App& app, std::string_view code_or_id) {
  if (const auto code = normalize_booking_code(code_or_id)) {
    if (const auto id = booking_by_code(app.state(), *code)) return app.state().find(*id);
  }
  return find_by_id<BookingId>(app, code_or_id);
}

const WaitlistEntry* find_entry(const App& app, std::string_view id) {
  return find_by_id<WaitlistEntryId>(app, id);
}

const Offer* find_offer(const App& app, std::string_view id) {
  return find_by_id<OfferId>(app, id);
}

std::vector<const Booking*> upcoming_bookings(const App& app) {
  auto rows = rows_of<Booking>(
      app, [](const Booking& row) { return row.status == BookingStatus::confirmed; });
  std::ranges::sort(rows, [](const Booking* a, const Booking* b) {
    return std::tie(a->block.date, a->block.start, a->id) <
           std::tie(b->block.date, b->block.start, b->id);
  });
  return rows;
}

std::vector<const Booking*> past_bookings(const App& app) {
  auto rows = rows_of<Booking>(
      app, [](const Booking& row) { return row.status != BookingStatus::confirmed; });
  std::ranges::sort(rows, [](const Booking* a, const Booking* b) {
    return std::tie(b->block.date, b->block.start, b->id) <
           std::tie(a->block.date, a->block.start, a->id);
  });
  return rows;
}

std::vector<const Offer*> open_offers(const App& app) {
  // One that has run out is no offer any more, even before the server has said so.
  auto rows = rows_of<Offer>(app, [&](const Offer& row) {
    return row.status == OfferStatus::open && app.now() < row.expires_at;
  });
  std::ranges::sort(rows, [](const Offer* a, const Offer* b) {
    return std::tie(a->expires_at, a->id) < std::tie(b->expires_at, b->id);
  });
  return rows;
}

std::size_t open_offer_count(const App& app) { return open_offers(app).size(); }

std::vector<const WaitlistEntry*> open_entries(const App& app) {
  auto rows = rows_of<WaitlistEntry>(app, [](const WaitlistEntry& row) {
    return row.status == WaitlistStatus::waiting || row.status == WaitlistStatus::offered;
  });
  std::ranges::sort(rows, [](const WaitlistEntry* a, const WaitlistEntry* b) {
    return std::tie(a->joined_at, a->id) < std::tie(b->joined_at, b->id);
  });
  return rows;
}

}  // namespace yuanyue::web::app
