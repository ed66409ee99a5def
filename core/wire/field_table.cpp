#include "core/wire/field_table.h"

#include <utility>

#include "core/base/visible_text.h"

namespace yuanyue::wire {
namespace {

constexpr std::string_view error_names[] = {
    "not_json",      "not_utf8",      "too_large",         "too_deep",    "duplicate_field",
    "unknown_field", "missing_field", "unknown_type",      "not_allowed", "wrong_type",
    "out_of_range",  "too_short",     "too_long",          "too_few",     "too_many",
    "bad_format",    "unknown_value", "control_character", "inconsistent"};
static_assert(std::size(error_names) ==
              static_cast<std::size_t>(DecodeErrorCode::inconsistent) + 1);

constexpr std::string_view type_key = "type";

void* at_offset(void* value, std::size_t offset) { return static_cast<char*>(value) + offset; }
const void* at_offset(const void* value, std::size_t offset) {
  return static_cast<const char*>(value) + offset;
}

void append_key(std::string& out, std::string_view key) {
  out += out.back() == '{' ? "\"" : ",\"";
  out += key;
  out += "\":";
}

void append_type(std::string& out, std::string_view type) {
  append_key(out, type_key);
  append_json_string(out, type);
}

const Field* find_field(std::span<const Field> fields, std::string_view name) {
  for (const Field& field : fields) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

std::string range_text(const Codec& codec, std::string_view unit) {
  return std::to_string(codec.min) + ".." + std::to_string(codec.max) + std::string(unit);
}

// The text of a string value; fails with wrong_type.
std::optional<std::string_view> read_string(JsonValue json, DecodeContext& context) {
  const auto text = json.string();
  if (!text) context.fail(DecodeErrorCode::wrong_type, "a string is wanted");
  return text;
}

template <class Value, class Parsed>
bool take_parsed(std::optional<Parsed> parsed, void* value, std::string_view format,
                 DecodeContext& context) {
  if (!parsed) return context.fail(DecodeErrorCode::bad_format, std::string(format));
  *static_cast<Value*>(value) = *parsed;
  return true;
}

// What somebody has just written must be visible.
bool is_visible(std::string_view text, TextKind kind, DecodeContext& context) {
  if (!context.texts_are_new) return true;
  if (const auto found = hidden_character(text, kind)) {
    return context.fail(DecodeErrorCode::control_character, code_point_name(*found));
  }
  return true;
}

template <class Value>
const Value& as(const void* value) {
  return *static_cast<const Value*>(value);
}

}  // namespace

std::string_view to_string(DecodeErrorCode code) {
  return error_names[static_cast<std::size_t>(code)];
}

void DecodeContext::inside(std::string_view field) {
  const bool joins = error.path.empty() || error.path.front() == '[';
  error.path.insert(0, joins ? std::string(field) : std::string(field) + '.');
}

void DecodeContext::inside(std::size_t index) {
  const bool joins = error.path.empty() || error.path.front() == '[';
  const std::string text = '[' + std::to_string(index) + ']';
  error.path.insert(0, joins ? text : text + '.');
}

// --- structs -----------------------------------------------------------------------------------

namespace {

void encode_field(const Field& field, const void* value, std::string& out) {
  const void* member = at_offset(value, field.offset);
  if (field.codec.is_absent != nullptr && field.codec.is_absent(member)) return;
  append_key(out, field.name);
  field.codec.encode(field.codec, member, out);
}

Inner inner_of(const StructTable& table, const void* value) {
  return table.flattened == nullptr ? Inner{} : table.flattened->inner(value);
}

std::span<const Field> fields_in(const Inner& inner) {
  return inner.table == nullptr ? std::span<const Field>() : inner.table->fields;
}

// What stands where in the document.
struct Reading {
  std::uint64_t outer = 0;
  std::uint64_t inner = 0;
};

bool decode_field(const Field& field, JsonValue json, void* value, DecodeContext& context) {
  if (field.codec.decode(field.codec, json, at_offset(value, field.offset), context)) return true;
  context.inside(field.name);
  return false;
}

bool decode_member(std::span<const Field> fields, JsonValue member, void* value,
                   std::uint64_t& seen, bool& found, DecodeContext& context) {
  const Field* field = find_field(fields, member.key());
  found = field != nullptr;
  if (!found) return true;
  seen |= std::uint64_t{1} << (field - fields.data());
  return decode_field(*field, member, value, context);
}

bool has_all(std::span<const Field> fields, std::uint64_t seen, DecodeContext& context) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if ((seen >> i & 1) == 0 && fields[i].codec.is_absent == nullptr) {
      return context.fail_at(fields[i].name, DecodeErrorCode::missing_field);
    }
  }
  return true;
}

// Reads the field that says what is inside.
bool decode_kind_first(const StructTable& table, JsonValue json, void* value,
                       DecodeContext& context) {
  if (table.flattened == nullptr) return true;
  const auto member = json.find(table.flattened->key);
  if (!member) return context.fail_at(table.flattened->key, DecodeErrorCode::missing_field);
  return decode_field(*find_field(table.fields, table.flattened->key), *member, value, context);
}

}  // namespace

void encode_struct(const StructTable& table, std::string_view type, const void* value,
                   std::string& out) {
  out += '{';
  bool type_is_due = !type.empty();
  const Inner inner = inner_of(table, value);
  auto within = fields_in(inner).begin();
  const auto end_within = fields_in(inner).end();
  const auto write_type_before = [&](std::string_view name) {
    if (!type_is_due || name < type_key) return;
    append_type(out, type);
    type_is_due = false;
  };
  const auto write_within_before = [&](std::string_view name) {
    for (; within != end_within && (name.empty() || within->name < name); ++within) {
      write_type_before(within->name);
      encode_field(*within, inner.value, out);
    }
  };
  for (const Field& field : table.fields) {
    write_within_before(field.name);
    write_type_before(field.name);
    encode_field(field, value, out);
  }
  write_within_before({});
  if (type_is_due) append_type(out, type);
  out += '}';
}

bool decode_struct(const StructTable& table, Tag tag, JsonValue json, void* value,
                   DecodeContext& context) {
  if (!json.is(JsonKind::object))
    return context.fail(DecodeErrorCode::wrong_type, "an object is wanted");
  if (!decode_kind_first(table, json, value, context)) return false;
  const Inner inner = inner_of(table, value);
  Reading seen;
  for (auto member = json.first(); member; member = member->next()) {
    if (tag == Tag::skip && member->key() == type_key) continue;
    bool found = false;
    if (table.flattened != nullptr && member->key() == table.flattened->key) {
      seen.outer |= std::uint64_t{1}
                    << (find_field(table.fields, member->key()) - table.fields.data());
      continue;
    }
    if (!decode_member(table.fields, *member, value, seen.outer, found, context)) return false;
    if (found) continue;
    if (!decode_member(fields_in(inner), *member, const_cast<void*>(inner.value), seen.inner, found,
                       context)) {
      return false;
    }
    if (!found) return context.fail_at(path_segment(member->key()), DecodeErrorCode::unknown_field);
  }
  if (!has_all(table.fields, seen.outer, context) ||
      !has_all(fields_in(inner), seen.inner, context))
    return false;
  if (inner.table != nullptr && inner.table->check != nullptr &&
      !inner.table->check(inner.value, context)) {
    return false;
  }
  return table.check == nullptr || table.check(value, context);
}

void encode_object(const Codec& codec, const void* value, std::string& out) {
  encode_struct(as<StructTable>(codec.detail), {}, value, out);
}

bool decode_object(const Codec& codec, JsonValue json, void* value, DecodeContext& context) {
  return decode_struct(as<StructTable>(codec.detail), Tag::none, json, value, context);
}

// --- plain values ------------------------------------------------------------------------------

void encode_integer(const Codec& codec, const void* value, std::string& out) {
  switch (as<IntegerWidth>(codec.detail)) {
    case IntegerWidth::u8:
      return append_json_integer(out, as<std::uint8_t>(value));
    case IntegerWidth::i32:
      return append_json_integer(out, as<int>(value));
    case IntegerWidth::i64:
      return append_json_integer(out, as<std::int64_t>(value));
    case IntegerWidth::u64:
      return append_json_integer(out, static_cast<std::int64_t>(as<std::uint64_t>(value)));
  }
}

bool decode_integer(const Codec& codec, JsonValue json, void* value, DecodeContext& context) {
  if (!json.is(JsonKind::integer)) {
    return context.fail(DecodeErrorCode::wrong_type, "an integer is wanted");
  }
  const auto number = json.integer();
  if (!number || *number < codec.min || *number > codec.max) {
    return context.fail(DecodeErrorCode::out_of_range, range_text(codec, ""));
  }
  switch (as<IntegerWidth>(codec.detail)) {
    case IntegerWidth::u8:
      *static_cast<std::uint8_t*>(value) = static_cast<std::uint8_t>(*number);
      break;
    case IntegerWidth::i32:
      *static_cast<int*>(value) = static_cast<int>(*number);
      break;
    case IntegerWidth::i64:
      *static_cast<std::int64_t*>(value) = *number;
      break;
    case IntegerWidth::u64:
      *static_cast<std::uint64_t*>(value) = static_cast<std::uint64_t>(*number);
      break;
  }
  return true;
}

void encode_boolean(const Codec&, const void* value, std::string& out) {
  out += as<bool>(value) ? "true" : "false";
}

bool decode_boolean(const Codec&, JsonValue json, void* value, DecodeContext& context) {
  const auto flag = json.boolean();
  if (!flag) return context.fail(DecodeErrorCode::wrong_type, "true or false is wanted");
  *static_cast<bool*>(value) = *flag;
  return true;
}

bool boolean_is_false(const void* value) { return !as<bool>(value); }

void encode_text(const Codec&, const void* value, std::string& out) {
  append_json_string(out, as<std::string>(value));
}

bool text_is_empty(const void* value) { return as<std::string>(value).empty(); }

namespace {

bool decode_line(const Codec& codec, JsonValue json, TextKind kind, void* value,
                 DecodeContext& context) {
  const auto text = read_string(json, context);
  if (!text) return false;
  const auto bytes = static_cast<std::int64_t>(text->size());
  if (bytes < codec.min)
    return context.fail(DecodeErrorCode::too_short, range_text(codec, " bytes"));
  if (bytes > codec.max)
    return context.fail(DecodeErrorCode::too_long, range_text(codec, " bytes"));
  for (const char c : *text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) return context.fail(DecodeErrorCode::control_character);
  }
  if (!is_visible(*text, kind, context)) return false;
  *static_cast<std::string*>(value) = *text;
  return true;
}

}  // namespace

bool decode_text(const Codec& codec, JsonValue json, void* value, DecodeContext& context) {
  return decode_line(codec, json, TextKind::remark, value, context);
}

bool decode_name(const Codec& codec, JsonValue json, void* value, DecodeContext& context) {
  if (!decode_line(codec, json, TextKind::name, value, context)) return false;
  const auto& name = as<std::string>(value);
  return !context.texts_are_new || name.empty() || !is_blank(name) ||
         context.fail(DecodeErrorCode::bad_format, "a name that can be read is wanted");
}

void encode_uuid(const Codec&, const void* value, std::string& out) {
  append_json_string(out, to_string(as<Uuid>(value)));
}

bool decode_uuid(const Codec&, JsonValue json, void* value, DecodeContext& context) {
  const auto text = read_string(json, context);
  return text &&
         take_parsed<Uuid>(parse_uuid(*text), value, "a lower-case UUID is wanted", context);
}

bool uuid_is_none(const void* value) { return !as<Uuid>(value); }

void encode_slug(const Codec&, const void* value, std::string& out) {
  append_json_string(out, as<SlugText>(value).view());
}

bool decode_slug(const Codec&, JsonValue json, void* value, DecodeContext& context) {
  const auto text = read_string(json, context);
  return text &&
         take_parsed<SlugText>(parse_slug(*text), value, "1..23 of a-z 0-9 - are wanted", context);
}

void encode_date(const Codec&, const void* value, std::string& out) {
  append_json_string(out, to_string(as<Date>(value)));
}

bool decode_date(const Codec&, JsonValue json, void* value, DecodeContext& context) {
  const auto text = read_string(json, context);
  return text && take_parsed<Date>(parse_date(*text), value, "2026-11-25 is wanted", context);
}

void encode_time_of_day(const Codec&, const void* value, std::string& out) {
  append_json_string(out, to_string(as<TimeOfDay>(value)));
}

bool decode_time_of_day(const Codec&, JsonValue json, void* value, DecodeContext& context) {
  const auto text = read_string(json, context);
  return text &&
         take_parsed<TimeOfDay>(parse_time_of_day(*text), value, "09:00 is wanted", context);
}

void encode_instant(const Codec&, const void* value, std::string& out) {
  append_json_integer(out, as<Instant>(value).ms);
}

bool decode_instant(const Codec& codec, JsonValue json, void* value, DecodeContext& context) {
  if (!json.is(JsonKind::integer)) {
    return context.fail(DecodeErrorCode::wrong_type, "milliseconds since 1970 are wanted");
  }
  const auto ms = json.integer();
  if (!ms || *ms < codec.min || *ms > codec.max) {
    return context.fail(DecodeErrorCode::out_of_range, range_text(codec, " ms"));
  }
  static_cast<Instant*>(value)->ms = *ms;
  return true;
}

bool instant_is_zero(const void* value) { return as<Instant>(value).ms == 0; }
bool instant_is_never(const void* value) { return as<Instant>(value) == never; }

void encode_instant_text(const Codec&, const void* value, std::string& out) {
  append_json_string(out, to_string(as<Instant>(value)));
}

bool decode_instant_text(const Codec&, JsonValue json, void* value, DecodeContext& context) {
  const auto text = read_string(json, context);
  return text && take_parsed<Instant>(parse_instant(*text), value, "an RFC 3339 instant is wanted",
                                      context);
}

void encode_enumerator(const Codec& codec, const void* value, std::string& out) {
  append_json_string(out, as<Names>(codec.detail)[as<std::uint8_t>(value)]);
}

bool decode_enumerator(const Codec& codec, JsonValue json, void* value, DecodeContext& context) {
  const auto text = read_string(json, context);
  if (!text) return false;
  const Names& names = as<Names>(codec.detail);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] != *text) continue;
    *static_cast<std::uint8_t*>(value) = static_cast<std::uint8_t>(i);
    return true;
  }
  return context.fail(DecodeErrorCode::unknown_value);
}

// --- values made of values ---------------------------------------------------------------------

void encode_list(const Codec& codec, const void* value, std::string& out) {
  const ListOps& ops = as<ListOps>(codec.detail);
  out += '[';
  for (std::size_t i = 0; i < ops.size(value); ++i) {
    if (i > 0) out += ',';
    codec.inner->encode(*codec.inner, ops.at(value, i), out);
  }
  out += ']';
}

bool decode_list(const Codec& codec, JsonValue json, void* value, DecodeContext& context) {
  if (!json.is(JsonKind::array))
    return context.fail(DecodeErrorCode::wrong_type, "an array is wanted");
  const ListOps& ops = as<ListOps>(codec.detail);
  const auto count = static_cast<std::int64_t>(json.size());
  if (count < codec.min)
    return context.fail(DecodeErrorCode::too_few, range_text(codec, " elements"));
  if (count > codec.max || !ops.resize(value, json.size())) {
    return context.fail(DecodeErrorCode::too_many, range_text(codec, " elements"));
  }
  std::size_t index = 0;
  for (auto element = json.first(); element; element = element->next(), ++index) {
    void* place = const_cast<void*>(ops.at(value, index));
    if (!codec.inner->decode(*codec.inner, *element, place, context)) {
      context.inside(index);
      return false;
    }
  }
  return true;
}

void encode_optional(const Codec& codec, const void* value, std::string& out) {
  codec.inner->encode(*codec.inner, as<OptionalOps>(codec.detail).get(value), out);
}

bool decode_optional(const Codec& codec, JsonValue json, void* value, DecodeContext& context) {
  void* place = as<OptionalOps>(codec.detail).emplace(value);
  return codec.inner->decode(*codec.inner, json, place, context);
}

bool decode_document(const Codec& codec, const JsonDocument& document, void* value,
                     DecodeError& error) {
  DecodeContext context;
  if (codec.decode(codec, document.root(), value, context)) return true;
  error = std::move(context.error);
  return false;
}

bool decode_whole(const Codec& codec, std::string_view json, const JsonLimits& limits, void* value,
                  DecodeError& error) {
  const auto document = JsonDocument::parse(json, limits);
  if (!document) {
    error = document.error();
    return false;
  }
  return decode_document(codec, *document, value, error);
}

}  // namespace yuanyue::wire
