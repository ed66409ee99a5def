// Names of halls, services and days.
#pragma once

#include <string>
#include <string_view>

#include "web/app/app.h"

namespace yuanyue::web::app {

const Hall* hall_of(const App& app, const ServiceId& service);
std::string service_name(const App& app, const ServiceId& service);  // the id where it is unknown
std::string hall_name(const App& app, const ServiceId& service);
// 国庆节、中秋节, in the language in use. `name` is the calendar's.
std::string holiday_name(const App& app, std::string_view name);
// Why a day is open or not: 周末 · 国庆节 · 本厅停办(台风).
std::string day_reason_text(const App& app, DayReason reason, std::string_view name);

}  // namespace yuanyue::web::app
