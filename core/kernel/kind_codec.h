// A kind and its detail in JSON: the detail's fields stand among those of the struct that has it.
#pragma once

#include "core/kernel/kind.h"
#include "core/wire/field_table.h"

namespace yuanyue::wire {

// Null: no domain that this program knows has such a kind.
template <class Kind>
const Kind* find_kind(std::string_view name);
template <>
const EventKindBase* find_kind<EventKindBase>(std::string_view name);
template <>
const NoticeKindBase* find_kind<NoticeKindBase>(std::string_view name);
template <>
const RefusalKindBase* find_kind<RefusalKindBase>(std::string_view name);
template <>
const WayKindBase* find_kind<WayKindBase>(std::string_view name);

template <class SaidKind>
void encode_kind(const Codec&, const void* value, std::string& out) {
  append_json_string(out, static_cast<const SaidKind*>(value)->name());
}
template <class SaidKind>
bool decode_kind(const Codec&, JsonValue json, void* value, DecodeContext& context) {
  const auto name = json.string();
  if (!name) return context.fail(DecodeErrorCode::wrong_type, "a string is wanted");
  const auto* kind = find_kind<typename SaidKind::Kind>(*name);
  if (kind == nullptr) return context.fail(DecodeErrorCode::unknown_value);
  *static_cast<SaidKind*>(value) = SaidKind(*kind);
  return true;
}
template <class SaidKind>
inline constexpr CodecOf<SaidKind> kind_codec{
    {.encode = encode_kind<SaidKind>, .decode = decode_kind<SaidKind>}};

template <class Member>
struct KindMember;
template <class Struct, class SaidKind>
struct KindMember<SaidKind Struct::*> {
  using Owner = Struct;
};
template <auto member>
inline constexpr auto detail_of = [](const void* value) -> Inner {
  using Owner = typename KindMember<decltype(member)>::Owner;
  const auto& said = static_cast<const Owner*>(value)->*member;
  return said ? Inner{&said.kind().table, said.get()} : Inner{};
};
// flattened<&LedgerEntry::kind>("kind"), where the field of that name is the kind's.
template <auto member>
consteval Flattened flattened(std::string_view key) {
  return {key, detail_of<member>};
}

}  // namespace yuanyue::wire
