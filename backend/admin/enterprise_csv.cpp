#include "backend/admin/enterprise_csv.h"

#include <algorithm>
#include <array>
#include <set>

#include <nlohmann/json.hpp>

#include "backend/admin/csv.h"
#include "core/model/people.h"
#include "core/wire/json.h"

namespace yuanyue {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::size_t no_column = SIZE_MAX;

struct Columns {
  std::size_t name = no_column;
  std::size_t credit_code = no_column;
  std::size_t tags = no_column;
  std::size_t contact = no_column;
};

std::string trimmed(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return std::string(text);
}

std::expected<Columns, std::string> read_header(const CsvRecord& header) {
  Columns columns;
  for (std::size_t i = 0; i < header.fields.size(); ++i) {
    const std::string title = trimmed(header.fields[i]);
    std::size_t* column = nullptr;
    if (title == "name" || title == "企业名称") column = &columns.name;
    if (title == "credit_code" || title == "统一社会信用代码") column = &columns.credit_code;
    if (title == "tags" || title == "标签") column = &columns.tags;
    if (title == "contact" || title == "联系人") column = &columns.contact;
    if (column == nullptr)
      return std::unexpected("The header names an unknown column: " + title + ".");
    if (*column != no_column)
      return std::unexpected("The header names a column twice: " + title + ".");
    *column = i;
  }
  if (columns.name == no_column || columns.credit_code == no_column) {
    return std::unexpected(
        "The first line must name the columns name, credit_code, tags, contact.");
  }
  return columns;
}

std::string field(const CsvRecord& record, std::size_t column) {
  return column == no_column ? std::string() : trimmed(record.fields[column]);
}

// An unknown tag, or nullopt.
std::optional<std::string> read_tags(std::string tags, EnterpriseCsvRow& row) {
  constexpr std::string_view ideographic_comma = "、";
  for (auto at = tags.find(ideographic_comma); at != std::string::npos;
       at = tags.find(ideographic_comma)) {
    tags.replace(at, ideographic_comma.size(), ";");
  }
  std::string_view rest = tags;
  while (!rest.empty()) {
    const auto separator = rest.find(';');
    std::string tag = trimmed(rest.substr(0, separator));
    rest = separator == std::string_view::npos ? std::string_view() : rest.substr(separator + 1);
    if (tag.empty()) continue;
    if (tag == "high_tech" || tag == "高新技术企业")
      row.high_tech = true;
    else if (tag == "key_project" || tag == "重点招商项目")
      row.key_project = true;
    else
      return tag;
  }
  return std::nullopt;
}

bool has_control_character(std::string_view text) {
  return std::ranges::any_of(
      text, [](char c) { return (static_cast<unsigned char>(c) < 0x20) || c == 0x7F; });
}

// What is wrong with the row, or nullopt.
std::optional<std::string> read_row(const CsvRecord& record, const Columns& columns,
                                    std::size_t column_count, EnterpriseCsvRow& row) {
  if (record.is_malformed) return "The quotes do not match.";
  if (record.fields.size() != column_count) {
    return "There are " + std::to_string(record.fields.size()) + " fields instead of " +
           std::to_string(column_count) + ".";
  }
  row.line = record.line;
  row.name = field(record, columns.name);
  row.credit_code = field(record, columns.credit_code);
  row.contact = field(record, columns.contact);
  std::ranges::transform(row.credit_code, row.credit_code.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  if (row.name.empty()) return "The name is missing.";
  if (row.name.size() > max_enterprise_name_bytes) return "The name exceeds 200 bytes.";
  if (row.contact.size() > max_enterprise_contact_bytes) return "The contact exceeds 200 bytes.";
  if (!wire::is_utf8(row.name) || !wire::is_utf8(row.contact)) return "The text is not UTF-8.";
  if (has_control_character(row.name) || has_control_character(row.contact)) {
    return "The text has a control character.";
  }
  if (check_credit_code(row.credit_code) == CreditCodeCheck::malformed) {
    return "The credit code must have 18 characters of 0-9 and A-Z without I, O, S, V, Z.";
  }
  if (const auto tag = read_tags(field(record, columns.tags), row))
    return "Unknown tag: " + *tag + ".";
  return std::nullopt;
}

}  // namespace

std::expected<EnterpriseCsv, std::string> read_enterprise_csv(std::string_view bytes) {
  if (bytes.size() > max_enterprise_csv_bytes) return std::unexpected("The file exceeds 4 MiB.");
  if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
  const std::vector<CsvRecord> records = parse_csv(bytes);
  if (records.empty()) return std::unexpected("The file is empty.");
  const auto columns = read_header(records.front());
  if (!columns) return std::unexpected(columns.error());

  EnterpriseCsv csv;
  std::set<std::string> codes;
  for (std::size_t i = 1; i < records.size(); ++i) {
    EnterpriseCsvRow row;
    auto problem = read_row(records[i], *columns, records.front().fields.size(), row);
    if (!problem && !codes.insert(row.credit_code).second) {
      problem = "The credit code is in the file twice.";
    }
    if (problem) {
      csv.refused.push_back({records[i].line, *problem});
      continue;
    }
    if (check_credit_code(row.credit_code) == CreditCodeCheck::bad_checksum) {
      csv.warnings.push_back({row.line, "The check digit of " + row.credit_code + " is wrong."});
    }
    csv.rows.push_back(std::move(row));
  }
  return csv;
}

nlohmann::json to_json(const std::vector<EnterpriseCsvRow>& rows) {
  nlohmann::json list = nlohmann::json::array();
  for (const EnterpriseCsvRow& row : rows) {
    list.push_back({{"line", row.line},
                    {"name", row.name},
                    {"credit_code", row.credit_code},
                    {"key_project", row.key_project},
                    {"high_tech", row.high_tech},
                    {"contact", row.contact}});
  }
  return {{"rows", list}};
}

std::optional<std::vector<EnterpriseCsvRow>> enterprise_rows_of(const nlohmann::json& input) {
  const auto list = input.find("rows");
  if (list == input.end() || !list->is_array()) return std::nullopt;
  std::vector<EnterpriseCsvRow> rows;
  for (const nlohmann::json& value : *list) {
    const auto has_texts = [&](const char* name) {
      return value.contains(name) && value[name].is_string();
    };
    if (!value.is_object() || !has_texts("name") || !has_texts("credit_code") ||
        !has_texts("contact") || !value.contains("line") || !value["line"].is_number_unsigned()) {
      return std::nullopt;
    }
    EnterpriseCsvRow row;
    row.line = value["line"].get<std::size_t>();
    row.name = value["name"].get<std::string>();
    row.credit_code = value["credit_code"].get<std::string>();
    row.contact = value["contact"].get<std::string>();
    const auto is_true = [&](const char* name) {
      return value.contains(name) && value[name].is_boolean() && value[name].get<bool>();
    };
    row.key_project = is_true("key_project");
    row.high_tech = is_true("high_tech");
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace yuanyue
