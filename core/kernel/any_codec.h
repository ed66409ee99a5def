// Rows, keys and commands in JSON: objects whose "type" is the name of one that this program knows.
#pragma once

#include "core/kernel/command.h"
#include "core/kernel/row.h"
#include "core/wire/field_table.h"

namespace yuanyue::wire {

// The fields of a key that is one id: {"id": …}.
template <class Id>
inline constexpr FieldsOf<Id, 1> uuid_key_fields{{{{"id", 0, uuid<Id>().codec}}}};
template <class Id>
inline constexpr TableOf<Id> uuid_key{uuid_key_fields<Id>};
template <class Slug>
inline constexpr FieldsOf<Slug, 1> slug_key_fields{{{{"id", 0, slug<Slug>().codec}}}};
template <class Slug>
inline constexpr TableOf<Slug> slug_key{slug_key_fields<Slug>};

void encode_row(const Codec& codec, const void* value, std::string& out);
bool decode_row(const Codec& codec, JsonValue json, void* value, DecodeContext& context);
inline constexpr CodecOf<AnyRow> row_codec{{.encode = encode_row, .decode = decode_row}};

void encode_row_key(const Codec& codec, const void* value, std::string& out);
bool decode_row_key(const Codec& codec, JsonValue json, void* value, DecodeContext& context);
inline constexpr CodecOf<AnyKey> row_key_codec{
    {.encode = encode_row_key, .decode = decode_row_key}};

// Its texts are new. What is of the inside only is refused with not_allowed.
void encode_command(const Codec& codec, const void* value, std::string& out);
bool decode_command(const Codec& codec, JsonValue json, void* value, DecodeContext& context);
inline constexpr CodecOf<AnyCommand> command_codec{
    {.encode = encode_command, .decode = decode_command}};

// With its type, as it is stored and sent.
std::string encode_named(const ValueType& type, const void* value);

}  // namespace yuanyue::wire
