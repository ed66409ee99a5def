#include "core/kernel/any_codec.h"

#include <optional>
#include <utility>

#include "core/kernel/domain.h"

namespace yuanyue::wire {
namespace {

constexpr std::string_view type_key = "type";

std::optional<std::string_view> type_of(JsonValue json, DecodeContext& context) {
  if (!json.is(JsonKind::object)) {
    context.fail(DecodeErrorCode::wrong_type, "an object is wanted");
    return std::nullopt;
  }
  const auto type = json.find(type_key);
  if (!type) {
    context.fail_at(type_key, DecodeErrorCode::missing_field);
    return std::nullopt;
  }
  const auto name = type->string();
  if (!name) context.fail_at(type_key, DecodeErrorCode::wrong_type, "a string is wanted");
  return name;
}

bool is_unknown(DecodeContext& context) {
  return context.fail_at(type_key, DecodeErrorCode::unknown_type);
}

}  // namespace

std::string encode_named(const ValueType& type, const void* value) {
  std::string out;
  encode_struct(type.table, type.name, value, out);
  return out;
}

void encode_row(const Codec&, const void* value, std::string& out) {
  const auto& row = *static_cast<const AnyRow*>(value);
  encode_struct(row.type().table, row.type().name, row.get(), out);
}

bool decode_row(const Codec&, JsonValue json, void* value, DecodeContext& context) {
  const auto name = type_of(json, context);
  if (!name) return false;
  const RowTypeBase* type = known_domains().row(*name);
  if (type == nullptr) return is_unknown(context);
  AnyRow& row = *static_cast<AnyRow*>(value);
  row = AnyRow(*type);
  return decode_struct(type->table, Tag::skip, json, row.get(), context);
}

void encode_row_key(const Codec&, const void* value, std::string& out) {
  const auto& key = *static_cast<const AnyKey*>(value);
  encode_struct(key.type().key_table, key.type().name, key.get(), out);
}

bool decode_row_key(const Codec&, JsonValue json, void* value, DecodeContext& context) {
  const auto name = type_of(json, context);
  if (!name) return false;
  const RowTypeBase* type = known_domains().row(*name);
  if (type == nullptr) return is_unknown(context);
  AnyKey& key = *static_cast<AnyKey*>(value);
  key = AnyKey(*type);
  return decode_struct(type->key_table, Tag::skip, json, key.get(), context);
}

void encode_command(const Codec&, const void* value, std::string& out) {
  const auto& command = *static_cast<const AnyCommand*>(value);
  encode_struct(command.type().table, command.type().name, command.get(), out);
}

bool decode_command(const Codec&, JsonValue json, void* value, DecodeContext& context) {
  const auto name = type_of(json, context);
  if (!name) return false;
  const CommandTypeBase* type = known_domains().command(*name);
  if (type == nullptr) return is_unknown(context);
  if (type->origin == Origin::inside_only) {
    return context.fail_at(type_key, DecodeErrorCode::not_allowed);
  }
  AnyCommand& command = *static_cast<AnyCommand*>(value);
  command = AnyCommand(*type);
  const bool before = std::exchange(context.texts_are_new, true);
  const bool decoded = decode_struct(type->table, Tag::skip, json, command.get(), context);
  context.texts_are_new = before;
  return decoded;
}

}  // namespace yuanyue::wire
