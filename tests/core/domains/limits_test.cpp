// The limits of every field of every row, key and command: what reaches one is taken, one beyond is
// refused with the field's path. The limits are the tables' own; that they are those of the rules
// is what one number for both sees to.
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/domains/codec.h"
#include "core/kernel/domain.h"
#include "tests/core/support/field_kinds.h"
#include "tests/core/support/samples.h"

namespace yuanyue::wire {
namespace {

using Json = nlohmann::json;
using worlds::FieldKind;
using worlds::kind_of;
using Fault = std::optional<DecodeError>;
using enum DecodeErrorCode;

template <class Decode>
std::function<Fault(const std::string&)> fault_of(Decode decode) {
  return [decode](const std::string& text) -> Fault {
    auto value = decode(text);
    if (value) return std::nullopt;
    return value.error();
  };
}

// Goes through a table and a value of it in JSON that has every field.
class Limits {
 public:
  Limits(const std::string& text, std::function<Fault(const std::string&)> decode)
      : whole_(Json::parse(text, nullptr, false)), decode_(std::move(decode)) {}

  void run(const StructTable& table) { walk(table, whole_, ""); }
  int cases() const { return cases_; }

 private:
  void walk(const StructTable& table, Json& object, const std::string& path) {
    const bool was_checked = std::exchange(is_checked_, is_checked_ || table.check != nullptr);
    for (const Field& field : table.fields) {
      const std::string name(field.name);
      ASSERT_TRUE(object.contains(name)) << path << ": no " << name << " in " << whole_.dump();
      try_field(field.codec, object[name],
                path.empty() ? name : std::string(path).append(1, '.').append(name));
    }
    is_checked_ = was_checked;
  }

  void try_field(const Codec& codec, Json& place, const std::string& path) {
    switch (kind_of(codec)) {
      case FieldKind::object:
        return walk(*static_cast<const StructTable*>(codec.detail), place, path);
      case FieldKind::optional:
        return try_field(*codec.inner, place, path);
      case FieldKind::list:
        return try_list(codec, place, path);
      case FieldKind::integer:
      case FieldKind::instant:
        return try_values(place, path, {codec.min, codec.max}, {codec.min - 1, codec.max + 1},
                          out_of_range);
      case FieldKind::text:
      case FieldKind::name:
        return try_text(codec, place, path);
      default:
        return try_form(codec, place, path);
    }
  }

  // What has one form everywhere.
  void try_form(const Codec& codec, Json& place, const std::string& path) {
    switch (kind_of(codec)) {
      case FieldKind::boolean:
        return try_values(place, path, {true, false}, {0, 1}, wrong_type);
      case FieldKind::event:
      case FieldKind::notice:
        return try_values(place, path, {}, {"no_such_kind"}, unknown_value);
      case FieldKind::date:
        return try_values(place, path, {"1970-01-01", "2199-12-31"}, {"1969-12-31", "2200-01-01"},
                          bad_format);
      case FieldKind::time_of_day:
        return try_values(place, path, {"00:00", "24:00"}, {"24:01", "-00:01"}, bad_format);
      case FieldKind::slug:
        return try_values(place, path, {"a", std::string(23, 'z')}, {"", std::string(24, 'z')},
                          bad_format);
      case FieldKind::uuid:
        return try_values(
            place, path,
            {"00000000-0000-0000-0000-000000000001", "ffffffff-ffff-ffff-ffff-ffffffffffff"},
            {"00000000-0000-0000-0000-000000000000", "100000000-0000-0000-0000-000000000000"},
            bad_format);
      case FieldKind::enumerator: {
        std::vector<Json> names;
        for (const std::string_view name : *static_cast<const Names*>(codec.detail))
          names.emplace_back(name);
        return try_values(place, path, names, {"", std::string(names.back()) + "_"}, unknown_value);
      }
      default:
        ADD_FAILURE() << path << " is of a kind whose limits are not known here";
    }
  }

  void try_text(const Codec& codec, Json& place, const std::string& path) {
    const auto bytes = [](std::int64_t count) {
      return std::string(static_cast<std::size_t>(count), 'x');
    };
    try_values(place, path, {bytes(codec.min), bytes(codec.max)}, {bytes(codec.max + 1)}, too_long);
    if (codec.min > 0) try_values(place, path, {}, {bytes(codec.min - 1)}, too_short);
  }

  // Counts are seen before elements: one that is taken fails at the first element, which is none.
  void try_list(const Codec& codec, Json& place, const std::string& path) {
    const auto of_nulls = [](std::int64_t count) {
      return Json(static_cast<std::size_t>(count), nullptr);
    };
    for (const std::int64_t count : {codec.min, codec.max}) {
      if (count == 0) continue;
      expect(place, of_nulls(count), path + "[0]", wrong_type);
    }
    if (codec.min == 0) try_values(place, path, {Json::array()}, {}, too_few);
    if (codec.min > 0) expect(place, of_nulls(codec.min - 1), path, too_few);
    expect(place, of_nulls(codec.max + 1), path, too_many);
    for (std::size_t i = 0; i < place.size(); ++i)
      try_field(*codec.inner, place[i], path + '[' + std::to_string(i) + ']');
  }

  void try_values(Json& place, const std::string& path, const std::vector<Json>& taken,
                  const std::vector<Json>& refused, DecodeErrorCode code) {
    for (const Json& value : taken) {
      const Fault fault = fault_with(place, value);
      // With the other fields it may still mean nothing; by its own limits it is good.
      const bool is_between_fields =
          fault && is_checked_ && (fault->code == inconsistent || fault->code == bad_format);
      EXPECT_TRUE(!fault || is_between_fields)
          << value.dump() << " at " << path << " is within its limits, but " << fault->path << ": "
          << to_string(fault->code);
    }
    for (const Json& value : refused) expect(place, value, path, code);
  }

  void expect(Json& place, const Json& value, const std::string& path, DecodeErrorCode code) {
    const Fault fault = fault_with(place, value);
    ASSERT_TRUE(fault.has_value())
        << path << " beyond its limit was taken: " << value.dump().substr(0, 100);
    EXPECT_EQ(fault->path, path);
    EXPECT_EQ(to_string(fault->code), to_string(code)) << path;
  }

  Fault fault_with(Json& place, const Json& value) {
    ++cases_;
    const Json kept = std::exchange(place, value);
    Fault fault = decode_(whole_.dump());
    place = kept;
    return fault;
  }

  Json whole_;
  std::function<Fault(const std::string&)> decode_;
  bool is_checked_ = false;
  int cases_ = 0;
};

TEST(Limits, OfEveryFieldOfEveryCommand) {
  for (const CommandTypeBase* type : known_domains().commands()) {
    if (type->origin != Origin::outside) continue;
    SCOPED_TRACE(type->name);
    Limits limits(encode(samples::command(type->name)), fault_of(decode_command));
    limits.run(type->table);
    EXPECT_GT(limits.cases(), 0);
  }
}

TEST(Limits, OfEveryFieldOfEveryRowAndItsKey) {
  for (const RowTypeBase* type : known_domains().rows()) {
    SCOPED_TRACE(type->name);
    const AnyRow row = samples::row(type->name);
    Limits of_row(encode(row), fault_of(decode_row));
    of_row.run(type->table);
    EXPECT_GT(of_row.cases(), 0);
    Limits of_key(encode(key_of(row)), fault_of(decode_row_key));
    of_key.run(type->key_table);
    EXPECT_GT(of_key.cases(), 0);
  }
}

}  // namespace
}  // namespace yuanyue::wire
