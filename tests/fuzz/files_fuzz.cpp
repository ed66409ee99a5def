// What administrators import: calendars, catalogs, lists of enterprises; and dates, instants, ids
// and codes as people type them.
#include <array>
#include <string>

#include <nlohmann/json.hpp>

#include "backend/admin/enterprise_csv.h"
#include "core/appointments/booking_code.h"
#include "core/base/check_character.h"
#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/calendar/calendar_json.h"
#include "core/people/credit_code.h"
#include "core/people/enterprise.h"
#include "core/people/save_enterprise.h"
#include "core/people/user.h"
#include "tests/fuzz/wire_trials.h"

namespace yuanyue::fuzz {
namespace {

void try_calendar(std::string_view text) {
  const auto file = decode_calendar_file(text);
  if (!file) {
    require(!file.error().code.empty(), "an error has a name");
    require(file.error().path.empty() || file.error().path.front() == '/',
            "a path is a JSON pointer");
    return;
  }
  const std::string written = encode_calendar_file(*file);
  const auto again = decode_calendar_file(written);
  require(again.has_value(), "what is written can be read");
  require(*again == *file, "decode, encode, decode is the same");
}

// As `catalog import` reads it.
void try_catalog(std::string_view text) {
  auto file = nlohmann::json::parse(text, nullptr, false);
  if (!file.is_object()) return;
  file["type"] = "save_catalog";
  const std::string command = file.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  check_decoder(command, wire::decode_command);
}

void try_enterprises(std::string_view text) {
  const auto csv = read_enterprise_csv(text);
  if (!csv) {
    require(!csv.error().empty(), "a refusal is a sentence");
    return;
  }
  for (const CsvRemark& remark : csv->refused) {
    require(remark.line > 1 && !remark.message.empty(), "a refused row has a line and a reason");
  }
  for (const EnterpriseCsvRow& row : csv->rows) {
    require(!row.name.empty() && row.name.size() <= max_enterprise_name_bytes, "names are bounded");
    require(check_credit_code(row.credit_code) != CreditCodeCheck::malformed,
            "codes are well-formed");
    Enterprise enterprise;
    enterprise.id = EnterpriseId({1, 1});
    enterprise.name = row.name;
    enterprise.credit_code = row.credit_code;
    enterprise.contact = row.contact;
    const auto stored = wire::decode_row(wire::encode(AnyRow(enterprise)));
    require(stored.has_value(), "what is imported can be stored and read back");
    const auto taken = wire::decode_command(wire::encode(AnyCommand(SaveEnterprise{enterprise})));
    require(taken.has_value(), "what is imported is what a command may carry");
  }
  const auto rows = enterprise_rows_of(to_json(csv->rows));
  require(rows.has_value() && rows->size() == csv->rows.size(), "rows reach the serving process");
}

// What another process of this machine may send over the admin socket.
void try_enterprise_rows(std::string_view text) {
  const auto input = nlohmann::json::parse(text, nullptr, false);
  if (!input.is_discarded()) static_cast<void>(enterprise_rows_of(input));
}

void try_short_texts(std::string_view text) {
  if (const auto date = parse_date(text)) {
    require(to_string(*date) == text, "a date is taken only as it is printed");
    require(to_date(to_year_month_day(*date)) == *date, "a date is one day");
    require(date_of(to_instant(*date, {0})) == *date, "midnight belongs to its day");
  }
  if (const auto time = parse_time_of_day(text)) {
    require(to_string(*time) == text, "a time is taken only as it is printed");
  }
  if (const auto at = parse_instant(text)) {
    require(parse_instant(to_string(*at)) == *at, "an instant is the same when printed and read");
  }
  if (const auto id = parse_uuid(text)) {
    require(*id && to_string(*id) == text, "an id is taken only as it is printed, and is not none");
  }
  if (const auto slug = parse_slug(text)) {
    require(slug->view() == text, "a short name is taken as it is");
  }
  if (const auto check = check_character(text)) {
    require(check_alphabet.find(*check) != std::string_view::npos,
            "a check character is of its alphabet");
  }
  if (check_credit_code(text) == CreditCodeCheck::ok) {
    require(check_character(text.substr(0, 17)) == text[17],
            "a good code ends with its check character");
  }
  if (const auto code = normalize_booking_code(text)) {
    require(code->size() == 8, "a booking code has eight characters");
    require(normalize_booking_code(*code) == *code, "a normal code is normal");
    require(normalize_booking_code(display_booking_code(*code)) == *code,
            "a shown code can be typed");
  }
}

constexpr std::array<Trial, 5> trials = {try_calendar, try_catalog, try_enterprises,
                                         try_enterprise_rows, try_short_texts};

}  // namespace
}  // namespace yuanyue::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return yuanyue::fuzz::run(yuanyue::fuzz::trials, data, size);
}
