// Fields and limits of outcomes, rejections and deadlines. Private to core/wire.
#pragma once

#include "core/engine/outcome.h"
#include "core/wire/booking_tables.h"

namespace yuanyue::wire {

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

inline constexpr Field deadline_step_fields[] = {
    YUANYUE_FIELD(DeadlineStepText, counted, boolean()),
    YUANYUE_FIELD(DeadlineStepText, date, date()),
    YUANYUE_FIELD(DeadlineStepText, day, enumerator<DayReason>(day_reason_names)),
    YUANYUE_FIELD(DeadlineStepText, name, text(0, max_name_bytes)),
    YUANYUE_FIELD(DeadlineStepText, number, integer<int>(0, 1000)),
    YUANYUE_FIELD(DeadlineStepText, provisional, boolean()),
    YUANYUE_FIELD(DeadlineStepText, reason, text(1, 50)),
};
static_assert(ascending(deadline_step_fields));
inline constexpr StructTable deadline_step_table{deadline_step_fields};
inline constexpr auto deadline_step_codec = object<DeadlineStepText>(deadline_step_table);

inline constexpr Field deadline_fields[] = {
    YUANYUE_FIELD(DeadlineText, appointment_day, date()),
    YUANYUE_FIELD(DeadlineText, closes_at, instant_text()),
    YUANYUE_FIELD(DeadlineText, last_day, date()),
    YUANYUE_FIELD(DeadlineText, provisional, boolean()),
    YUANYUE_FIELD(DeadlineText, rule, notice_rule_codec),
    YUANYUE_FIELD(DeadlineText, steps, list(deadline_step_codec, 0, 1000)),
};
static_assert(ascending(deadline_fields));
inline constexpr StructTable deadline_table{deadline_fields};

void encode_deadline(const Codec& codec, const void* value, std::string& out);
bool decode_deadline(const Codec& codec, JsonValue json, void* value, DecodeContext& context);
inline constexpr CodecOf<Deadline> deadline_codec{
    {.encode = encode_deadline, .decode = decode_deadline}};

inline constexpr Field way_forward_fields[] = {
    YUANYUE_FIELD(WayForward, block, optional(block_key_codec)),
    YUANYUE_FIELD(WayForward, booking, uuid_or_none<BookingId>()),
    YUANYUE_FIELD(WayForward, entry, uuid_or_none<WaitlistEntryId>()),
    YUANYUE_FIELD(WayForward, free_seats, seats_codec),
    YUANYUE_FIELD(WayForward, kind, enumerator<WayKind>(way_kind_names)),
};
static_assert(ascending(way_forward_fields));
inline constexpr StructTable way_forward_table{way_forward_fields};
inline constexpr auto way_forward_codec = object<WayForward>(way_forward_table);

inline constexpr auto day_reason_codec = enumerator<DayReason>(day_reason_names);
inline constexpr auto instant_codec = instant();

inline constexpr Field rejection_fields[] = {
    YUANYUE_FIELD(Rejection, at, optional(instant_codec)),
    YUANYUE_FIELD(Rejection, block, optional(block_key_codec)),
    YUANYUE_FIELD(Rejection, booking, uuid_or_none<BookingId>()),
    YUANYUE_FIELD(Rejection, code, enumerator<RejectionCode>(rejection_code_names)),
    YUANYUE_FIELD(Rejection, deadline, optional(deadline_codec)),
    YUANYUE_FIELD(Rejection, entry, uuid_or_none<WaitlistEntryId>()),
    YUANYUE_FIELD(Rejection, field, text(0, max_name_bytes)),
    YUANYUE_FIELD(Rejection, limit, integer<int>(0, 1'000'000)),
    YUANYUE_FIELD(Rejection, reason, optional(day_reason_codec)),
    YUANYUE_FIELD(Rejection, reason_name, text(0, max_note_bytes)),
    YUANYUE_FIELD(Rejection, ways, list(way_forward_codec, 0, 100)),
};
static_assert(ascending(rejection_fields));
inline constexpr StructTable rejection_table{rejection_fields};
inline constexpr auto rejection_codec = object<Rejection>(rejection_table);

inline constexpr Field row_change_fields[] = {
    YUANYUE_FIELD(RowChange, after, optional(row_codec)),
    YUANYUE_FIELD(RowChange, before, optional(row_codec)),
};
static_assert(ascending(row_change_fields));
inline constexpr StructTable row_change_table{row_change_fields};
inline constexpr auto row_change_codec = object<RowChange>(row_change_table);

inline constexpr Field outcome_fields[] = {
    YUANYUE_FIELD(Outcome, changes, list(row_change_codec, 0, 1'000'000)),
    YUANYUE_FIELD(Outcome, ledger, list(ledger_entry_codec, 0, 1'000'000)),
};
static_assert(ascending(outcome_fields));
inline constexpr StructTable outcome_table{outcome_fields};
inline constexpr auto outcome_codec = object<Outcome>(outcome_table);

}  // namespace yuanyue::wire
