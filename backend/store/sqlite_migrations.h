// Brings a store to the schema of this program.
#pragma once

#include <string>

#include "backend/store/sqlite.h"

namespace yuanyue {

// Creates the tables of an empty file, or migrates an older store forward in one transaction, after
// a copy of it has been written beside it (PATH.schema-N). Throws SqliteError; a store of a newer
// program is refused and left as it is.
void set_up_schema(SqliteConnection& connection, const std::string& path);

int schema_version_of(SqliteConnection& connection);  // 0: there is no store in it yet
std::string migration_copy_path(const std::string& path, int version);
std::string row_copy_path(const std::string& path, int row_form);

// Writes a copy, unless there is one of that name. Throws SqliteError.
void keep_copy(SqliteConnection& connection, const std::string& copy);

// Anything but an epoch that a client may still hold.
std::int64_t random_epoch();
// Into the table `history`, at the machine's time.
void note_history(SqliteConnection& connection, std::string_view event, std::string_view detail);

}  // namespace yuanyue
