// The words of days and blocks in the time picker.
#pragma once

#include <string>

#include "web/features/appointments/time_picker.h"

namespace yuanyue::web::app {

// So few that it is worth saying in another colour.
constexpr bool is_few(int free_seats) { return free_seats <= 2; }

// Why a day without open blocks has none: 周末, 国庆节, 停办, 已截止.
std::string closed_day_label(const App& app, const DayStatus& status, bool no_blocks,
                             bool overridden);
// 余 3 个; 已满 · 候补 2 家; 为你保留到 11:00; why it cannot be chosen.
std::string block_detail(const App& app, const BlockChoice& choice, const Offer* offer);

}  // namespace yuanyue::web::app
