#include "core/people/role.h"

#include "core/people/grants.h"
#include "core/people/user.h"

namespace yuanyue {

Audience own_enterprise(const User& user) { return {&enterprise_kind, user.enterprise}; }
Audience whole_park(const User&) { return administrators; }

}  // namespace yuanyue
