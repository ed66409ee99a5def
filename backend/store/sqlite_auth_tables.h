// What others than the AuthStore write into its tables: a commit of the engine. In a transaction of
// the caller's; throws SqliteError.
#pragma once

#include <string>
#include <vector>

#include "backend/store/credential.h"
#include "backend/store/sqlite.h"

namespace yuanyue {

void put_credentials(SqliteConnection& connection, const std::vector<CredentialWrite>& credentials);
void end_sessions_of(SqliteConnection& connection, const std::vector<std::string>& users);

}  // namespace yuanyue
