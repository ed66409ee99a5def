#include "tests/core/support/field_kinds.h"

#include "core/kernel/kind_codec.h"

namespace yuanyue::worlds {
namespace {

struct KindOfCodec {
  decltype(wire::Codec::decode) decode;
  FieldKind kind;
};
// By the function that reads it: a text and a name are written by the same.
constexpr KindOfCodec kinds[] = {
    {wire::decode_object, FieldKind::object},
    {wire::decode_integer, FieldKind::integer},
    {wire::decode_boolean, FieldKind::boolean},
    {wire::decode_text, FieldKind::text},
    {wire::decode_name, FieldKind::name},
    {wire::decode_uuid, FieldKind::uuid},
    {wire::decode_slug, FieldKind::slug},
    {wire::decode_date, FieldKind::date},
    {wire::decode_time_of_day, FieldKind::time_of_day},
    {wire::decode_instant, FieldKind::instant},
    {wire::decode_enumerator, FieldKind::enumerator},
    {wire::decode_list, FieldKind::list},
    {wire::decode_optional, FieldKind::optional},
    {wire::decode_kind<Event>, FieldKind::event},
    {wire::decode_kind<NoticeOf>, FieldKind::notice},
};

}  // namespace

FieldKind kind_of(const wire::Codec& codec) {
  for (const KindOfCodec& each : kinds) {
    if (each.decode == codec.decode) return each.kind;
  }
  return FieldKind::other;
}

}  // namespace yuanyue::worlds
