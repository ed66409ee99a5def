#include "tests/core/support/judge_picture.h"

#include <type_traits>

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

}  // namespace

void Picture::take(const State& state) {
  *this = {};
  const auto add = [&](const auto& row) { put(Row(row)); };
  const auto add_all = [&]<class... RowType>(const std::variant<RowType...>*) {
    (state.for_each<RowType>(add), ...);
  };
  add_all(static_cast<const Row*>(nullptr));
}

std::optional<Row> Picture::row(const RowKey& key) const {
  std::optional<Row> found;
  const auto look = [&](const auto& rows) {
    using Map = std::decay_t<decltype(rows)>;
    const auto* id = std::get_if<typename Map::key_type>(&key);
    if (id == nullptr) return;
    if (const auto at = rows.find(*id); at != rows.end()) found = Row(at->second);
  };
  std::apply([&](const auto&... rows) { (look(rows), ...); }, tables_);
  return found;
}

void Picture::put(const Row& row) {
  std::visit(
      [&](const auto& value) {
        auto& rows = table<std::decay_t<decltype(value)>>();
        using Map = std::decay_t<decltype(rows)>;
        rows.insert_or_assign(std::get<typename Map::key_type>(key_of(row)), value);
      },
      row);
  note(row);
}

void Picture::erase(const RowKey& key) {
  const auto remove = [&](auto& rows) {
    using Map = std::decay_t<decltype(rows)>;
    if (const auto* id = std::get_if<typename Map::key_type>(&key)) rows.erase(*id);
  };
  std::apply([&](auto&... rows) { (remove(rows), ...); }, tables_);
  if (const auto* id = std::get_if<BookingId>(&key)) confirmed_.erase(*id);
  if (const auto* id = std::get_if<WaitlistEntryId>(&key)) open_entries_.erase(*id);
  if (const auto* id = std::get_if<OfferId>(&key)) open_offers_.erase(*id);
}

void Picture::note(const Row& row) {
  if (const auto* booking = std::get_if<Booking>(&row)) {
    keep(confirmed_, booking->id, booking->status == BookingStatus::confirmed);
  } else if (const auto* entry = std::get_if<WaitlistEntry>(&row)) {
    keep(open_entries_, entry->id,
         entry->status == WaitlistStatus::waiting || entry->status == WaitlistStatus::offered);
  } else if (const auto* offer = std::get_if<Offer>(&row)) {
    keep(open_offers_, offer->id, offer->status == OfferStatus::open);
  }
}

void Picture::apply(const RowChange& change) {
  if (change.after) {
    put(*change.after);
  } else if (change.before) {
    erase(key_of(*change.before));
  }
}

void Picture::take_back(const Outcome& outcome) {
  for (auto change = outcome.changes.rbegin(); change != outcome.changes.rend(); ++change) {
    if (change->before) {
      put(*change->before);
    } else {
      erase(key_of(*change->after));
    }
  }
}

}  // namespace yuanyue::worlds
