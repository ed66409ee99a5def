// Fields and limits of calendars and deadlines, and of the command that imports a year.
#pragma once

#include <string>
#include <vector>

#include "core/calendar/calendar_json.h"
#include "core/calendar/deadline.h"
#include "core/catalog/catalog_checks.h"
#include "core/catalog/catalog_limits.h"
#include "core/catalog/import_calendar_year.h"
#include "core/wire/field_table.h"
#include "core/wire/text_limits.h"

namespace yuanyue::wire {

inline constexpr std::string_view counting_list[] = {"include_appointment_day",
                                                     "exclude_appointment_day"};
inline constexpr Names counting_names{counting_list};
static_assert(ends_with(counting_names, Counting::exclude_appointment_day));

inline constexpr std::string_view day_reason_list[] = {
    "weekday", "weekend", "holiday", "makeup_workday", "hall_closed", "hall_extra_day"};
inline constexpr Names day_reason_names{day_reason_list};
static_assert(ends_with(day_reason_names, DayReason::hall_extra_day));

inline constexpr auto official_day_fields =
    fields_of(YUANYUE_FIELD(OfficialDay, date, date()),
              YUANYUE_FIELD(OfficialDay, name, name(1, max_day_name_bytes)),
              YUANYUE_FIELD(OfficialDay, note, text(0, max_calendar_text_bytes)),
              YUANYUE_FIELD(OfficialDay, notice_year, integer<int>(0, 2200)));
inline constexpr TableOf official_day_table{official_day_fields};
inline constexpr auto official_day_codec = object<OfficialDay>(official_day_table);
inline constexpr auto paper_codec = text(1, max_calendar_text_bytes);

inline constexpr auto calendar_year_fields =
    fields_of(YUANYUE_FIELD(CalendarYear, off, list(official_day_codec, 1, max_calendar_days)),
              YUANYUE_FIELD(CalendarYear, papers, list(paper_codec, 0, max_calendar_papers)),
              YUANYUE_FIELD(CalendarYear, pending, text(0, max_calendar_text_bytes)),
              YUANYUE_FIELD(CalendarYear, work, list(official_day_codec, 0, max_calendar_days)),
              YUANYUE_FIELD(CalendarYear, year, integer<int>(1970, 2199)));
inline constexpr TableOf calendar_year_table{calendar_year_fields, checked_by<check_calendar_year>};
inline constexpr auto calendar_year_codec = object<CalendarYear>(calendar_year_table);

// The row: the year's own fields.
inline constexpr TableOf<OfficialYear> official_year_table{calendar_year_table};
inline constexpr auto official_year_key_fields =
    fields_of(YUANYUE_FIELD(OfficialYearKey, year, integer<int>(1970, 2199)));
inline constexpr TableOf official_year_key_table{official_year_key_fields};

inline constexpr auto optional_time_codec_inner = time_of_day_codec();

inline constexpr auto notice_rule_fields =
    fields_of(YUANYUE_FIELD(NoticeRule, business_days, integer<int>(0, max_notice_business_days)),
              YUANYUE_FIELD(NoticeRule, closes_at, optional(optional_time_codec_inner)),
              YUANYUE_FIELD(NoticeRule, counting, enumerator<Counting>(counting_names)));
inline constexpr TableOf notice_rule_table{notice_rule_fields};
inline constexpr auto notice_rule_codec = object<NoticeRule>(notice_rule_table);

// A deadline as it stands in JSON: `reason` says in one word why the day counted or not, which
// depends on the rule; `day` is what the day is.
struct DeadlineStepText {
  Date date;
  bool counted = false;
  int number = 0;
  DayReason day = DayReason::weekday;
  std::string name;
  bool provisional = false;
  std::string reason;
};
struct DeadlineText {
  Date appointment_day;
  NoticeRule rule;
  Date last_day;
  Instant closes_at;
  bool provisional = false;
  std::vector<DeadlineStepText> steps;
};

inline constexpr auto deadline_step_fields =
    fields_of(YUANYUE_FIELD(DeadlineStepText, counted, boolean()),
              YUANYUE_FIELD(DeadlineStepText, date, date()),
              YUANYUE_FIELD(DeadlineStepText, day, enumerator<DayReason>(day_reason_names)),
              YUANYUE_FIELD(DeadlineStepText, name, text(0, max_name_bytes)),
              YUANYUE_FIELD(DeadlineStepText, number, integer<int>(0, 1000)),
              YUANYUE_FIELD(DeadlineStepText, provisional, boolean()),
              YUANYUE_FIELD(DeadlineStepText, reason, text(1, 50)));
inline constexpr TableOf deadline_step_table{deadline_step_fields};
inline constexpr auto deadline_step_codec = object<DeadlineStepText>(deadline_step_table);

inline constexpr auto deadline_fields =
    fields_of(YUANYUE_FIELD(DeadlineText, appointment_day, date()),
              YUANYUE_FIELD(DeadlineText, closes_at, instant_text()),
              YUANYUE_FIELD(DeadlineText, last_day, date()),
              YUANYUE_FIELD(DeadlineText, provisional, boolean()),
              YUANYUE_FIELD(DeadlineText, rule, notice_rule_codec),
              YUANYUE_FIELD(DeadlineText, steps, list(deadline_step_codec, 0, 1000)));
inline constexpr TableOf deadline_table{deadline_fields};

void encode_deadline(const Codec& codec, const void* value, std::string& out);
bool decode_deadline(const Codec& codec, JsonValue json, void* value, DecodeContext& context);
inline constexpr CodecOf<Deadline> deadline_codec{
    {.encode = encode_deadline, .decode = decode_deadline}};

inline constexpr auto import_calendar_year_fields =
    fields_of(YUANYUE_FIELD(ImportCalendarYear, force, boolean()),
              YUANYUE_FIELD(ImportCalendarYear, year, calendar_year_codec));
inline constexpr TableOf import_calendar_year_table{import_calendar_year_fields};

}  // namespace yuanyue::wire
