// Every field of every text from outside, spoilt in every way, is refused with its place and code.
#include <functional>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/appointments/cancel_booking.h"
#include "core/appointments/join_waitlist.h"
#include "core/domains/codec.h"
#include "core/people/enterprise.h"
#include "core/people/kinds.h"
#include "core/people/save_enterprise.h"
#include "tests/core/support/park.h"
#include "tests/core/support/samples.h"

namespace yuanyue::wire {
namespace {

using Json = nlohmann::json;
using Refusal = std::optional<DecodeError>;
using Decode = std::function<Refusal(const std::string&)>;

template <class Function>
Decode refusal_of(Function decode) {
  return [decode](const std::string& text) -> Refusal {
    auto value = decode(text);
    if (value) return std::nullopt;
    return value.error();
  };
}

class Spoiler {
 public:
  Spoiler(const std::string& text, Decode decode)
      : whole_(Json::parse(text, nullptr, false)), decode_(std::move(decode)) {}

  void run() { walk(whole_, ""); }
  int cases() const { return cases_; }
  // Paths, without indices, of the fields that may be left out.
  const std::set<std::string>& optional() const { return optional_; }

 private:
  void expect(const std::string& path, const std::set<std::string>& codes,
              const std::string& what) {
    ++cases_;
    const Refusal refusal = decode_(whole_.dump(-1, ' ', false, Json::error_handler_t::ignore));
    ASSERT_TRUE(refusal.has_value()) << what << " was accepted at " << path;
    EXPECT_EQ(refusal->path, path) << what << ": " << to_string(refusal->code);
    EXPECT_TRUE(codes.contains(std::string(to_string(refusal->code))))
        << what << " at " << path << ": " << to_string(refusal->code);
  }

  void spoil(Json& place, const Json& with, const std::string& path,
             const std::set<std::string>& codes, const std::string& what) {
    Json kept = std::exchange(place, with);
    expect(path, codes, what);
    place = std::move(kept);
  }

  void walk(Json& value, const std::string& path) {
    spoil(value, nullptr, path, {"wrong_type"}, "null");
    spoil(value, 1.5, path, {"wrong_type"}, "a fraction");
    if (value.is_object()) return walk_object(value, path);
    if (value.is_array()) return walk_array(value, path);
    spoil(value, Json::object(), path, {"wrong_type"}, "an object");
    if (value.is_string()) return spoil_string(value, path);
    if (value.is_boolean()) return spoil(value, 1, path, {"wrong_type"}, "1");
    spoil(value, "1", path, {"wrong_type"}, "a string");
    spoil(value, INT64_MAX, path, {"out_of_range"}, "a huge number");
    spoil(value, INT64_MIN, path, {"out_of_range"}, "a huge negative number");
    spoil(value, UINT64_MAX, path, {"out_of_range"}, "more than 64 bits signed");
  }

  void walk_object(Json& object, const std::string& path) {
    const auto inside = [&](const std::string& key) {
      return path.empty() ? key : path + '.' + key;
    };
    object["colour"] = 1;
    expect(inside("colour"), {"unknown_field"}, "an unknown field");
    object.erase("colour");
    std::vector<std::string> keys;
    for (const auto& item : object.items()) keys.push_back(item.key());
    for (const std::string& key : keys) {
      Json kept = object[key];
      object.erase(key);
      if (!decode_(whole_.dump())) {
        optional_.insert(without_indices(inside(key)));
      } else {
        expect(inside(key), {"missing_field"}, "missing");
      }
      object[key] = std::move(kept);
      if (key == "type") {
        spoil(object[key], "no_such_type", inside(key), {"unknown_type"}, "an unknown type");
        spoil(object[key], 1, inside(key), {"wrong_type"}, "a number for the type");
      } else {
        walk(object[key], inside(key));
      }
    }
  }

  static std::string without_indices(std::string path) {
    for (std::size_t open = path.find('['); open != std::string::npos; open = path.find('[')) {
      path.erase(open, path.find(']') - open + 1);
    }
    return path;
  }

  void walk_array(Json& array, const std::string& path) {
    spoil(array, Json::object(), path, {"wrong_type"}, "an object");
    if (!array.empty()) {
      Json long_one = Json::array();
      for (int i = 0; i <= static_cast<int>(max_queue_places); ++i) long_one.push_back(1);
      spoil(array, long_one, path, {"too_many"}, "too many elements");
    }
    for (std::size_t i = 0; i < array.size(); ++i) {
      walk(array[i], path + '[' + std::to_string(i) + ']');
    }
  }

  void spoil_string(Json& value, const std::string& path) {
    spoil(value, 1, path, {"wrong_type"}, "a number");
    spoil(value, std::string(5'000, 'x'), path, {"too_long", "bad_format", "unknown_value"},
          "a long text");
    spoil(value, std::string("a\x01") + "b", path,
          {"control_character", "bad_format", "unknown_value", "too_short"}, "a control character");
    spoil_bytes(value, path);
  }

  // nlohmann writes no bad bytes, so they are put in afterwards.
  void spoil_bytes(Json& value, const std::string& path) {
    Json kept = std::exchange(value, "BAD BYTES HERE");
    std::string text = whole_.dump();
    text.replace(text.find("BAD BYTES HERE"), 3, "\xC3\x28\xFF");
    value = std::move(kept);
    ++cases_;
    const Refusal refusal = decode_(text);
    ASSERT_TRUE(refusal.has_value()) << path;
    EXPECT_EQ(refusal->code, DecodeErrorCode::not_utf8) << path;
    EXPECT_EQ(refusal->path, path);
  }

  Json whole_;
  Decode decode_;
  int cases_ = 0;
  std::set<std::string> optional_;
};

struct Spoilt {
  int cases = 0;
  std::set<std::string> optional;
};

template <class Values, class Function>
Spoilt spoil_all(const Values& values, Function decode) {
  Spoilt all;
  for (const auto& value : values) {
    Spoiler spoiler(encode(value), refusal_of(decode));
    spoiler.run();
    all.cases += spoiler.cases();
    all.optional.insert(spoiler.optional().begin(), spoiler.optional().end());
  }
  return all;
}

using Paths = std::set<std::string>;

TEST(Strictness, Commands) {
  const Spoilt spoilt = spoil_all(samples::commands(), decode_command);
  EXPECT_GT(spoilt.cases, 500);
  EXPECT_EQ(spoilt.optional,
            (Paths{"swap_booking", "swap_from", "wishes.start", "block.capacity",
                   "parks.retention_days", "services.policy.notice.closes_at", "user.enterprise",
                   "seen", "seen.capacity", "seen.enterprise", "seen.offer", "seen.wishes.start"}));
}

TEST(Strictness, Rows) {
  const Spoilt spoilt = spoil_all(samples::rows(), decode_row);
  EXPECT_GT(spoilt.cases, 500);
  EXPECT_EQ(spoilt.optional, (Paths{"policy.notice.closes_at",
                                    "capacity",
                                    "enterprise",
                                    "reserve_release_at",
                                    "booked_by",
                                    "previous_block",
                                    "rescheduled_at",
                                    "joined_by",
                                    "swap_booking",
                                    "promote_at",
                                    "closes_at",
                                    "offer",
                                    "offered_block",
                                    "wishes.start",
                                    "read_at",
                                    "until",
                                    "booking",
                                    "entry",
                                    "block",
                                    "retention_days"}));
}

TEST(Strictness, RowKeys) {
  const Spoilt spoilt = spoil_all(samples::row_keys(), decode_row_key);
  EXPECT_GT(spoilt.cases, 100);
  EXPECT_EQ(spoilt.optional, Paths{});
}

TEST(Strictness, LedgerEntries) {
  const Spoilt spoilt = spoil_all(std::vector{samples::ledger().back()}, decode_ledger_entry);
  EXPECT_GT(spoilt.cases, 50);
  EXPECT_EQ(spoilt.optional, (Paths{"actor", "command", "enterprise", "booking", "entry", "offer",
                                    "block", "from_block"}));
  LedgerEntry account = samples::ledger().back();
  account.kind = Event(events::user_saved, {UserId(Uuid{3, 3})});
  EXPECT_EQ(spoil_all(std::vector{account}, decode_ledger_entry).optional,
            (Paths{"actor", "command", "enterprise", "user"}));
}

TEST(Strictness, Rejections) {
  const Spoilt spoilt = spoil_all(std::vector{samples::rejections().back()}, decode_rejection);
  EXPECT_GT(spoilt.cases, 100);
  EXPECT_EQ(
      spoilt.optional,
      (Paths{"block", "reason", "reason_name", "deadline", "deadline.rule.closes_at", "at", "limit",
             "booking", "entry", "ways.block", "ways.booking", "ways.entry", "ways.free_seats"}));
}

TEST(Strictness, AKindHasItsOwnFieldsOnly) {
  const auto error_of = [](std::string_view json) {
    const auto read = decode_rejection(json);
    return read ? std::string("none")
                : read.error().path + " " + std::string(to_string(read.error().code));
  };
  EXPECT_EQ(error_of(R"({"code":"block_full","limit":3,"ways":[]})"), "none");
  EXPECT_EQ(error_of(R"({"code":"not_found","limit":3,"ways":[]})"), "limit unknown_field");
  EXPECT_EQ(error_of(R"({"code":"none","ways":[]})"), "code unknown_value");
  EXPECT_EQ(error_of(R"({"limit":3,"ways":[]})"), "code missing_field");
  EXPECT_EQ(error_of(R"({"code":"invalid","ways":[]})"), "field missing_field");
  EXPECT_EQ(error_of(R"({"code":"not_found","ways":[{"block":{},"kind":"refresh"}]})"),
            "ways[0].block unknown_field");
}

TEST(Strictness, Pushes) {
  PushRequest request = samples::push_request();
  request.commands.resize(2);
  request.commands[0].command = samples::command("join_waitlist");
  request.commands[1].command = samples::command("cancel_booking");
  const Spoilt spoilt = spoil_all(std::vector{request}, decode_push_request);
  EXPECT_GT(spoilt.cases, 100);
  EXPECT_EQ(spoilt.optional, (Paths{"commands.command.swap_booking", "commands.command.swap_from",
                                    "commands.command.wishes.start"}));
}

TEST(Strictness, Sessions) {
  const Spoilt session =
      spoil_all(std::vector{samples::session_response()}, decode_session_response);
  EXPECT_GT(session.cases, 50);
  EXPECT_EQ(session.optional, (Paths{"enterprise", "user.enterprise"}));
  const Spoilt sign_in =
      spoil_all(std::vector{SignInRequest{"name", "password"}}, decode_sign_in_request);
  EXPECT_EQ(sign_in.optional, Paths{});
  const Spoilt change =
      spoil_all(std::vector{ChangePasswordRequest{"old", "new"}}, decode_change_password_request);
  EXPECT_EQ(change.optional, Paths{});
}

struct Case {
  std::string text;
  DecodeErrorCode code;
  std::string path;
};

template <class Function>
void expect_refused(const std::vector<Case>& cases, Function decode) {
  for (const Case& each : cases) {
    const Refusal refusal = refusal_of(decode)(each.text);
    ASSERT_TRUE(refusal.has_value()) << each.text;
    EXPECT_EQ(to_string(refusal->code), to_string(each.code)) << each.text;
    EXPECT_EQ(refusal->path, each.path) << each.text;
  }
}

TEST(Strictness, TextsThatAreNoCommand) {
  expect_refused({{"", DecodeErrorCode::not_json, ""},
                  {"{", DecodeErrorCode::not_json, ""},
                  {"nonsense", DecodeErrorCode::not_json, ""},
                  {R"({"type":"run_due"} )"
                   "x",
                   DecodeErrorCode::not_json, ""},
                  {std::string("{\"type\":\"run_due\"}\0", 19), DecodeErrorCode::not_json, ""},
                  {"[]", DecodeErrorCode::wrong_type, ""},
                  {"{}", DecodeErrorCode::missing_field, "type"},
                  {R"({"type":"run_due"})", DecodeErrorCode::not_allowed, "type"},
                  {R"({"type":"undo_reschedule","type":"undo_reschedule"})",
                   DecodeErrorCode::duplicate_field, "type"},
                  {R"({"type":"undo_reschedule","booking":"x","\u0062ooking":"y"})",
                   DecodeErrorCode::duplicate_field, "booking"},
                  {std::string(17, '[') + std::string(17, ']'), DecodeErrorCode::too_deep,
                   "[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]"},
                  {std::string(100'000, '['), DecodeErrorCode::too_deep,
                   "[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]"},
                  {std::string(max_command_bytes + 1, ' '), DecodeErrorCode::too_large, ""},
                  {std::string(256 * 1024, ' '), DecodeErrorCode::not_json, ""},
                  {"{\"\xFF\":1}", DecodeErrorCode::not_utf8, ""},
                  {"{\"" + std::string(100, 'k') + "\n\":1}", DecodeErrorCode::not_json, ""}},
                 decode_command);
}

// Every text of every command, with a character in it that nobody sees.
class HiddenCharacters {
 public:
  explicit HiddenCharacters(const AnyCommand& command)
      : whole_(Json::parse(encode(command), nullptr, false)) {}
  int run() {
    walk(whole_, "");
    return texts_;
  }

 private:
  void walk(Json& value, const std::string& path) {
    if (value.is_object() || value.is_array()) {
      for (auto& [key, inner] : value.items())
        walk(inner, std::string(path).append("/").append(key));
    }
    if (!value.is_string() || path.ends_with("/type")) return;
    const auto taken = [&](const std::string& text) {
      const Json kept = std::exchange(value, text);
      const bool decodes = decode_command(whole_.dump()).has_value();
      value = kept;
      return decodes;
    };
    const std::string before = value.get<std::string>();
    if (!taken(before + "x") && !taken("x")) return;  // a text of its own form: an id, a date
    ++texts_;
    for (const char* character : {"\xE2\x80\xAE", "\xE2\x80\x8B", "\xC2\x9B", "\xEF\xBB\xBF"}) {
      EXPECT_FALSE(taken(before + character)) << path;
    }
  }

  Json whole_;
  int texts_ = 0;
};

TEST(Strictness, NoNewTextHidesACharacter) {
  int texts = 0;
  for (const AnyCommand& command : samples::commands()) texts += HiddenCharacters(command).run();
  EXPECT_GT(texts, 30);
}

TEST(Strictness, ANewNameCanBeRead) {
  const std::string enterprise = encode(samples::command("save_enterprise"));
  const std::string user = encode(samples::command("save_user"));
  const auto named = [](const std::string& text, const std::string& field,
                        const std::string& name) {
    Json json = Json::parse(text, nullptr, false);
    json[Json::json_pointer(field)] = name;
    return json.dump();
  };
  for (const char* blank : {"\xE3\x80\x80", " ", "\xC2\xA0\xE3\x80\x80"}) {
    const auto refused = decode_command(named(enterprise, "/enterprise/name", blank));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, DecodeErrorCode::bad_format);
    EXPECT_EQ(refused.error().path, "enterprise.name");
    EXPECT_FALSE(decode_command(named(user, "/user/display_name", blank)));
  }
  EXPECT_FALSE(decode_command(named(enterprise, "/enterprise/name",
                                    "a\xE2\x80\x8D"
                                    "b")));
  const AnyCommand joined = CancelBooking{
      BookingId(Uuid{1, 1}), worlds::licence_block("2026-11-25 09:00"), "👨\xE2\x80\x8D👩 来不了"};
  EXPECT_TRUE(decode_command(encode(joined))) << "remarks may join characters";
}

// A store of a time when such names were taken still opens.
TEST(Strictness, StoredTextsAreReadAsTheyAre) {
  Enterprise row{.id = EnterpriseId(Uuid{1, 1}),
                 .name =
                     "\xE2\x80\xAE"
                     "公司",
                 .credit_code = "91110000MA00000001"};
  ASSERT_FALSE(decode_command(encode(AnyCommand(SaveEnterprise{row}))));
  EXPECT_TRUE(decode_row(encode(AnyRow(row))));
  row.name = "\xE3\x80\x80";
  EXPECT_TRUE(decode_row(encode(AnyRow(row))));
}

TEST(Strictness, UnknownNamesAreCutInPaths) {
  const std::string text =
      R"({"type":"undo_reschedule",")" + std::string(63, 'k') + "\xE5\x9B\xAD" + R"(":1})";
  const auto value = decode_command(text);
  ASSERT_FALSE(value.has_value());
  EXPECT_EQ(value.error().path, std::string(63, 'k'));
  EXPECT_EQ(decode_command(R"({"type":"undo_reschedule","a\nb":1})").error().path, "a?b");
}

// Found by the fuzz targets: the path of an error was empty, as if it were about the whole text.
TEST(Strictness, AnEmptyKeyHasAPathToo) {
  const auto unknown = decode_row_key(R"({"":0,"type":"booking"})");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, DecodeErrorCode::unknown_field);
  EXPECT_EQ(unknown.error().path, R"("")");
  const auto twice = decode_row_key(R"({"":0,"":1})");
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().code, DecodeErrorCode::duplicate_field);
  EXPECT_EQ(twice.error().path, R"("")");
}

}  // namespace
}  // namespace yuanyue::wire
