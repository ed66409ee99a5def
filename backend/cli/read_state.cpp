#include "backend/cli/read_state.h"

#include "backend/store/load_rows.h"
#include "backend/store/sqlite_reader.h"

namespace yuanyue {

std::expected<State, std::string> read_state(const DataFolder& folder) {
  if (!folder.has_store()) {
    return std::unexpected("There is no store in " + folder.path().string() + ".");
  }
  State state;
  try {
    SqliteReader reader(folder.store_path());
    auto loaded = load_rows(reader, [&](AnyRow row) { state.put(std::move(row)); });
    if (!loaded) return std::unexpected("The store cannot be read: " + loaded.error() + ".");
  } catch (const SqliteError& error) {
    return std::unexpected("The store cannot be opened: " + std::string(error.what()) + ".");
  }
  return state;
}

}  // namespace yuanyue
