// What is said of notices about appointments, and where they lead.
#pragma once

#include <array>

#include "core/appointments/kinds.h"
#include "core/kernel/refusals.h"
#include "web/app/words.h"

namespace yuanyue::web::app {

// The detail of a notice of this domain.
const AppointmentNotice& about(const Notification& notification);

std::string say_notice(const App& app, std::string_view key, const Notification& notification);
// What no longer asks for anything is not told as if it did.
std::string say_offer_made(const App& app, std::string_view key, const Notification& notification);
std::string say_relocation_needed(const App& app, std::string_view key,
                                  const Notification& notification);
std::string route_of_booking(const App& app, const Notification& notification);
std::string route_of_entry(const App& app, const Notification& notification);
std::string route_of_offer(const App& app, const Notification& notification);

inline constexpr std::array appointment_notices{
    NoticeWords{.kind = &notices::offer_made,
                .icon = ui::Icon::hourglass,
                .key = "notification.offer_made",
                .say = say_offer_made,
                .route = route_of_offer},
    NoticeWords{.kind = &notices::offer_expired,
                .icon = ui::Icon::info,
                .key = "notification.offer_expired",
                .say = say_notice,
                .route = route_of_entry},
    NoticeWords{.kind = &notices::offer_withdrawn,
                .icon = ui::Icon::info,
                .key = "notification.offer_withdrawn",
                .say = say_notice,
                .route = route_of_entry},
    NoticeWords{.kind = &notices::auto_accepted,
                .icon = ui::Icon::success,
                .key = "notification.auto_accepted",
                .say = say_notice,
                .route = route_of_booking},
    NoticeWords{.kind = &notices::waitlist_ended,
                .icon = ui::Icon::info,
                .key = "notification.waitlist_ended",
                .say = say_notice,
                .route = route_of_entry},
    NoticeWords{.kind = &notices::tier_promoted,
                .icon = ui::Icon::chevron_up,
                .key = "notification.tier_promoted",
                .say = say_notice,
                .route = route_of_entry},
    NoticeWords{.kind = &notices::relocation_needed,
                .icon = ui::Icon::warning,
                .key = "notification.relocation_needed",
                .say = say_relocation_needed,
                .route = route_of_booking},
    NoticeWords{.kind = &notices::relocation_cleared,
                .icon = ui::Icon::success,
                .key = "notification.relocation_cleared",
                .say = say_notice,
                .route = route_of_booking},
};

}  // namespace yuanyue::web::app
