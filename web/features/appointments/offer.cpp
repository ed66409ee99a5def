// A freed seat held for the enterprise: take it or leave it, while the time runs.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "core/appointments/answer_offer.h"
#include "core/appointments/booking_code.h"
#include "core/appointments/booking_rules.h"
#include "core/appointments/join_waitlist.h"
#include "core/appointments/names.h"
#include "web/app/app.h"
#include "web/app/explain.h"
#include "web/app/sync_words.h"
#include "web/features/appointments/notice_words.h"
#include "web/features/appointments/offer_card.h"
#include "web/features/appointments/pages.h"
#include "web/features/appointments/rows.h"
#include "web/features/messages/unread.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

struct OfferState {
  bool auto_accept = false;
  bool decline_open = false;
  std::optional<RefusedCommand> refusal;
};

// The waiting entries for the same service that "accept by itself from now on" would concern.
std::vector<WaitlistEntry> entries_to_automate(const App& app, const Offer& offer, bool declining) {
  std::vector<WaitlistEntry> rows;
  for (const WaitlistEntry* entry : open_entries(app)) {
    if (entry->service != offer.block.service || entry->auto_accept) continue;
    if (entry->id == offer.entry) {
      // It waits on only when the offer is declined and other blocks are left.
      if (declining && entry->blocks.size() > 1) rows.push_back(*entry);
    } else if (entry->status == WaitlistStatus::waiting) {
      rows.push_back(*entry);
    }
  }
  return rows;
}

void automate(App& app, const std::vector<WaitlistEntry>& before) {
  for (const WaitlistEntry& entry : before) {
    const WaitlistEntry* now = app.state().find(entry.id);
    if (now == nullptr || now->status != WaitlistStatus::waiting) continue;
    AnyCommand command = ChangeWaitlistEntry{now->id, seen(*now), now->wishes, true};
    const Submitted submitted = app.submit(command);
    if (!submitted) app.show_refusal({std::move(command), *submitted.rejection});
  }
}

// Its messages have done their work.
void mark_offer_read(App& app, const Offer& offer) {
  std::vector<NotificationId> unread;
  app.state().for_each<Notification>([&](const Notification& row) {
    if (about(row).offer == offer.id && row.read_at.ms == 0) unread.push_back(row.id);
  });
  mark_read(app, unread);
}

void answer(App& app, OfferState& mine, const Offer& offer, AnyCommand command, bool declining) {
  const std::vector<WaitlistEntry> entries =
      mine.auto_accept ? entries_to_automate(app, offer, declining) : std::vector<WaitlistEntry>{};
  const Submitted submitted = app.submit(command);
  if (!submitted) {
    mine.refusal = RefusedCommand{std::move(command), *submitted.rejection};
    return;
  }
  mine.refusal.reset();
  automate(app, entries);
  mark_offer_read(app, offer);
  app.say_done("offer-answered", [&app, declining] {
    return app.t(declining ? "offer.declined_toast" : "offer.accepted_toast");
  });
}

void ask_decline(App& app, OfferState& mine, const Offer& offer) {
  const WaitlistEntry* entry = app.state().find(offer.entry);
  const bool waits_on = entry != nullptr && entry->blocks.size() > 1;
  const std::string title =
      app.t("offer.decline_title", {{"block", app.format().block(offer.block, offer.end)}});
  const ui::Confirmation confirmation =
      ui::confirm_dialog({.title = title,
                          .text = app.t(waits_on ? "offer.decline_waits_on" : "offer.decline_ends"),
                          .confirm_label = app.t("offer.decline"),
                          .cancel_label = app.t("offer.think"),
                          .key = "decline-offer"},
                         mine.decline_open);
  if (confirmation == ui::Confirmation::confirmed) {
    answer(app, mine, offer, DeclineOffer{offer.id}, true);
  }
}

void open_offer(App& app, OfferState& mine, const Offer& offer) {
  ui::card({.key = "offer", .name = app.t("offer.title"), .tone = ui::Tone::info}, [&] {
    offer_facts(app, offer);
    if (!entries_to_automate(app, offer, true).empty()) {
      const bool concerns_others = !entries_to_automate(app, offer, false).empty();
      ui::checkbox({.label = app.t("offer.auto_accept"),
                    .help = app.t(concerns_others ? "offer.auto_accept_help"
                                                  : "offer.auto_accept_if_declined"),
                    .key = "auto"},
                   mine.auto_accept);
    }
    ui::actions([&] {
      if (ui::button({.label = app.t("offer.accept"),
                      .kind = ui::ButtonKind::primary,
                      .icon = ui::Icon::check,
                      .key = "accept"})) {
        const AcceptOffer accept{offer.id, place_of(app.state(), offer.swap_booking)};
        answer(app, mine, offer, accept, false);
      }
      if (ui::button({.label = app.t("offer.decline"), .key = "decline"})) mine.decline_open = true;
    });
  });
  ui::caption(app.t("offer.silence"));
  ask_decline(app, mine, offer);
}

// The seat that came of an accepted offer.
const Booking* accepted_booking(const App& app, const Offer& offer) {
  if (const Booking* swapped = app.state().find(offer.swap_booking)) return swapped;
  for (const Booking* booking : upcoming_bookings(app)) {
    if (booking->block == offer.block) return booking;
  }
  return nullptr;
}

void closed_offer(App& app, const Offer& offer, OfferStatus status) {
  const bool accepted = status == OfferStatus::accepted;
  const Booking* booking = accepted ? accepted_booking(app, offer) : nullptr;
  const std::string name(wire::name_of(status));
  const std::string block = app.format().block(offer.block, offer.end);
  ui::banner(
      {.title = app.t("offer_status." + name),
       .text = app.t("offer_status_text." + name, {{"block", block}}),
       .tone = accepted ? ui::Tone::success : ui::Tone::neutral,
       .key = "closed"},
      [&] {
        ui::row([&] {
          if (booking != nullptr) {
            const std::string code = display_booking_code(booking->code);
            ui::button({.label = app.t("way.view_booking", {{"code", code}}),
                        .kind = ui::ButtonKind::primary,
                        .key = "booking",
                        .href = href(booking_page, booking->code)});
          } else {
            ui::button({.label = app.t("way.view_entry"),
                        .key = "entry",
                        .href = href(waitlist_entry_page, to_string(offer.entry))});
          }
          ui::button({.label = app.t("nav.home"), .key = "home", .href = href(app.site().home)});
          pending_badge(app, offer.id);
        });
      });
}

void missing(App& app) {
  ui::empty_state(
      {.icon = ui::Icon::hourglass,
       .title = app.t("offer.missing_title"),
       .text = app.t("offer.missing_text")},
      [&] {
        ui::button(
            {.label = app.t("waitlist.to_list"), .key = "list", .href = href(waitlist_page)});
      });
}

}  // namespace

void offer_view(App& app) {
  auto& mine = app.view_state<OfferState>();
  // A copy: commands given below change the row.
  const Offer* found = app.loading() ? nullptr : find_offer(app, app.route().argument);
  const std::optional<Offer> offer = found == nullptr ? std::nullopt : std::optional<Offer>(*found);
  const bool open = offer && offer->status == OfferStatus::open && app.now() < offer->expires_at;
  ui::page({.title = app.t(open ? "offer.title" : "title.offer"),
            .back_label = app.t("title.home"),
            .back_href = href(app.site().home),
            .width_max = 720},
           [&] {
             if (app.loading()) return ui::skeleton({.shape = ui::SkeletonShape::card});
             if (!offer) return missing(app);
             if (mine.refusal && explain(app, RefusedCommand(*mine.refusal))) mine.refusal.reset();
             if (offer->status != OfferStatus::open) {
               return closed_offer(app, *offer, offer->status);
             }
             if (app.now() >= offer->expires_at) {
               return closed_offer(app, *offer, OfferStatus::expired);
             }
             app.redraw_at(offer->expires_at);
             open_offer(app, mine, *offer);
           });
}

}  // namespace yuanyue::web::app
