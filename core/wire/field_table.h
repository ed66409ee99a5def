// Field tables: one description per struct that serves encoding and decoding. Private to core/wire.
//
// A Codec describes one kind of value at one place, limits included; values are reached through
// untyped pointers, so that the code exists once and only small tables grow with the number of
// structs. CodecOf gives the pointers their type back when a table is built: a field cannot get a
// codec of another type.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/wire/decode_error.h"
#include "core/wire/json.h"

namespace yuanyue::wire {

// Decoding stops at the first error. The path is built from the inside out, as calls return.
struct DecodeContext {
  DecodeError error;
  // Within a command, whose texts somebody has just written: hidden characters are refused. What is
  // stored was taken by the rules of its day and is read as it is.
  bool texts_are_new = false;
  bool fail(DecodeErrorCode code, std::string detail = {}) {
    error = {code, {}, std::move(detail)};
    return false;
  }
  bool fail_at(std::string_view field, DecodeErrorCode code, std::string detail = {}) {
    error = {code, std::string(field), std::move(detail)};
    return false;
  }
  void inside(std::string_view field);
  void inside(std::size_t index);
};

struct Codec {
  void (*encode)(const Codec& codec, const void* value, std::string& out) = nullptr;
  // Into a default-constructed value.
  bool (*decode)(const Codec& codec, JsonValue json, void* value, DecodeContext& context) = nullptr;
  // Set: the field is left out when this holds, and may be missing.
  bool (*is_absent)(const void* value) = nullptr;
  const void* detail = nullptr;  // what `encode` and `decode` need to know beyond the limits
  const Codec* inner = nullptr;  // of elements or of the optional value
  std::int64_t min = 0;          // of an integer, a string's bytes or an array's elements
  std::int64_t max = 0;
};

template <class Value>
struct CodecOf {
  Codec codec;
};

// --- structs -----------------------------------------------------------------------------------

struct Field {
  std::string_view name;
  std::size_t offset = 0;
  Codec codec;
};

// What must hold between the fields; fails through the context.
using Check = bool (*)(const void* value, DecodeContext& context);

struct StructTable;
struct Inner {
  const StructTable* table = nullptr;
  const void* value = nullptr;
};
// A value inside whose table depends on the field `key`, which is read before all others. Its
// fields stand among the struct's own, in the order of all names.
struct Flattened {
  std::string_view key;
  Inner (*inner)(const void* value) = nullptr;
};

struct StructTable {
  std::span<const Field> fields;  // ascending by name, at most 64
  Check check = nullptr;
  const Flattened* flattened = nullptr;
};

consteval bool ascending(std::span<const Field> fields) {
  for (std::size_t i = 1; i < fields.size(); ++i) {
    if (!(fields[i - 1].name < fields[i].name)) return false;
  }
  return fields.size() <= 64;
}

// Calling it, which is never defined, is what stops the compiler; it prints the name.
void fields_are_ascending_by_name();

// The pointers' type, given back when a table is built: a field, check or table of another struct
// does not compile.
template <class Struct>
struct FieldOf {
  Field field;
};
template <class Struct, class Value>
consteval FieldOf<Struct> field_of(std::string_view name, std::size_t offset, Value Struct::*,
                                   CodecOf<std::type_identity_t<Value>> codec) {
  return {{name, offset, codec.codec}};
}
template <class Struct, std::size_t count>
struct FieldsOf {
  std::array<Field, count> list;
};
template <class Struct, std::same_as<FieldOf<Struct>>... Rest>
consteval FieldsOf<Struct, 1 + sizeof...(Rest)> fields_of(FieldOf<Struct> first, Rest... rest) {
  FieldsOf<Struct, 1 + sizeof...(Rest)> fields{{first.field, rest.field...}};
  if (!ascending(fields.list)) fields_are_ascending_by_name();
  return fields;
}

// FIELD(Struct, member, codec): the member's name is the key.
#define YUANYUE_FIELD(Struct, member, ...) \
  ::yuanyue::wire::field_of(#member, offsetof(Struct, member), &Struct::member, __VA_ARGS__)

template <class Function>
struct CheckedStruct;
template <class Struct>
struct CheckedStruct<bool (*)(const Struct&, DecodeContext&)> {
  using Type = Struct;
};
template <class Struct>
struct CheckOf {
  Check check;
};
// checked_by<check_user>: bool check_user(const User&, DecodeContext&)
template <auto function>
inline constexpr CheckOf<typename CheckedStruct<decltype(function)>::Type> checked_by{
    [](const void* value, DecodeContext& context) {
      return function(*static_cast<const typename CheckedStruct<decltype(function)>::Type*>(value),
                      context);
    }};

template <class Struct>
struct TableOf : StructTable {
  consteval TableOf() = default;
  // The fields are constants and stay.
  template <std::size_t count>
  consteval explicit TableOf(const FieldsOf<Struct, count>& given, CheckOf<Struct> between = {})
      : StructTable{given.list, between.check} {}
  template <std::size_t count>
  consteval TableOf(const FieldsOf<Struct, count>& given, const Flattened& detail)
      : StructTable{given.list, nullptr, &detail} {}
  // Of a base that is all that the struct has: its fields lie where they did.
  template <class Base>
    requires(std::derived_from<Struct, Base> && sizeof(Base) == sizeof(Struct))
  consteval explicit TableOf(const TableOf<Base>& base) : StructTable(base) {}
};
template <class Struct>
inline constexpr TableOf<Struct> no_fields;

void encode_struct(const StructTable& table, std::string_view type, const void* value,
                   std::string& out);
// `is_tagged`: the member "type" has been read before and is no field.
enum class Tag : std::uint8_t { none, skip };
bool decode_struct(const StructTable& table, Tag tag, JsonValue json, void* value,
                   DecodeContext& context);

void encode_object(const Codec& codec, const void* value, std::string& out);
bool decode_object(const Codec& codec, JsonValue json, void* value, DecodeContext& context);

template <class Struct>
consteval CodecOf<Struct> object(const TableOf<Struct>& table) {
  return {{.encode = encode_object,
           .decode = decode_object,
           .detail = static_cast<const StructTable*>(&table)}};
}

// --- plain values ------------------------------------------------------------------------------

enum class IntegerWidth : std::uint8_t { u8, i32, i64, u64 };
template <IntegerWidth width>
inline constexpr IntegerWidth width_detail = width;

void encode_integer(const Codec& codec, const void* value, std::string& out);
bool decode_integer(const Codec& codec, JsonValue json, void* value, DecodeContext& context);

template <std::integral Integer>
consteval CodecOf<Integer> integer(std::int64_t min, std::int64_t max) {
  constexpr IntegerWidth width = std::is_same_v<Integer, std::uint8_t>    ? IntegerWidth::u8
                                 : std::is_same_v<Integer, std::uint64_t> ? IntegerWidth::u64
                                 : sizeof(Integer) == 8                   ? IntegerWidth::i64
                                                                          : IntegerWidth::i32;
  static_assert(width != IntegerWidth::i32 || std::is_same_v<Integer, int>);
  return {{.encode = encode_integer,
           .decode = decode_integer,
           .detail = &width_detail<width>,
           .min = min,
           .max = max}};
}

// For a field that came later: its default is left out, so that older readers and older texts stay
// as they are. The struct's own default must be the same.
template <int usual>
bool integer_is(const void* value) {
  return *static_cast<const int*>(value) == usual;
}
template <int usual>
consteval CodecOf<int> integer_or_usual(std::int64_t min, std::int64_t max) {
  CodecOf<int> codec = integer<int>(min, max);
  codec.codec.is_absent = integer_is<usual>;
  return codec;
}

void encode_boolean(const Codec& codec, const void* value, std::string& out);
bool decode_boolean(const Codec& codec, JsonValue json, void* value, DecodeContext& context);
consteval CodecOf<bool> boolean() { return {{.encode = encode_boolean, .decode = decode_boolean}}; }

// For fields whose default false says that it is as usual.
bool boolean_is_false(const void* value);
consteval CodecOf<bool> true_or_absent() {
  return {{.encode = encode_boolean, .decode = decode_boolean, .is_absent = boolean_is_false}};
}

// A line of text: no control characters, a new one without hidden ones. Sizes in bytes.
void encode_text(const Codec& codec, const void* value, std::string& out);
bool decode_text(const Codec& codec, JsonValue json, void* value, DecodeContext& context);
consteval CodecOf<std::string> text(std::int64_t min_bytes, std::int64_t max_bytes) {
  return {{.encode = encode_text, .decode = decode_text, .min = min_bytes, .max = max_bytes}};
}
bool text_is_empty(const void* value);
consteval CodecOf<std::string> text_or_none(std::int64_t max_bytes) {
  return {{.encode = encode_text,
           .decode = decode_text,
           .is_absent = text_is_empty,
           .min = 1,
           .max = max_bytes}};
}
// What something or somebody is called: a new one is also not blank, unless it is empty.
bool decode_name(const Codec& codec, JsonValue json, void* value, DecodeContext& context);
consteval CodecOf<std::string> name(std::int64_t min_bytes, std::int64_t max_bytes) {
  return {{.encode = encode_text, .decode = decode_name, .min = min_bytes, .max = max_bytes}};
}

void encode_uuid(const Codec& codec, const void* value, std::string& out);
bool decode_uuid(const Codec& codec, JsonValue json, void* value, DecodeContext& context);
bool uuid_is_none(const void* value);
template <std::derived_from<Uuid> IdType>
consteval CodecOf<IdType> uuid() {
  return {{.encode = encode_uuid, .decode = decode_uuid}};
}
template <std::derived_from<Uuid> IdType>
consteval CodecOf<IdType> uuid_or_none() {
  return {{.encode = encode_uuid, .decode = decode_uuid, .is_absent = uuid_is_none}};
}

void encode_slug(const Codec& codec, const void* value, std::string& out);
bool decode_slug(const Codec& codec, JsonValue json, void* value, DecodeContext& context);
template <std::derived_from<SlugText> SlugType>
consteval CodecOf<SlugType> slug() {
  return {{.encode = encode_slug, .decode = decode_slug}};
}

void encode_date(const Codec& codec, const void* value, std::string& out);
bool decode_date(const Codec& codec, JsonValue json, void* value, DecodeContext& context);
consteval CodecOf<Date> date() { return {{.encode = encode_date, .decode = decode_date}}; }

void encode_time_of_day(const Codec& codec, const void* value, std::string& out);
bool decode_time_of_day(const Codec& codec, JsonValue json, void* value, DecodeContext& context);
consteval CodecOf<TimeOfDay> time_of_day_codec() {
  return {{.encode = encode_time_of_day, .decode = decode_time_of_day}};
}

// Milliseconds since 1970, 0..year 2200.
inline constexpr std::int64_t max_instant_ms = 7'258'118'400'000;
void encode_instant(const Codec& codec, const void* value, std::string& out);
bool decode_instant(const Codec& codec, JsonValue json, void* value, DecodeContext& context);
bool instant_is_zero(const void* value);
bool instant_is_never(const void* value);
consteval CodecOf<Instant> instant() {
  return {{.encode = encode_instant, .decode = decode_instant, .max = max_instant_ms}};
}
// For fields whose default 0 says "not yet".
consteval CodecOf<Instant> instant_or_zero() {
  return {{.encode = encode_instant,
           .decode = decode_instant,
           .is_absent = instant_is_zero,
           .min = 1,
           .max = max_instant_ms}};
}
// For fields whose default is `never`.
consteval CodecOf<Instant> instant_or_never() {
  return {{.encode = encode_instant,
           .decode = decode_instant,
           .is_absent = instant_is_never,
           .max = max_instant_ms}};
}
// RFC 3339 in the park's zone.
void encode_instant_text(const Codec& codec, const void* value, std::string& out);
bool decode_instant_text(const Codec& codec, JsonValue json, void* value, DecodeContext& context);
consteval CodecOf<Instant> instant_text() {
  return {{.encode = encode_instant_text, .decode = decode_instant_text}};
}

// Enumerators from 0 on, one byte each.
using Names = std::span<const std::string_view>;
// That the names of an enumeration go on to its last one.
template <class Enum>
consteval bool ends_with(Names names, Enum last) {
  return names.size() == static_cast<std::size_t>(last) + 1;
}
template <class Enum>
std::string_view name_in(const Names& names, Enum value) {
  return names[static_cast<std::size_t>(value)];
}
// nullopt for an unknown name.
template <class Enum>
std::optional<Enum> find_in(const Names& names, std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}
void encode_enumerator(const Codec& codec, const void* value, std::string& out);
bool decode_enumerator(const Codec& codec, JsonValue json, void* value, DecodeContext& context);
template <class Enum>
  requires(std::is_enum_v<Enum> && sizeof(Enum) == 1)
consteval CodecOf<Enum> enumerator(const Names& names) {
  return {{.encode = encode_enumerator, .decode = decode_enumerator, .detail = &names}};
}

// --- values made of values ---------------------------------------------------------------------

struct ListOps {
  std::size_t (*size)(const void* list);
  const void* (*at)(const void* list, std::size_t index);
  // Makes `count` default elements; false if the list cannot have so many.
  bool (*resize)(void* list, std::size_t count);
};
template <class List>
inline constexpr ListOps list_ops{
    [](const void* list) { return static_cast<const List*>(list)->size(); },
    [](const void* list, std::size_t index) -> const void* {
      return &(*static_cast<const List*>(list))[index];
    },
    [](void* list, std::size_t count) {
      if constexpr (requires(List& l) { l.resize(count); }) {
        static_cast<List*>(list)->resize(count);
        return true;
      } else {
        return static_cast<const List*>(list)->size() == count;
      }
    }};

void encode_list(const Codec& codec, const void* value, std::string& out);
bool decode_list(const Codec& codec, JsonValue json, void* value, DecodeContext& context);
template <class Element>
consteval CodecOf<std::vector<Element>> list(const CodecOf<Element>& element, std::int64_t min,
                                             std::int64_t max) {
  return {{.encode = encode_list,
           .decode = decode_list,
           .detail = &list_ops<std::vector<Element>>,
           .inner = &element.codec,
           .min = min,
           .max = max}};
}
template <std::size_t size, class Element>
consteval CodecOf<std::array<Element, size>> fixed_list(const CodecOf<Element>& element) {
  return {{.encode = encode_list,
           .decode = decode_list,
           .detail = &list_ops<std::array<Element, size>>,
           .inner = &element.codec,
           .min = size,
           .max = size}};
}

struct OptionalOps {
  const void* (*get)(const void* optional);  // requires a value
  void* (*emplace)(void* optional);
};
template <class Value>
inline constexpr OptionalOps optional_ops{
    [](const void* optional) -> const void* {
      return &**static_cast<const std::optional<Value>*>(optional);
    },
    [](void* optional) -> void* {
      return &static_cast<std::optional<Value>*>(optional)->emplace();
    }};
template <class Value>
bool optional_is_empty(const void* optional) {
  return !static_cast<const std::optional<Value>*>(optional)->has_value();
}

void encode_optional(const Codec& codec, const void* value, std::string& out);
bool decode_optional(const Codec& codec, JsonValue json, void* value, DecodeContext& context);
template <class Value>
consteval CodecOf<std::optional<Value>> optional(const CodecOf<Value>& inner) {
  return {{.encode = encode_optional,
           .decode = decode_optional,
           .is_absent = optional_is_empty<Value>,
           .detail = &optional_ops<Value>,
           .inner = &inner.codec}};
}

// --- whole texts -------------------------------------------------------------------------------

template <class Value>
std::string encode_text_of(const CodecOf<Value>& codec, const Value& value) {
  std::string out;
  codec.codec.encode(codec.codec, &value, out);
  return out;
}

// A document that has been read.
bool decode_document(const Codec& codec, const JsonDocument& document, void* value,
                     DecodeError& error);
bool decode_whole(const Codec& codec, std::string_view json, const JsonLimits& limits, void* value,
                  DecodeError& error);

template <class Value>
Decoded<Value> decode_text_of(const CodecOf<Value>& codec, std::string_view json,
                              const JsonLimits& limits) {
  Decoded<Value> out;
  DecodeError error;
  if (!decode_whole(codec.codec, json, limits, &*out, error))
    return std::unexpected(std::move(error));
  return out;
}

}  // namespace yuanyue::wire
