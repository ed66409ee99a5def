#include "tests/core/support/judge_picture.h"

#include <type_traits>

#include "core/appointments/booking.h"
#include "core/appointments/offer.h"
#include "core/appointments/waitlist_entry.h"
#include "core/kernel/row.h"

namespace yuanyue::worlds {
namespace {

template <class Set, class Key>
void keep(Set& set, const Key& key, bool is_in) {
  if (is_in) {
    set.insert(key);
  } else {
    set.erase(key);
  }
}

// Only an erasing takes these.
bool is_for_ever(const RowRef& row) { return row.is<Enterprise>() || row.is<User>(); }

}  // namespace

void Picture::take(const State& state) {
  // What was archived and is not there again is in the archive still.
  *this = Picture(std::move(archived_));
  EveryRow::for_each([&]<class Row>() { state.for_each<Row>([&](const Row& row) { put(row); }); });
}

RowRef Picture::row(const AnyKey& key) const {
  RowRef found;
  EveryRow::for_each([&]<class Row>() {
    if (const auto* id = key.get_if<KeyOf<Row>>()) {
      if (const Row* row = find<Row>(*id)) found = *row;
    }
  });
  return found;
}

void Picture::put(const RowRef& row) {
  EveryRow::visit(row, [&]<class Row>(const Row& value) {
    table<Row>().insert_or_assign(key_of(value), value);
  });
  archived_.erase(key_of(row));
  note(row);
}

void Picture::erase(const AnyKey& key) {
  EveryRow::for_each([&]<class Row>() {
    if (const auto* id = key.get_if<KeyOf<Row>>()) table<Row>().erase(*id);
  });
  if (const auto* id = key.get_if<BookingId>()) confirmed_.erase(*id);
  if (const auto* id = key.get_if<WaitlistEntryId>()) open_entries_.erase(*id);
  if (const auto* id = key.get_if<OfferId>()) open_offers_.erase(*id);
}

void Picture::note(const RowRef& row) {
  if (const auto* booking = row.get_if<Booking>()) {
    keep(confirmed_, booking->id, booking->status == BookingStatus::confirmed);
  } else if (const auto* entry = row.get_if<WaitlistEntry>()) {
    keep(open_entries_, entry->id,
         entry->status == WaitlistStatus::waiting || entry->status == WaitlistStatus::offered);
  } else if (const auto* offer = row.get_if<Offer>()) {
    keep(open_offers_, offer->id, offer->status == OfferStatus::open);
  }
}

void Picture::apply(const RowChange& change) {
  if (change.after()) {
    put(change.after());
  } else {
    erase(key_of(change.before()));
    if (change.archived || is_for_ever(change.before())) archived_.insert(key_of(change.before()));
  }
}

void Picture::take_back(const Outcome& outcome) {
  for (auto change = outcome.changes().rbegin(); change != outcome.changes().rend(); ++change) {
    if (change->before()) {
      put(change->before());
    } else {
      erase(key_of(change->after()));
    }
  }
}

}  // namespace yuanyue::worlds
