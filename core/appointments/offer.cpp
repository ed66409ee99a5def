#include "core/appointments/offer.h"

#include "core/appointments/timers.h"
#include "core/appointments/waitlist_tables.h"
#include "core/kernel/any_codec.h"
#include "core/kernel/row_type.h"
#include "core/people/grants.h"

namespace yuanyue {
namespace {

Dues due(const Offer& row) {
  return row.status == OfferStatus::open ? Dues{{row.expires_at, &offer_ends}} : Dues{};
}

}  // namespace

constinit const RowType<Offer> Offer::type = RowAnswers<Offer>{
    .name = "offer",
    .fields = wire::offer_table,
    .key_fields = wire::uuid_key<OfferId>,
    .audiences = [](const State&,
                    const Offer& row) { return audiences_of_enterprise(row.enterprise); },
    .due = due,
    .finished =
        [](const Offer& row) {
          return row.status == OfferStatus::open ? never : to_instant(row.block.date, row.end);
        },
    .indexes = no_indexes<Offer>,
    .owner = [](const Offer& row) { return owner_of(row.enterprise); },
    .history = HistoryOf<Offer>{[](const Offer& row) -> SlugText { return row.block.service; }},
};

}  // namespace yuanyue
