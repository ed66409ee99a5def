#include "core/catalog/catalog_checks.h"

#include <algorithm>

#include "core/catalog/catalog.h"

namespace yuanyue::wire {
namespace {

std::string element(std::string_view list, std::size_t index, std::string_view member) {
  return std::string(list) + '[' + std::to_string(index) + ']' +
         (member.empty() ? "" : '.' + std::string(member));
}

bool inconsistent(DecodeContext& context, std::string_view path, std::string_view why) {
  return context.fail_at(path, DecodeErrorCode::inconsistent, std::string(why));
}

bool check_official_days(const CalendarYear& year, const std::vector<OfficialDay>& days,
                         std::string_view list, DecodeContext& context) {
  for (std::size_t i = 0; i < days.size(); ++i) {
    const OfficialDay& day = days[i];
    if (to_year_month_day(day.date).year != year.year) {
      return inconsistent(context, element(list, i, "date"), "not in the year");
    }
    if (i > 0 && !(days[i - 1].date < day.date)) {
      return inconsistent(context, element(list, i, "date"), "not ascending");
    }
    if (day.notice_year != 0 && day.notice_year != year.year - 1 &&
        day.notice_year != year.year + 1) {
      return inconsistent(context, element(list, i, "notice_year"), "not the year before or after");
    }
  }
  return true;
}

template <class Day>
bool dates_ascend(const std::vector<Day>& days, std::string_view list, DecodeContext& context) {
  for (std::size_t i = 1; i < days.size(); ++i) {
    if (!(days[i - 1].date < days[i].date)) {
      return inconsistent(context, element(list, i, "date"), "not ascending");
    }
  }
  return true;
}

bool spans_ascend(const std::vector<TimeSpan>& spans, const std::string& list,
                  DecodeContext& context) {
  for (std::size_t i = 1; i < spans.size(); ++i) {
    if (!(spans[i - 1].end < spans[i].start)) {
      return inconsistent(context, element(list, i, "start"), "not after the span before it");
    }
  }
  return true;
}

}  // namespace

bool check_calendar_year(const CalendarYear& year, DecodeContext& context) {
  if (!check_official_days(year, year.off, "off", context)) return false;
  if (!check_official_days(year, year.work, "work", context)) return false;
  for (std::size_t i = 0; i < year.work.size(); ++i) {
    const OfficialDay& day = year.work[i];
    const auto same_date = [&](const OfficialDay& other) { return other.date == day.date; };
    if (std::any_of(year.off.begin(), year.off.end(), same_date)) {
      return inconsistent(context, element("work", i, "date"), "both off and work");
    }
    if (!is_weekend(weekday_of(day.date)) && day.note.empty()) {
      return inconsistent(context, element("work", i, "date"), "a weekday without a note");
    }
  }
  for (std::size_t i = 0; i < year.papers.size(); ++i) {
    // Shown as links, so nothing but the web.
    const std::string& address = year.papers[i];
    if (!address.starts_with("https://") && !address.starts_with("http://")) {
      return context.fail_at(element("papers", i, ""), DecodeErrorCode::bad_format,
                             "a web address is wanted");
    }
  }
  return true;
}

bool check_time_span(const TimeSpan& span, DecodeContext& context) {
  return span.start < span.end || inconsistent(context, "end", "not after start");
}

bool check_hall_schedule(const HallSchedule& schedule, DecodeContext& context) {
  for (std::size_t day = 0; day < schedule.weekly_hours.size(); ++day) {
    if (!spans_ascend(schedule.weekly_hours[day], element("weekly_hours", day, ""), context))
      return false;
  }
  for (std::size_t i = 0; i < schedule.extra_days.size(); ++i) {
    if (!spans_ascend(schedule.extra_days[i].hours, element("extra_days", i, "hours"), context)) {
      return false;
    }
  }
  return dates_ascend(schedule.closures, "closures", context) &&
         dates_ascend(schedule.extra_days, "extra_days", context);
}

bool check_template_block(const TemplateBlock& block, DecodeContext& context) {
  return block.emergency_reserve <= block.capacity ||
         inconsistent(context, "emergency_reserve", "more than the capacity");
}

bool check_service(const Service& service, DecodeContext& context) {
  for (std::size_t i = 0; i < service.weekly.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      const TemplateBlock& a = service.weekly[k];
      const TemplateBlock& b = service.weekly[i];
      if ((a.weekdays & b.weekdays) != 0 && a.span.start == b.span.start) {
        return inconsistent(context, element("weekly", i, "span.start"), "twice on one weekday");
      }
    }
  }
  return true;
}

}  // namespace yuanyue::wire
