// What can be done instead when an appointment cannot be had or changed.
#pragma once

#include <array>

#include "core/appointments/kinds.h"
#include "core/kernel/refusals.h"
#include "web/app/words.h"

namespace yuanyue::web::app {

// The booking that would be moved; none: a new seat.
BookingId moved_booking(const RefusedCommand& refusal, const WayForward& way);

std::string choose_block_label(const App& app, const RefusedCommand& refusal,
                               const WayForward& way);
std::string join_waitlist_label(const App& app, const RefusedCommand& refusal,
                                const WayForward& way);
std::string choose_other_day_label(const App& app, const RefusedCommand& refusal,
                                   const WayForward& way);
std::string emergency_label(const App& app, const RefusedCommand& refusal, const WayForward& way);
std::string view_booking_label(const App& app, const RefusedCommand& refusal,
                               const WayForward& way);
std::string view_entry_label(const App& app, const RefusedCommand& refusal, const WayForward& way);
std::string leave_waitlist_label(const App& app, const RefusedCommand& refusal,
                                 const WayForward& way);
std::string choose_other_service_label(const App& app, const RefusedCommand& refusal,
                                       const WayForward& way);

// A new refusal is shown in a dialog.
void take_block(App& app, const RefusedCommand& refusal, const WayForward& way);
void wait_for_block(App& app, const RefusedCommand& refusal, const WayForward& way);
void choose_other_day(App& app, const RefusedCommand& refusal, const WayForward& way);
void draw_emergency_channel(App& app, const RefusedCommand& refusal, const WayForward& way);
void view_booking(App& app, const RefusedCommand& refusal, const WayForward& way);
// The entry's page asks once before it leaves.
void view_entry(App& app, const RefusedCommand& refusal, const WayForward& way);
void choose_other_service(App& app, const RefusedCommand& refusal, const WayForward& way);

// The hall's telephone and what to say there; `booking` may be null. For changes that self-service
// cannot do.
void emergency_channel(App& app, const Hall& hall, const Booking* booking);

inline constexpr std::array appointment_ways{
    WayWords{.kind = &ways::choose_block,
             .icon = ui::Icon::calendar,
             .place = WayPlace::nearest,
             .choice = WayChoice::here,
             .label = choose_block_label,
             .follow = take_block},
    WayWords{.kind = &ways::join_waitlist,
             .icon = ui::Icon::queue,
             .place = WayPlace::other,
             .choice = WayChoice::leads,
             .label = join_waitlist_label,
             .follow = wait_for_block},
    WayWords{.kind = &ways::choose_other_day,
             .icon = ui::Icon::calendar,
             .place = WayPlace::other,
             .choice = WayChoice::here,
             .label = choose_other_day_label,
             .follow = choose_other_day},
    WayWords{.kind = &ways::emergency_channel,
             .icon = ui::Icon::phone,
             .place = WayPlace::other,
             .choice = WayChoice::unfolds,
             .label = emergency_label,
             .follow = draw_emergency_channel},
    WayWords{.kind = &ways::view_booking,
             .icon = ui::Icon::ticket,
             .place = WayPlace::other,
             .choice = WayChoice::leads,
             .label = view_booking_label,
             .follow = view_booking},
    WayWords{.kind = &ways::view_entry,
             .icon = ui::Icon::queue,
             .place = WayPlace::other,
             .choice = WayChoice::leads,
             .label = view_entry_label,
             .follow = view_entry},
    WayWords{.kind = &ways::leave_waitlist,
             .icon = ui::Icon::logout,
             .place = WayPlace::other,
             .choice = WayChoice::leads,
             .label = leave_waitlist_label,
             .follow = view_entry},
    WayWords{.kind = &ways::choose_other_service,
             .icon = ui::Icon::list,
             .place = WayPlace::other,
             .choice = WayChoice::leads,
             .label = choose_other_service_label,
             .follow = choose_other_service},
};

}  // namespace yuanyue::web::app
