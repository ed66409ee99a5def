// The tables of people who sign in: what is written about sessions, failures and the store's own
// secrets. Each call is one transaction; throws SqliteError.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "backend/store/sqlite.h"
#include "backend/store/store.h"

namespace yuanyue {

// See Store for what they do. Parameters: user, hash, must_change.
inline constexpr const char* put_credential_sql =
    "INSERT INTO credentials (user, password_hash, must_change)"
    " VALUES (?1, ?2, ?3) ON CONFLICT (user) DO UPDATE SET"
    " password_hash = excluded.password_hash, must_change = excluded.must_change";

bool start_session(SqliteConnection& connection, const SessionStart& start);
void save_failures(SqliteConnection& connection, const std::vector<FailureRecord>& failures);
void erase_failures(SqliteConnection& connection, const std::vector<std::string>& subjects);
std::string own_secret(SqliteConnection& connection, std::string_view name, std::string_view made);

}  // namespace yuanyue
