// The CSV file of enterprises (UTF-8 with or without BOM, LF or CRLF, one row a line: see csv.h).
//
//   name,credit_code,tags,contact            or 企业名称,统一社会信用代码,标签,联系人, in any order
//   "某某科技(上海)有限公司",91310000…,high_tech;key_project,"王女士 021-5555 0101"
//
// Tags: high_tech (高新技术企业), key_project (重点招商项目), separated by ; or 、 or a comma, also
// full-width ones; tags and contact may be missing. Spaces around values are left out, rows that
// show nothing are passed over, full-width codes are taken as typed. A code whose check digit is
// wrong is taken with a warning, because registers contain such codes; whatever else is wrong makes
// the row malformed.
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace yuanyue {

inline constexpr std::size_t max_enterprise_csv_bytes = 4 * 1024 * 1024;
inline constexpr std::size_t max_enterprise_name_bytes = 200;
inline constexpr std::size_t max_enterprise_contact_bytes = 200;

struct EnterpriseCsvRow {
  std::size_t line = 0;  // of the file, from 1
  std::string name;
  std::string credit_code;  // upper case
  bool key_project = false;
  bool high_tech = false;
  std::string contact;
};

struct CsvRemark {
  std::size_t line = 0;
  std::string message;  // English, one sentence
};

struct EnterpriseCsv {
  std::vector<EnterpriseCsvRow> rows;
  std::vector<CsvRemark> warnings;
  std::vector<CsvRemark> refused;  // malformed rows
};

// The error is one sentence: the file as a whole is unusable.
std::expected<EnterpriseCsv, std::string> read_enterprise_csv(std::string_view bytes);

// Rows as the operation `enterprise_import` takes them.
nlohmann::json to_json(const std::vector<EnterpriseCsvRow>& rows);
std::optional<std::vector<EnterpriseCsvRow>> enterprise_rows_of(const nlohmann::json& input);

}  // namespace yuanyue
