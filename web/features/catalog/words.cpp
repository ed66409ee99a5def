#include "web/features/catalog/words.h"

#include <array>

#include "core/calendar/hall_calendar.h"

namespace yuanyue::web::app {
namespace {

struct Holiday {
  std::string_view name;  // as the State Council's notices have it
  std::string_view key;
};
constexpr std::array holidays{
    Holiday{"元旦", "holiday.new_year"},
    Holiday{"春节", "holiday.spring_festival"},
    Holiday{"清明节", "holiday.qingming"},
    Holiday{"劳动节", "holiday.labour_day"},
    Holiday{"“五一”国际劳动节", "holiday.labour_day"},
    Holiday{"“五一”", "holiday.labour_day"},
    Holiday{"端午节", "holiday.dragon_boat"},
    Holiday{"中秋节", "holiday.mid_autumn"},
    Holiday{"国庆节", "holiday.national_day"},
    Holiday{"“十一”", "holiday.national_day"},
    Holiday{"抗日战争暨世界反法西斯战争胜利70周年纪念日", "holiday.victory_day"},
};

// A name that a later notice brings is shown as it is.
std::string one_holiday(const App& app, std::string_view name) {
  for (const Holiday& holiday : holidays) {
    if (holiday.name == name) return app.t(holiday.key);
  }
  return std::string(name);
}

}  // namespace

const Hall* hall_of(const App& app, const ServiceId& service) {
  const Service* found = app.state().find(service);
  return found == nullptr ? nullptr : app.state().find(found->hall);
}

std::string holiday_name(const App& app, std::string_view name) {
  constexpr std::string_view separator = "、";
  std::string told;
  for (std::string_view rest = name;;) {
    const std::size_t end = rest.find(separator);
    if (!told.empty()) told += app.t("holiday.separator");
    told += one_holiday(app, rest.substr(0, end));
    if (end == std::string_view::npos) return told;
    rest.remove_prefix(end + separator.size());
  }
}

std::string service_name(const App& app, const ServiceId& service) {
  const Service* found = app.state().find(service);
  return std::string(found == nullptr ? service.view() : app.t(found->name));
}

std::string hall_name(const App& app, const ServiceId& service) {
  const Hall* hall = hall_of(app, service);
  return hall == nullptr ? std::string() : std::string(app.t(hall->name));
}

std::string day_reason_text(const App& app, DayReason reason, std::string_view name) {
  std::string plain = app.t("day_reason." + std::string(reason_code(reason)));
  if (name.empty()) return plain;
  if (reason == DayReason::holiday) return holiday_name(app, name);
  const std::string told =
      reason == DayReason::makeup_workday ? holiday_name(app, name) : std::string(name);
  return app.t("day_reason.named", {{"reason", plain}, {"name", told}});
}

}  // namespace yuanyue::web::app
