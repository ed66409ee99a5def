// The write-ahead log as a process finds it when it starts.
#pragma once

#include <string>

namespace yuanyue {

// Writes the log's bytes again and syncs them, so that what is read back from it is really on the
// disk. After a sync that failed it may not be: the system then takes the pages it could not write
// for clean, and a later sync passes over them, while every reader still sees what they hold.
// Throws SqliteError. Nobody else may have the store open. `vfs` as in SqliteConnection.
void make_log_durable(const std::string& store_path, const std::string& vfs);

}  // namespace yuanyue
