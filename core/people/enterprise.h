// An enterprise of the park.
#pragma once

#include <string>

#include "core/kernel/row.h"
#include "core/people/ids.h"

namespace yuanyue {

struct Enterprise {
  static constexpr PartNumber number{people::domain_number, 0};
  static const RowType<Enterprise> type;
  EnterpriseId id;
  std::string name;
  std::string credit_code;   // 统一社会信用代码, 18 characters (GB 32100-2015)
  bool key_project = false;  // 重点招商项目
  bool high_tech = false;    // 高新技术企业
  std::string contact;       // name and telephone, for the park's staff
  bool operator==(const Enterprise&) const = default;
};
inline const EnterpriseId& key_of(const Enterprise& row) { return row.id; }

}  // namespace yuanyue
