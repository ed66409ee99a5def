// Fields and limits of the catalog, and of the command that saves it.
#pragma once

#include "core/catalog/calendar_tables.h"
#include "core/catalog/save_catalog.h"

namespace yuanyue::wire {

// --- times and texts ---------------------------------------------------------------------------

inline constexpr auto time_span_fields =
    fields_of(YUANYUE_FIELD(TimeSpan, end, time_of_day_codec()),
              YUANYUE_FIELD(TimeSpan, start, time_of_day_codec()));
inline constexpr TableOf time_span_table{time_span_fields, checked_by<check_time_span>};
inline constexpr auto time_span_codec = object<TimeSpan>(time_span_table);

inline constexpr auto name_fields = fields_of(YUANYUE_FIELD(Text, en, name(0, max_name_bytes)),
                                              YUANYUE_FIELD(Text, zh, name(1, max_name_bytes)));
inline constexpr TableOf name_table{name_fields};
inline constexpr auto name_codec = object<Text>(name_table);

// May be empty in both languages.
inline constexpr auto summary_fields =
    fields_of(YUANYUE_FIELD(Text, en, text(0, max_summary_bytes)),
              YUANYUE_FIELD(Text, zh, text(0, max_summary_bytes)));
inline constexpr TableOf summary_table{summary_fields};
inline constexpr auto summary_codec = object<Text>(summary_table);

// --- parks, halls, departments -----------------------------------------------------------------

inline constexpr auto park_fields = fields_of(
    YUANYUE_FIELD(Park, id, slug<ParkId>()), YUANYUE_FIELD(Park, name, name_codec),
    YUANYUE_FIELD(Park, retention_days,
                  integer_or_usual<usual_retention_days>(min_retention_days, max_retention_days)));
inline constexpr TableOf park_table{park_fields};
inline constexpr auto park_codec = object<Park>(park_table);

inline constexpr auto day_hours_codec = list(time_span_codec, 0, max_spans_a_day);

inline constexpr auto hall_closure_fields =
    fields_of(YUANYUE_FIELD(HallClosure, date, date()),
              YUANYUE_FIELD(HallClosure, reason, name(0, max_name_bytes)));
inline constexpr TableOf hall_closure_table{hall_closure_fields};
inline constexpr auto hall_closure_codec = object<HallClosure>(hall_closure_table);

inline constexpr auto hall_extra_day_fields = fields_of(
    YUANYUE_FIELD(HallExtraDay, date, date()), YUANYUE_FIELD(HallExtraDay, hours, day_hours_codec),
    YUANYUE_FIELD(HallExtraDay, reason, name(0, max_name_bytes)));
inline constexpr TableOf hall_extra_day_table{hall_extra_day_fields};
inline constexpr auto hall_extra_day_codec = object<HallExtraDay>(hall_extra_day_table);

inline constexpr auto hall_schedule_fields =
    fields_of(YUANYUE_FIELD(HallSchedule, closures, list(hall_closure_codec, 0, max_hall_days)),
              YUANYUE_FIELD(HallSchedule, extra_days, list(hall_extra_day_codec, 0, max_hall_days)),
              YUANYUE_FIELD(HallSchedule, weekly_hours, fixed_list<7>(day_hours_codec)));
inline constexpr TableOf hall_schedule_table{hall_schedule_fields, checked_by<check_hall_schedule>};

inline constexpr auto hall_fields =
    fields_of(YUANYUE_FIELD(Hall, address, summary_codec), YUANYUE_FIELD(Hall, id, slug<HallId>()),
              YUANYUE_FIELD(Hall, name, name_codec), YUANYUE_FIELD(Hall, park, slug<ParkId>()),
              YUANYUE_FIELD(Hall, phone, text(0, max_phone_bytes)),
              YUANYUE_FIELD(Hall, schedule, object<HallSchedule>(hall_schedule_table)));
inline constexpr TableOf hall_table{hall_fields};
inline constexpr auto hall_codec = object<Hall>(hall_table);

inline constexpr auto department_fields = fields_of(
    YUANYUE_FIELD(Department, id, slug<DepartmentId>()),
    YUANYUE_FIELD(Department, name, name_codec), YUANYUE_FIELD(Department, park, slug<ParkId>()),
    YUANYUE_FIELD(Department, phone, text(0, max_phone_bytes)));
inline constexpr TableOf department_table{department_fields};
inline constexpr auto department_codec = object<Department>(department_table);

// --- services ----------------------------------------------------------------------------------

inline constexpr auto material_fields = fields_of(YUANYUE_FIELD(Material, name, name_codec),
                                                  YUANYUE_FIELD(Material, note, summary_codec),
                                                  YUANYUE_FIELD(Material, required, boolean()));
inline constexpr TableOf material_table{material_fields};
inline constexpr auto material_codec = object<Material>(material_table);

inline constexpr auto template_block_fields =
    fields_of(YUANYUE_FIELD(TemplateBlock, capacity, integer<int>(0, max_block_capacity)),
              YUANYUE_FIELD(TemplateBlock, emergency_reserve, integer<int>(0, max_block_capacity)),
              YUANYUE_FIELD(TemplateBlock, span, time_span_codec),
              YUANYUE_FIELD(TemplateBlock, weekdays, integer<std::uint8_t>(0, 127)));
inline constexpr TableOf template_block_table{template_block_fields,
                                              checked_by<check_template_block>};
inline constexpr auto template_block_codec = object<TemplateBlock>(template_block_table);

inline constexpr auto service_policy_fields = fields_of(
    YUANYUE_FIELD(ServicePolicy, cutoff_ms, integer<std::int64_t>(0, max_cutoff_ms)),
    YUANYUE_FIELD(ServicePolicy, hold_min_ms,
                  integer<std::int64_t>(min_hold_min_ms, max_hold_min_ms)),
    YUANYUE_FIELD(ServicePolicy, hold_ms, integer<std::int64_t>(0, max_hold_ms)),
    YUANYUE_FIELD(ServicePolicy, max_changes, integer<int>(0, max_max_changes)),
    YUANYUE_FIELD(ServicePolicy, max_open, integer<int>(min_max_open, max_max_open)),
    YUANYUE_FIELD(ServicePolicy, max_waiting, integer<int>(0, max_max_waiting)),
    YUANYUE_FIELD(ServicePolicy, max_waitlist_entries, integer<int>(0, max_max_waitlist_entries)),
    YUANYUE_FIELD(ServicePolicy, notice, notice_rule_codec),
    YUANYUE_FIELD(ServicePolicy, promote_after_business_days,
                  integer<int>(0, max_promote_after_business_days)),
    YUANYUE_FIELD(ServicePolicy, reserve_release_ms,
                  integer<std::int64_t>(0, max_reserve_release_ms)),
    YUANYUE_FIELD(ServicePolicy, undo_ms, integer<std::int64_t>(0, max_undo_ms)),
    YUANYUE_FIELD(ServicePolicy, window_days, integer<int>(min_window_days, max_window_days)));
inline constexpr TableOf service_policy_table{service_policy_fields};

inline constexpr auto service_fields = fields_of(
    YUANYUE_FIELD(Service, active, boolean()),
    YUANYUE_FIELD(Service, department, slug<DepartmentId>()),
    YUANYUE_FIELD(Service, hall, slug<HallId>()), YUANYUE_FIELD(Service, id, slug<ServiceId>()),
    YUANYUE_FIELD(Service, materials, list(material_codec, 0, max_materials)),
    YUANYUE_FIELD(Service, name, name_codec),
    YUANYUE_FIELD(Service, policy, object<ServicePolicy>(service_policy_table)),
    YUANYUE_FIELD(Service, statutory_business_days, integer<int>(0, max_statutory_business_days)),
    YUANYUE_FIELD(Service, steps, list(name_codec, 0, max_steps)),
    YUANYUE_FIELD(Service, summary, summary_codec),
    YUANYUE_FIELD(Service, weekly, list(template_block_codec, 0, max_template_lines)));
inline constexpr TableOf service_table{service_fields, checked_by<check_service>};
inline constexpr auto service_codec = object<Service>(service_table);

inline constexpr auto save_catalog_fields =
    fields_of(YUANYUE_FIELD(SaveCatalog, departments, list(department_codec, 0, 100)),
              YUANYUE_FIELD(SaveCatalog, halls, list(hall_codec, 0, 50)),
              YUANYUE_FIELD(SaveCatalog, parks, list(park_codec, 0, 10)),
              YUANYUE_FIELD(SaveCatalog, services, list(service_codec, 0, 500)));
inline constexpr TableOf save_catalog_table{save_catalog_fields};

}  // namespace yuanyue::wire
