#include "core/protocol/history.h"

#include <initializer_list>
#include <utility>

#include "core/domains/history.h"
#include "core/domains/outcome_tables.h"
#include "core/kernel/any_codec.h"
#include "core/protocol/protocol.h"
#include "core/protocol/query_text.h"

namespace yuanyue::wire {
namespace {

constexpr JsonLimits answer_limits{.max_bytes = max_pull_bytes};

constexpr auto cursor_codec = text(1, max_cursor_bytes);

constexpr auto history_page_fields =
    fields_of(YUANYUE_FIELD(HistoryPage, next, optional(cursor_codec)),
              YUANYUE_FIELD(HistoryPage, rows, list(row_codec, 0, max_history_page)),
              YUANYUE_FIELD(HistoryPage, server_now, instant()));
constexpr TableOf history_page_table{history_page_fields};
constexpr auto history_page_codec = object<HistoryPage>(history_page_table);

constexpr auto timeline_page_fields =
    fields_of(YUANYUE_FIELD(TimelinePage, ledger, list(ledger_entry_codec, 0, max_history_page)),
              YUANYUE_FIELD(TimelinePage, next, optional(cursor_codec)),
              YUANYUE_FIELD(TimelinePage, row, row_codec),
              YUANYUE_FIELD(TimelinePage, server_now, instant()));
constexpr TableOf timeline_page_table{timeline_page_fields};
constexpr auto timeline_page_codec = object<TimelinePage>(timeline_page_table);

Decoded<HistoryQuery> wrong(DecodeErrorCode code, std::string_view field) {
  return query_error<HistoryQuery>(code, field);
}

using ValueOf = std::function<std::optional<std::string>(const char* name)>;

template <class Id>
bool read_id(const ValueOf& value_of, const char* name, Id& id) {
  const auto text = value_of(name);
  if (!text) return true;
  const auto read = parse_uuid(*text);
  if (!read || !*read) return false;
  id = Id(*read);
  return true;
}

bool read_date(const ValueOf& value_of, const char* name, std::optional<Date>& date) {
  const auto text = value_of(name);
  if (!text) return true;
  date = parse_date(*text);
  return date.has_value();
}

// The name of the first that is wrong; empty: all is well.
std::string_view read_filters(const ValueOf& value_of, HistoryQuery& query) {
  if (!read_id(value_of, "booking", query.booking)) return "booking";
  if (!read_id(value_of, "entry", query.entry)) return "entry";
  if (!read_date(value_of, "from", query.from)) return "from";
  if (!read_date(value_of, "to", query.to)) return "to";
  if (const auto service = value_of("service")) {
    const auto slug = parse_slug(*service);
    if (!slug) return "service";
    query.service = ServiceId(*slug);
  }
  if (const auto limit = value_of("limit")) {
    const auto number = parse_integer<int>(*limit, 10);
    if (!number) return "limit";
    query.limit = *number;
  }
  const bool is_page = !query.kind.empty();
  if (const auto before = value_of("before")) {
    if (is_page ? !parse_history_cursor(*before) : !parse_timeline_cursor(*before)) return "before";
    query.before = *before;
  }
  return {};
}

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) {
    if (!out.empty()) out += ',';
    out += text;
  }
  return out;
}

std::string next_member(const std::optional<std::string>& next) {
  if (!next) return {};
  std::string out = "\"next\":";
  append_json_string(out, *next);
  return out + ",";
}

}  // namespace

std::string history_query(const HistoryQuery& query) {
  std::string out;
  const auto add = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    if (!out.empty()) out += '&';
    out += name;
    out += '=';
    append_query_value(out, value);
  };
  if (query.booking) add("booking", to_string(query.booking));
  if (query.entry) add("entry", to_string(query.entry));
  add("kind", query.kind);
  add("service", query.service.view());
  if (query.from) add("from", to_string(*query.from));
  if (query.to) add("to", to_string(*query.to));
  add("before", query.before);
  add("limit", std::to_string(query.limit));
  return out;
}

Decoded<HistoryQuery> decode_history_query(const ValueOf& value_of) {
  HistoryQuery query;
  if (auto kind = value_of("kind")) {
    if (history_kind(*kind) == nullptr) return wrong(DecodeErrorCode::unknown_value, "kind");
    query.kind = *std::move(kind);
  }
  if (const auto field = read_filters(value_of, query); !field.empty()) {
    return wrong(DecodeErrorCode::bad_format, field);
  }
  const int subjects = static_cast<int>(!query.kind.empty()) + static_cast<int>(!!query.booking) +
                       static_cast<int>(!!query.entry);
  if (subjects == 0) return wrong(DecodeErrorCode::missing_field, "kind");
  if (subjects > 1) return wrong(DecodeErrorCode::inconsistent, "kind");
  if (query.limit < 1 || query.limit > max_history_page) {
    return wrong(DecodeErrorCode::out_of_range, "limit");
  }
  if (!query.kind.empty()) return query;
  for (const char* filter : {"service", "from", "to"}) {
    if (value_of(filter)) return wrong(DecodeErrorCode::not_allowed, filter);
  }
  return query;
}

std::string encode(const HistoryPage& page) { return encode_text_of(history_page_codec, page); }
std::string encode(const TimelinePage& page) { return encode_text_of(timeline_page_codec, page); }
Decoded<HistoryPage> decode_history_page(std::string_view json) {
  return decode_text_of(history_page_codec, json, answer_limits);
}
Decoded<TimelinePage> decode_timeline_page(std::string_view json) {
  return decode_text_of(timeline_page_codec, json, answer_limits);
}

std::string history_page_text(Instant server_now, const std::vector<std::string>& rows,
                              const std::optional<std::string>& next) {
  return "{" + next_member(next) + "\"rows\":[" + joined(rows) +
         "],\"server_now\":" + std::to_string(server_now.ms) + "}";
}

std::string timeline_page_text(Instant server_now, std::string_view row,
                               const std::vector<std::string>& ledger,
                               const std::optional<std::string>& next) {
  return "{\"ledger\":[" + joined(ledger) + "]," + next_member(next) +
         "\"row\":" + std::string(row) + ",\"server_now\":" + std::to_string(server_now.ms) + "}";
}

std::string to_string(const HistoryCursor& cursor) {
  std::string out;
  append_hex(out, static_cast<std::uint64_t>(cursor.finished_ms));
  out += '.';
  append_hex(out, static_cast<std::uint64_t>(cursor.number));
  return out;
}

std::optional<HistoryCursor> parse_history_cursor(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto finished_ms = parse_integer<std::int64_t>(text.substr(0, dot), 16);
  const auto number = parse_integer<std::int64_t>(text.substr(dot + 1), 16);
  if (!finished_ms || !number) return std::nullopt;
  return HistoryCursor{*finished_ms, *number};
}

std::string timeline_cursor(std::int64_t number) {
  std::string out;
  append_hex(out, static_cast<std::uint64_t>(number));
  return out;
}

std::optional<std::int64_t> parse_timeline_cursor(std::string_view text) {
  return parse_integer<std::int64_t>(text, 16);
}

}  // namespace yuanyue::wire
