#include "tests/core/support/maker.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "core/base/visible_text.h"
#include "core/kernel/domain.h"
#include "tests/core/support/field_kinds.h"
#include "tests/core/support/mending.h"

namespace yuanyue::worlds {
namespace {

// Below wire::max_row_bytes and max_command_bytes, with room for keys and brackets.
constexpr std::int64_t most_bytes = 160 * 1024;
constexpr std::int64_t some_bytes = 16 * 1024;

constexpr Date first_day{0};  // 1970-01-01

[[noreturn]] void stop(const char* why, std::string_view field) {
  std::fprintf(stderr, "%s: %.*s\n", why, static_cast<int>(field.size()), field.data());
  std::abort();
}

void* member_of(void* value, std::size_t offset) { return static_cast<char*>(value) + offset; }

}  // namespace

AnyRow Maker::row(const RowTypeBase& type, Amount amount) {
  AnyRow row(type);
  fill(type.table, row.get(), amount);
  return row;
}

AnyKey Maker::key(const RowTypeBase& type, Amount amount) {
  AnyKey key(type);
  fill(type.key_table, key.get(), amount);
  return key;
}

AnyCommand Maker::command(const CommandTypeBase& type, Amount amount) {
  AnyCommand command(type);
  fill(type.table, command.get(), amount);
  return command;
}

void Maker::fill(const wire::StructTable& table, void* value, Amount amount) {
  amount_ = amount;
  room_ = amount == Amount::most ? most_bytes : some_bytes;
  fill_struct(table, value);
}

void Maker::fill_struct(const wire::StructTable& table, void* value) {
  for (const wire::Field& field : table.fields) {
    if (kind_of(field.codec) == FieldKind::other)
      stop("tests/core/support/maker.cpp cannot make a field of its own codec", field.name);
    room_ -= static_cast<std::int64_t>(field.name.size()) + 4;
    fill_value(field.codec, member_of(value, field.offset));
  }
  if (table.flattened != nullptr) {
    const wire::Inner inner = table.flattened->inner(value);
    fill_struct(*inner.table, const_cast<void*>(inner.value));
  }
  if (table.check == nullptr) return;
  mend(table, value, random_);
  wire::DecodeContext context;
  if (!table.check(value, context)) {
    stop("tests/core/support/mending.cpp does not know what a check between fields wants",
         context.error.path + " " + context.error.detail);
  }
}

bool Maker::leaves_out() {
  return amount_ == Amount::least || (amount_ == Amount::some && random_.one_in(3));
}

void Maker::fill_value(const wire::Codec& codec, void* value) {
  // The default of what may be absent is that it is.
  if (codec.is_absent != nullptr && leaves_out()) return;
  switch (kind_of(codec)) {
    case FieldKind::object:
      return fill_struct(*static_cast<const wire::StructTable*>(codec.detail), value);
    case FieldKind::list:
      return fill_list(codec, value);
    case FieldKind::optional:
      return fill_value(*codec.inner,
                        static_cast<const wire::OptionalOps*>(codec.detail)->emplace(value));
    default:
      break;
  }
  fill_leaf(codec, value);
  std::string written;
  codec.encode(codec, value, written);
  room_ -= static_cast<std::int64_t>(written.size());
}

void Maker::fill_leaf(const wire::Codec& codec, void* value) {
  switch (kind_of(codec)) {
    case FieldKind::integer: {
      const std::int64_t made = number(codec.min, codec.max);
      switch (*static_cast<const wire::IntegerWidth*>(codec.detail)) {
        case wire::IntegerWidth::u8:
          *static_cast<std::uint8_t*>(value) = static_cast<std::uint8_t>(made);
          return;
        case wire::IntegerWidth::i32:
          *static_cast<int*>(value) = static_cast<int>(made);
          return;
        default:
          *static_cast<std::int64_t*>(value) = made;
          return;
      }
    }
    case FieldKind::boolean:
      *static_cast<bool*>(value) = number(0, 1) == 1;
      return;
    case FieldKind::text:
      *static_cast<std::string*>(value) = text(codec.min, codec.max);
      return;
    case FieldKind::name: {
      auto& name = *static_cast<std::string*>(value);
      name = text(codec.min, codec.max);
      if (!name.empty() && is_blank(name)) name.front() = 'x';
      return;
    }
    case FieldKind::uuid:
      *static_cast<Uuid*>(value) = uuid();
      return;
    case FieldKind::slug:
      *static_cast<SlugText*>(value) = slug();
      return;
    case FieldKind::date:
      static_cast<Date*>(value)->days =
          static_cast<std::int32_t>(number(first_day.days, last_day.days));
      return;
    case FieldKind::time_of_day:
      static_cast<TimeOfDay*>(value)->minutes =
          static_cast<std::int16_t>(number(0, minutes_per_day));
      return;
    case FieldKind::instant:
      static_cast<Instant*>(value)->ms = number(codec.min, codec.max);
      return;
    case FieldKind::enumerator: {
      const auto& names = *static_cast<const wire::Names*>(codec.detail);
      *static_cast<std::uint8_t*>(value) =
          static_cast<std::uint8_t>(number(0, static_cast<std::int64_t>(names.size()) - 1));
      return;
    }
    case FieldKind::event:
      return fill_kind(known_domains().events(), *static_cast<Event*>(value));
    case FieldKind::notice:
      return fill_kind(known_domains().notices(), *static_cast<NoticeOf*>(value));
    default:
      stop("tests/core/support/maker.cpp does not know a kind of field", "");
  }
}

// One after the other, until there are enough or the room is used up.
void Maker::fill_list(const wire::Codec& codec, void* value) {
  const auto& ops = *static_cast<const wire::ListOps*>(codec.detail);
  std::int64_t count = codec.min;
  if (amount_ == Amount::each) count = std::clamp<std::int64_t>(2, codec.min, codec.max);
  if (amount_ == Amount::most) count = codec.max;
  if (amount_ == Amount::some) {
    const std::int64_t most = random_.one_in(50) ? codec.max : std::min(codec.max, codec.min + 3);
    count = codec.min + static_cast<std::int64_t>(
                            random_.below(static_cast<std::uint64_t>(most - codec.min) + 1));
  }
  const bool is_fixed = codec.min == codec.max;
  for (std::int64_t i = 0; i < count; ++i) {
    if (i >= codec.min && room_ <= 0) return;
    const auto index = static_cast<std::size_t>(i);
    if (!is_fixed) ops.resize(value, index + 1);
    fill_value(*codec.inner, const_cast<void*>(ops.at(value, index)));
  }
}

// The ends are likelier than what lies between them.
std::int64_t Maker::number(std::int64_t min, std::int64_t max) {
  if (amount_ == Amount::least) return min;
  if (amount_ == Amount::most) return max;
  if (amount_ == Amount::some && random_.one_in(16)) return random_.one_in(2) ? min : max;
  return min + static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(max - min) + 1));
}

std::string Maker::text(std::int64_t min_bytes, std::int64_t max_bytes) {
  static constexpr std::array<std::string_view, 14> characters = {
      "a", "Z", "0", "9", " ", "\"", "\\", "/", "-", "\xC3\xA9", "约", "园", "。", "😀"};
  std::int64_t bytes = min_bytes;
  if (amount_ == Amount::most) bytes = max_bytes;
  if (amount_ == Amount::each) bytes = std::clamp<std::int64_t>(8, min_bytes, max_bytes);
  if (amount_ == Amount::some) {
    const std::int64_t most = random_.one_in(50) ? max_bytes : std::min(max_bytes, min_bytes + 20);
    bytes +=
        static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(most - min_bytes) + 1));
  }
  // A whole text that would not fit any more is as short as it may be.
  if (bytes > room_) bytes = min_bytes;
  std::string made;
  while (static_cast<std::int64_t>(made.size()) < bytes) {
    const std::string_view character =
        characters[static_cast<std::size_t>(random_.below(characters.size()))];
    const bool fits = static_cast<std::int64_t>(made.size() + character.size()) <= bytes;
    made += fits ? character : "x";
  }
  return made;
}

Uuid Maker::uuid() {
  if (!ids_.empty()) return random_.pick(ids_);
  if (amount_ == Amount::least) return {0, 1};
  if (amount_ == Amount::most) return {UINT64_MAX, UINT64_MAX};
  return {random_.next(), random_.next() | 1};
}

SlugText Maker::slug() {
  static constexpr std::string_view characters = "abcdefghijklmnopqrstuvwxyz0123456789-";
  constexpr std::size_t longest = SlugText{}.text.size() - 1;
  std::size_t bytes = 1 + static_cast<std::size_t>(random_.below(longest));
  if (amount_ == Amount::least) bytes = 1;
  if (amount_ == Amount::most) bytes = longest;
  std::string made;
  while (made.size() < bytes) {
    const std::size_t choice = made.empty() ? characters.size() - 1 : characters.size();
    made += characters[static_cast<std::size_t>(random_.below(choice))];
  }
  return parse_slug(made).value();
}

std::vector<AnyRow> one_row_each(Maker& maker, Amount amount) {
  std::vector<AnyRow> rows;
  for (const RowTypeBase* type : known_domains().rows()) rows.push_back(maker.row(*type, amount));
  return rows;
}

std::vector<AnyCommand> one_command_each(Maker& maker, Amount amount) {
  std::vector<AnyCommand> commands;
  for (const CommandTypeBase* type : known_domains().commands()) {
    if (type->origin == Origin::outside) commands.push_back(maker.command(*type, amount));
  }
  return commands;
}

}  // namespace yuanyue::worlds
