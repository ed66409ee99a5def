#include "core/kernel/refusals.h"

#include "core/kernel/any_codec.h"
#include "core/wire/text_limits.h"

namespace yuanyue {
namespace wire {
namespace {

bool key_is_absent(const void* key) { return !*static_cast<const AnyKey*>(key); }
constexpr CodecOf<AnyKey> key_or_none_codec{
    {.encode = encode_row_key, .decode = decode_row_key, .is_absent = key_is_absent}};

constexpr auto invalid_fields =
    fields_of(YUANYUE_FIELD(Invalid, field, text(0, max_name_bytes)),
              YUANYUE_FIELD(Invalid, reason_name, text_or_none(max_note_bytes)));
constexpr TableOf invalid_table{invalid_fields};

constexpr auto stale_fields = fields_of(YUANYUE_FIELD(Stale, row, key_or_none_codec));
constexpr TableOf stale_table{stale_fields};

consteval RefusalAnswers<NoDetail> named(std::string_view name) {
  return {.name = name, .fields = no_fields<NoDetail>};
}

}  // namespace
}  // namespace wire

namespace refusals {
constinit const RefusalKind<NoDetail> not_permitted = wire::named("not_permitted");
constinit const RefusalKind<NoDetail> not_found = wire::named("not_found");
constinit const RefusalKind<NoDetail> already_exists = wire::named("already_exists");
constinit const RefusalKind<Invalid> invalid =
    RefusalAnswers<Invalid>{.name = "invalid", .fields = wire::invalid_table};
constinit const RefusalKind<Stale> stale =
    RefusalAnswers<Stale>{.name = "stale", .fields = wire::stale_table};
constinit const RefusalKind<NoDetail> cannot_be_kept = wire::named("cannot_be_kept");
}  // namespace refusals

namespace ways {
constinit const WayKind<NoDetail> refresh =
    WayAnswers<NoDetail>{.name = "refresh", .fields = wire::no_fields<NoDetail>};
}  // namespace ways

constinit const std::span<const RefusalKindBase* const> kernel_refusals =
    refusal_kinds<refusals::not_permitted, refusals::not_found, refusals::already_exists,
                  refusals::invalid, refusals::stale, refusals::cannot_be_kept>;
constinit const std::span<const WayKindBase* const> kernel_ways = way_kinds<ways::refresh>;

Rejection refuse_for_now(const RefusalKind<NoDetail>& kind) {
  return {{kind, no_detail}, {{{ways::refresh, no_detail}}}};
}

Rejection refuse_invalid(std::string_view field) {
  return refuse(refusals::invalid, {.field = std::string(field), .reason_name = {}});
}

std::string_view invalid_field(const Rejection& rejection) {
  const auto* invalid = rejection.code.get_if<Invalid>();
  return invalid == nullptr ? std::string_view() : std::string_view(invalid->field);
}

}  // namespace yuanyue
