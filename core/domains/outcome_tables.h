// Fields and limits of outcomes, ledger entries and refusals.
#pragma once

#include "core/kernel/any_codec.h"
#include "core/kernel/kind_codec.h"
#include "core/kernel/outcome.h"
#include "core/wire/text_limits.h"

namespace yuanyue::wire {

inline constexpr auto ledger_entry_fields =
    fields_of(YUANYUE_FIELD(LedgerEntry, actor, uuid_or_none<UserId>()),
              YUANYUE_FIELD(LedgerEntry, at, instant()),
              YUANYUE_FIELD(LedgerEntry, command, uuid_or_none<CommandId>()),
              YUANYUE_FIELD(LedgerEntry, enterprise, uuid_or_none<EnterpriseId>()),
              YUANYUE_FIELD(LedgerEntry, id, uuid<LedgerEntryId>()),
              YUANYUE_FIELD(LedgerEntry, kind, kind_codec<Event>),
              YUANYUE_FIELD(LedgerEntry, note, text(0, max_note_bytes)));
inline constexpr Flattened ledger_entry_detail = flattened<&LedgerEntry::kind>("kind");
inline constexpr TableOf ledger_entry_table{ledger_entry_fields, ledger_entry_detail};
inline constexpr auto ledger_entry_codec = object<LedgerEntry>(ledger_entry_table);

inline constexpr auto way_forward_fields =
    fields_of(YUANYUE_FIELD(WayForward, kind, kind_codec<Way>));
inline constexpr Flattened way_forward_detail = flattened<&WayForward::kind>("kind");
inline constexpr TableOf way_forward_table{way_forward_fields, way_forward_detail};
inline constexpr auto way_forward_codec = object<WayForward>(way_forward_table);

inline constexpr auto rejection_fields =
    fields_of(YUANYUE_FIELD(Rejection, code, kind_codec<RefusalOf>),
              YUANYUE_FIELD(Rejection, ways, list(way_forward_codec, 0, 100)));
inline constexpr Flattened rejection_detail = flattened<&Rejection::code>("code");
inline constexpr TableOf rejection_table{rejection_fields, rejection_detail};
inline constexpr auto rejection_codec = object<Rejection>(rejection_table);

// A change and an outcome as they stand in JSON.
struct RowChangeText {
  AnyRow before;
  AnyRow after;
  bool archived = false;
};
struct OutcomeText {
  std::vector<RowChangeText> changes;
  std::vector<LedgerEntry> ledger;
};
inline bool row_is_absent(const void* row) { return !*static_cast<const AnyRow*>(row); }
inline constexpr CodecOf<AnyRow> row_or_none_codec{
    {.encode = encode_row, .decode = decode_row, .is_absent = row_is_absent}};

inline constexpr auto row_change_fields =
    fields_of(YUANYUE_FIELD(RowChangeText, after, row_or_none_codec),
              YUANYUE_FIELD(RowChangeText, archived, true_or_absent()),
              YUANYUE_FIELD(RowChangeText, before, row_or_none_codec));
inline constexpr TableOf row_change_table{row_change_fields};
inline constexpr auto row_change_codec = object<RowChangeText>(row_change_table);

inline constexpr auto outcome_fields =
    fields_of(YUANYUE_FIELD(OutcomeText, changes, list(row_change_codec, 0, 1'000'000)),
              YUANYUE_FIELD(OutcomeText, ledger, list(ledger_entry_codec, 0, 1'000'000)));
inline constexpr TableOf outcome_table{outcome_fields};
inline constexpr auto outcome_codec = object<OutcomeText>(outcome_table);

}  // namespace yuanyue::wire
