// What a codec describes, for tests that go through tables of fields.
#pragma once

#include <cstdint>

#include "core/wire/field_table.h"

namespace yuanyue::worlds {

enum class FieldKind : std::uint8_t {
  object,
  integer,
  boolean,
  text,
  name,
  uuid,
  slug,
  date,
  time_of_day,
  instant,
  enumerator,
  list,
  optional,
  event,  // with the detail of its kind
  notice,
  other,  // of somebody's own, which tells nothing of its limits
};
FieldKind kind_of(const wire::Codec& codec);

}  // namespace yuanyue::worlds
