#include "backend/admin/enterprise_csv.h"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include "backend/admin/csv.h"
#include "backend/admin/text_encoding.h"
#include "core/base/visible_text.h"
#include "core/people/credit_code.h"
#include "core/people/enterprise.h"
#include "core/people/user.h"
#include "core/wire/json.h"

namespace yuanyue {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::size_t no_column = SIZE_MAX;
constexpr std::size_t credit_code_characters = 18;

using Problem = std::optional<std::string>;  // one sentence

struct Columns {
  std::size_t name = no_column;
  std::size_t credit_code = no_column;
  std::size_t tags = no_column;
  std::size_t contact = no_column;
  std::size_t count = 0;

  bool knows(std::size_t column) const {
    return column == name || column == credit_code || column == tags || column == contact;
  }
};

// What somebody has put between the columns in place of commas.
std::optional<std::string_view> other_separator(const CsvRecord& record) {
  for (const std::string_view separator : {"，", "；", ";", "\t"}) {
    for (const std::string& field : record.fields) {
      if (field.find(separator) != std::string::npos) return separator;
    }
  }
  return std::nullopt;
}

std::string separator_hint(const CsvRecord& record) {
  const auto separator = other_separator(record);
  if (!separator) return {};
  const std::string name = *separator == "\t" ? "a tab" : "'" + std::string(*separator) + "'";
  return " Columns are separated by ',', and here stands " + name + ".";
}

std::expected<Columns, std::string> read_header(const CsvRecord& header) {
  Columns columns;
  columns.count = header.fields.size();
  for (std::size_t i = 0; i < header.fields.size(); ++i) {
    const std::string title(trimmed(header.fields[i]));
    if (title.empty()) continue;  // spreadsheets write columns that were used once
    std::size_t* column = nullptr;
    if (title == "name" || title == "企业名称") column = &columns.name;
    if (title == "credit_code" || title == "统一社会信用代码") column = &columns.credit_code;
    if (title == "tags" || title == "标签") column = &columns.tags;
    if (title == "contact" || title == "联系人") column = &columns.contact;
    if (column == nullptr) {
      return std::unexpected("The header names an unknown column: " + title + "." +
                             separator_hint(header));
    }
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

std::string_view field(const CsvRecord& record, std::size_t column) {
  return column == no_column ? std::string_view() : trimmed(record.fields[column]);
}

// An unknown tag, or nullopt.
std::optional<std::string> read_tags(std::string_view text, EnterpriseCsvRow& row) {
  std::string tags = half_width(text);
  constexpr std::string_view ideographic_comma = "、";
  for (auto at = tags.find(ideographic_comma); at != std::string::npos;
       at = tags.find(ideographic_comma)) {
    tags.replace(at, ideographic_comma.size(), ";");
  }
  std::string_view rest = tags;
  while (!rest.empty()) {
    const auto separator = rest.find_first_of(";,");
    const std::string_view tag = trimmed(rest.substr(0, separator));
    rest = separator == std::string_view::npos ? std::string_view() : rest.substr(separator + 1);
    if (tag.empty()) continue;
    if (tag == "high_tech" || tag == "高新技术企业")
      row.high_tech = true;
    else if (tag == "key_project" || tag == "重点招商项目")
      row.key_project = true;
    else
      return std::string(tag);
  }
  return std::nullopt;
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(
      utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

Problem text_problem(const std::string& what, std::string_view text, std::size_t max_bytes) {
  if (text.size() > max_bytes)
    return "The " + what + " exceeds " + std::to_string(max_bytes) + " bytes.";
  if (!wire::is_utf8(text)) return "The text is not UTF-8.";
  if (const auto hidden = hidden_character(text, TextKind::name)) {
    return "The " + what + " has a character that cannot be seen: " + code_point_name(*hidden) +
           ".";
  }
  return std::nullopt;
}

Problem credit_code_problem(const std::string& code) {
  if (code.empty()) return "The credit code is missing.";
  if (characters(code) != credit_code_characters) {
    return "The credit code has " + std::to_string(characters(code)) + " characters instead of 18.";
  }
  if (check_credit_code(code) == CreditCodeCheck::malformed) {
    return "The credit code must have 18 characters of 0-9 and A-Z without I, O, S, V, Z.";
  }
  return std::nullopt;
}

bool shows_nothing(const CsvRecord& record) {
  return record.fault == CsvFault::none &&
         std::ranges::all_of(record.fields, [](const std::string& text) { return is_blank(text); });
}

Problem layout_problem(const CsvRecord& record, const Columns& columns) {
  if (record.fault == CsvFault::unclosed_quote) {
    return "A quote is opened and not closed on this line.";
  }
  if (record.fault == CsvFault::stray_quote) return "The quotes do not match.";
  if (record.fields.size() != columns.count) {
    return "Fields in this line: " + std::to_string(record.fields.size()) + " instead of " +
           std::to_string(columns.count) + "." + separator_hint(record);
  }
  for (std::size_t i = 0; i < columns.count; ++i) {
    if (!columns.knows(i) && !trimmed(record.fields[i]).empty()) {
      return "Column " + std::to_string(i + 1) + " has a value and no title.";
    }
  }
  return std::nullopt;
}

// What is wrong with the row, or nullopt.
Problem read_row(const CsvRecord& record, const Columns& columns, EnterpriseCsvRow& row) {
  if (auto problem = layout_problem(record, columns)) return problem;
  row.line = record.line;
  row.name = field(record, columns.name);
  row.credit_code = ascii_upper(half_width(field(record, columns.credit_code)));
  row.contact = field(record, columns.contact);
  if (is_blank(row.name)) return "The name is missing.";
  if (auto problem = text_problem("name", row.name, max_enterprise_name_bytes)) return problem;
  if (auto problem = text_problem("contact", row.contact, max_enterprise_contact_bytes)) {
    return problem;
  }
  if (auto problem = credit_code_problem(row.credit_code)) return problem;
  if (const auto tag = read_tags(field(record, columns.tags), row))
    return "Unknown tag: " + *tag + ".";
  return std::nullopt;
}

}  // namespace

std::expected<EnterpriseCsv, std::string> read_enterprise_csv(std::string_view bytes) {
  if (bytes.size() > max_enterprise_csv_bytes) return std::unexpected("The file exceeds 4 MiB.");
  if (const auto encoding = other_encoding(bytes)) {
    return std::unexpected("The file is " + *encoding +
                           ", not UTF-8: save it as \"CSV UTF-8\" (in Excel: 另存为, "
                           "CSV UTF-8 (逗号分隔)) and import that.");
  }
  if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
  const std::vector<CsvRecord> records = parse_csv(bytes);
  if (records.empty()) return std::unexpected("The file is empty.");
  const auto columns = read_header(records.front());
  if (!columns) return std::unexpected(columns.error());

  EnterpriseCsv csv;
  std::map<std::string, std::size_t> lines;  // by code
  for (std::size_t i = 1; i < records.size(); ++i) {
    if (shows_nothing(records[i])) continue;
    EnterpriseCsvRow row;
    auto problem = read_row(records[i], *columns, row);
    if (!problem) {
      const auto [first, is_new] = lines.emplace(row.credit_code, row.line);
      if (!is_new) {
        problem = "The credit code is in line " + std::to_string(first->second) + " already.";
      }
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
