// The next appointment and until when it can be changed, then what waits for an answer, then the
// rest.
#include <algorithm>
#include <optional>
#include <string>
#include <unordered_set>

#include "core/appointments/booking_code.h"
#include "core/appointments/booking_rules.h"
#include "core/appointments/cancel_booking.h"
#include "core/messages/inbox.h"
#include "web/app/app.h"
#include "web/app/explain.h"
#include "web/app/words.h"
#include "web/features/appointments/offer_card.h"
#include "web/features/appointments/pages.h"
#include "web/features/appointments/parts.h"
#include "web/features/appointments/rows.h"
#include "web/features/appointments/waitlist_parts.h"
#include "web/features/appointments/words.h"
#include "web/features/catalog/words.h"
#include "web/features/home/pages.h"
#include "web/features/messages/pages.h"
#include "web/features/messages/unread.h"
#include "web/features/people/pages.h"
#include "web/features/sync/conflict_card.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

constexpr std::size_t messages_shown = 3;
constexpr std::size_t conflicts_shown = 2;
constexpr std::size_t past_shown = 3;

struct HomeState {
  std::unordered_set<Uuid, IdHash> unfolded;  // bookings whose deadline is explained
  BookingId cancelling;
  BlockKey seen_at;  // where it was when the question was asked
  bool cancel_open = false;
  std::optional<RefusedCommand> refusal;
  BookingId refused;  // whose card shows it
};

void ask_cancel(App& app, HomeState& mine) {
  const Booking* booking = app.state().find(mine.cancelling);
  if (booking == nullptr) return;
  const std::string block = app.format().block(booking->block, booking->end);
  const std::string title =
      app.t("home.cancel_title",
            {{"service", service_name(app, booking->block.service)}, {"block", block}});
  const bool can_move = !check_can_reschedule(app.state(), *booking, app.now());
  const ui::Confirmation answer =
      ui::confirm_dialog({.title = title,
                          .text = app.t(can_move ? "home.cancel_text" : "home.cancel_text_closed"),
                          .confirm_label = app.t("home.cancel"),
                          .cancel_label = app.t("home.keep"),
                          .key = "cancel-booking"},
                         mine.cancel_open);
  if (answer != ui::Confirmation::confirmed) return;
  const BookingId id = booking->id;
  const BlockKey key = booking->block;
  const TimeOfDay end = booking->end;
  AnyCommand command = CancelBooking{id, mine.seen_at, {}};
  const Submitted submitted = app.submit(command);
  if (submitted) {
    app.say_done("cancelled", [&app, key, end] {
      return app.t("home.cancelled", {{"block", app.format().block(key, end)}});
    });
  } else {
    mine.refused = id;
    mine.refusal = RefusedCommand{std::move(command), *submitted.rejection};
  }
}

void want_cancel(App& app, HomeState& mine, const Booking& booking) {
  if (auto refusal = check_can_cancel(app.state(), booking, app.now())) {
    mine.refused = booking.id;
    mine.refusal =
        RefusedCommand{CancelBooking{booking.id, booking.block, {}}, *std::move(refusal)};
    return;
  }
  mine.cancelling = booking.id;
  mine.seen_at = booking.block;
  mine.cancel_open = true;
}

void booking_actions(App& app, HomeState& mine, const Booking& booking, bool is_next) {
  const std::string line = app.format().block(booking.block, booking.end);
  const bool closed = check_can_reschedule(app.state(), booking, app.now()).has_value();
  ui::actions([&] {
    const Service* service = app.state().find(booking.block.service);
    const bool active = service == nullptr || service->active;
    ui::button(
        {.label = app.t(active ? "home.change_time" : "booking.call_hall"),
         .kind = is_next && !closed ? ui::ButtonKind::primary : ui::ButtonKind::secondary,
         .icon = active ? ui::Icon::swap : ui::Icon::phone,
         .key = "change",
         .name = app.t(active ? "home.change_time_of" : "home.call_hall_of", {{"block", line}}),
         .href = href(reschedule_page, booking.code)});
    if (ui::button({.label = app.t("home.cancel"),
                    .kind = ui::ButtonKind::quiet,
                    .key = "cancel",
                    .name = app.t("home.cancel_of", {{"block", line}})})) {
      want_cancel(app, mine, booking);
    }
    ui::button({.label = app.t("home.details"),
                .kind = ui::ButtonKind::quiet,
                .key = "details",
                .name = app.t("home.details_of", {{"block", line}}),
                .href = href(booking_page, booking.code)});
  });
}

void booking_card(App& app, HomeState& mine, const Booking& booking, bool is_next) {
  const std::string service = service_name(app, booking.block.service);
  ui::card({.key = booking.code,
            .name = booking_line(app, booking),
            .tone = booking.needs_relocation ? ui::Tone::warning : ui::Tone::neutral},
           [&] {
             ui::column({.gap = 4}, [&] {
               ui::row([&] {
                 ui::title(service);
                 booking_badges(app, booking);
               });
               ui::paragraph(
                   app.format().block(booking.block, booking.end),
                   {.size = is_next ? ui::TextSize::title : ui::TextSize::large, .strong = true});
               ui::paragraph(
                   app.t("home.where_and_code", {{"hall", hall_name(app, booking.block.service)},
                                                 {"code", display_booking_code(booking.code)}}),
                   {.secondary = true});
             });
             bool open = mine.unfolded.contains(booking.id);
             deadline_disclosure(app, booking, open);
             if (open) mine.unfolded.insert(booking.id);
             if (!open) mine.unfolded.erase(booking.id);
             if (mine.refusal && mine.refused == booking.id) {
               if (explain(app, RefusedCommand(*mine.refusal))) mine.refusal.reset();
             }
             booking_actions(app, mine, booking, is_next);
           });
}

void no_bookings(App& app) {
  ui::empty_state({.icon = ui::Icon::calendar,
                   .title = app.t("home.no_bookings_title"),
                   .text = app.t("home.no_bookings_text")},
                  [&] {
                    ui::button({.label = app.t("home.book"),
                                .kind = ui::ButtonKind::primary,
                                .icon = ui::Icon::plus,
                                .key = "book",
                                .href = href(book_page)});
                  });
}

void offers(App& app) {
  const auto open = open_offers(app);
  if (open.empty()) return;
  ui::section({.title = app.t("home.offers"), .key = "offers"}, [&] {
    for (const Offer* offer : open) offer_card(app, *offer);
  });
}

void waitlist(App& app) {
  const std::string all = app.t("home.all_waitlist");
  ui::section({.title = app.t("home.waitlist"),
               .action_label = all,
               .action_href = href(waitlist_page),
               .key = "waitlist"},
              [&] {
                const auto entries = open_entries(app);
                if (entries.empty()) {
                  ui::card({.key = "none"},
                           [&] { ui::paragraph(app.t("home.no_waitlist"), {.secondary = true}); });
                }
                for (const WaitlistEntry* entry : entries) entry_link_card(app, *entry);
              });
}

// True when it was opened.
bool message_line(App& app, const Notification& row) {
  const std::string text = notification_text(app, row);
  const std::string route = notification_route(app, row);
  bool opened = false;
  ui::column({.gap = 2}, [&] {
    if (route.empty()) {
      ui::paragraph(text);
    } else {
      opened = ui::link({.label = text, .href = "#" + route, .key = "open"});
    }
    ui::caption(app.format().moment(row.at));
  });
  return opened;
}

void messages(App& app) {
  std::vector<const Notification*> unread;
  NotificationId opened;
  app.state().for_each<Notification>([&](const Notification& row) {
    if (is_unread(app.state(), row)) unread.push_back(&row);
  });
  std::ranges::sort(unread, [](auto* a, auto* b) { return b->at < a->at; });
  const std::string all = app.t("home.all_messages");
  ui::section({.title = app.t("home.messages"),
               .action_label = all,
               .action_href = href(inbox_page),
               .key = "messages"},
              [&] {
                ui::card({.key = "list", .gap = 12}, [&] {
                  if (unread.empty()) {
                    return ui::paragraph(app.t("home.no_messages"), {.secondary = true});
                  }
                  ui::list({.name = app.t("home.messages"), .key = "unread"}, [&] {
                    const std::size_t shown = std::min(unread.size(), messages_shown);
                    for (std::size_t i = 0; i < shown; ++i) {
                      ui::item(to_string(unread[i]->id), [&] {
                        if (message_line(app, *unread[i])) opened = unread[i]->id;
                      });
                    }
                  });
                });
              });
  if (opened) mark_read(app, {opened});
}

void past_item(App& app, const Booking& booking) {
  ui::item(booking.code, [&] {
    ui::row([&] {
      ui::link({.label = app.t("describe.service_and_block",
                               {{"service", service_name(app, booking.block.service)},
                                {"block", app.format().block(booking.block, booking.end)}}),
                .href = href(booking_page, booking.code)});
      booking_badges(app, booking);
    });
  });
}

void past(App& app) {
  const auto rows = past_bookings(app);
  if (rows.empty()) return;
  const std::string all = app.t("bookings.all");
  ui::section({.title = app.t("home.past"),
               .action_label = all,
               .action_href = href(bookings_page),
               .key = "past"},
              [&] {
                ui::card({.key = "list", .gap = 12}, [&] {
                  ui::list({.name = app.t("home.past"), .key = "rows"}, [&] {
                    const std::size_t shown = std::min(rows.size(), past_shown);
                    for (std::size_t i = 0; i < shown; ++i) past_item(app, *rows[i]);
                  });
                });
              });
}

void bookings_and_rest(App& app, HomeState& mine) {
  if (!app.conflicts().all().empty()) {
    ui::section({.title = app.t("conflict.title"), .key = "refused"},
                [&] { conflict_cards(app, conflicts_shown); });
  }
  const auto bookings = upcoming_bookings(app);
  const std::string all = app.t("bookings.all");
  ui::section({.title = app.t("home.next"),
               .action_label = all,
               .action_href = href(bookings_page),
               .key = "next"},
              [&] {
                if (bookings.empty()) return no_bookings(app);
                booking_card(app, mine, *bookings.front(), true);
              });
  offers(app);
  ui::split(
      {.first_weight = 1, .second_weight = 1, .first_width_min = 320}, [&] { waitlist(app); },
      [&] { messages(app); });
  const auto others = upcoming_bookings(app);  // a command may have been given meanwhile
  if (others.size() > 1) {
    ui::section({.title = app.t("home.others"), .key = "others"}, [&] {
      ui::grid({.column_width_min = 380, .columns_max = 2}, [&] {
        for (std::size_t i = 1; i < others.size(); ++i) booking_card(app, mine, *others[i], false);
      });
    });
  }
  past(app);
  ask_cancel(app, mine);
}

}  // namespace

void home_view(App& app) {
  auto& mine = app.view_state<HomeState>();
  const auto& enterprise = app.session().enterprise();
  ui::page({.title = enterprise ? enterprise->name : app.session().user().display_name}, [&] {
    if (app.loading()) {
      ui::skeleton({.shape = ui::SkeletonShape::card});
      return ui::skeleton({.shape = ui::SkeletonShape::list});
    }
    if (!app.enterprise()) {
      return ui::empty_state({.icon = ui::Icon::building,
                              .title = app.t("home.no_enterprise_title"),
                              .text = app.t("home.no_enterprise_text")},
                             [&] {
                               ui::button({.label = app.t("nav.account"),
                                           .icon = ui::Icon::user,
                                           .key = "account",
                                           .href = href(account_page)});
                             });
    }
    bookings_and_rest(app, mine);
  });
}

}  // namespace yuanyue::web::app
