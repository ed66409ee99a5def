// Fields and limits of enterprises and accounts, and of the commands that save them.
#pragma once

#include "core/people/erase.h"
#include "core/people/people_checks.h"
#include "core/people/save_enterprise.h"
#include "core/people/save_user.h"
#include "core/people/sign_in_name.h"
#include "core/wire/text_limits.h"

namespace yuanyue::wire {

inline constexpr auto role_list = [] {
  std::array<std::string_view, roles.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = roles[i].name.answer;
  return names;
}();
inline constexpr Names role_names{role_list};

inline constexpr auto enterprise_fields =
    fields_of(YUANYUE_FIELD(Enterprise, contact, name(0, max_name_bytes)),
              YUANYUE_FIELD(Enterprise, credit_code, text(18, 18)),
              YUANYUE_FIELD(Enterprise, high_tech, boolean()),
              YUANYUE_FIELD(Enterprise, id, uuid<EnterpriseId>()),
              YUANYUE_FIELD(Enterprise, key_project, boolean()),
              YUANYUE_FIELD(Enterprise, name, name(1, max_name_bytes)));
inline constexpr TableOf enterprise_table{enterprise_fields, checked_by<check_enterprise>};
inline constexpr auto enterprise_codec = object<Enterprise>(enterprise_table);

inline constexpr auto user_fields =
    fields_of(YUANYUE_FIELD(User, disabled, boolean()),
              YUANYUE_FIELD(User, display_name, name(0, max_name_bytes)),
              YUANYUE_FIELD(User, enterprise, uuid_or_none<EnterpriseId>()),
              YUANYUE_FIELD(User, id, uuid<UserId>()),
              YUANYUE_FIELD(User, name, text(min_sign_in_name_bytes, max_sign_in_name_bytes)),
              YUANYUE_FIELD(User, role, enumerator<Role>(role_names)));
inline constexpr TableOf user_table{user_fields, checked_by<check_user>};
inline constexpr auto user_codec = object<User>(user_table);

inline constexpr auto save_enterprise_fields =
    fields_of(YUANYUE_FIELD(SaveEnterprise, enterprise, enterprise_codec),
              YUANYUE_FIELD(SaveEnterprise, seen, optional(enterprise_codec)));
inline constexpr TableOf save_enterprise_table{save_enterprise_fields};

inline constexpr auto save_user_fields = fields_of(
    YUANYUE_FIELD(SaveUser, seen, optional(user_codec)), YUANYUE_FIELD(SaveUser, user, user_codec));
inline constexpr TableOf save_user_table{save_user_fields};

inline constexpr auto erase_enterprise_fields =
    fields_of(YUANYUE_FIELD(EraseEnterprise, enterprise, uuid<EnterpriseId>()));
inline constexpr TableOf erase_enterprise_table{erase_enterprise_fields};

inline constexpr auto erase_user_fields = fields_of(YUANYUE_FIELD(EraseUser, user, uuid<UserId>()));
inline constexpr TableOf erase_user_table{erase_user_fields};

}  // namespace yuanyue::wire
