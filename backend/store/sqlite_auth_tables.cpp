#include "backend/store/sqlite_auth_tables.h"

namespace yuanyue {

void put_credentials(SqliteConnection& connection,
                     const std::vector<CredentialWrite>& credentials) {
  if (credentials.empty()) return;
  SqliteStatement put(connection,
                      "INSERT INTO credentials (user, password_hash, must_change)"
                      " VALUES (?1, ?2, ?3) ON CONFLICT (user) DO UPDATE SET"
                      " password_hash = excluded.password_hash,"
                      " must_change = excluded.must_change");
  for (const CredentialWrite& credential : credentials) {
    put.bind(1, credential.user).bind(2, credential.password_hash);
    put.bind(3, std::int64_t{credential.must_change ? 1 : 0}).run();
  }
}

void end_sessions_of(SqliteConnection& connection, const std::vector<std::string>& users) {
  if (users.empty()) return;
  SqliteStatement end(connection, "DELETE FROM sessions WHERE user = ?1");
  for (const std::string& user : users) end.bind(1, user).run();
}

}  // namespace yuanyue
