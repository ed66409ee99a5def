// What stands between this page and the server, and the refusals that any command may meet.
#pragma once

#include <array>

#include "core/kernel/refusals.h"
#include "web/app/words.h"
#include "web/features/sync/pages.h"

namespace yuanyue::web::app {

std::string say_field(const App& app, std::string_view key, const Rejection& rejection);
std::string refresh_label(const App& app, const RefusedCommand& refusal, const WayForward& way);
void look_again(App& app, const RefusedCommand& refusal, const WayForward& way);

inline constexpr std::array sync_pages{&outbox_page};
inline constexpr std::array sync_refusals{
    RefusalWords{.code = &refusals::not_permitted,
                 .title = "rejection.not_permitted",
                 .reason = "rejection_reason.not_permitted",
                 .say = say_plainly,
                 .more = nothing_more},
    RefusalWords{.code = &refusals::not_found,
                 .title = "rejection.not_found",
                 .reason = "rejection_reason.not_found",
                 .say = say_plainly,
                 .more = nothing_more},
    RefusalWords{.code = &refusals::already_exists,
                 .title = "rejection.already_exists",
                 .reason = "rejection_reason.already_exists",
                 .say = say_plainly,
                 .more = nothing_more},
    RefusalWords{.code = &refusals::invalid,
                 .title = "rejection.invalid",
                 .reason = "rejection_reason.invalid",
                 .say = say_field,
                 .more = nothing_more},
    RefusalWords{.code = &refusals::cannot_be_kept,
                 .title = "rejection.cannot_be_kept",
                 .reason = "rejection_reason.cannot_be_kept",
                 .say = say_plainly,
                 .more = nothing_more},
};
inline constexpr std::array sync_ways{
    WayWords{.kind = &ways::refresh,
             .icon = ui::Icon::refresh,
             .place = WayPlace::other,
             .choice = WayChoice::leads,
             .label = refresh_label,
             .follow = look_again},
};

inline constexpr Feature sync_feature{
    .pages = sync_pages, .refusals = sync_refusals, .ways = sync_ways};

}  // namespace yuanyue::web::app
