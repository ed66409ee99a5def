#include "backend/store/sqlite_stores.h"

#include <utility>

#include "backend/store/sqlite_auth_store.h"
#include "backend/store/sqlite_reader.h"
#include "backend/store/sqlite_store.h"
#include "backend/store/sqlite_writer.h"

namespace yuanyue {

StoreResult<Stores> open_sqlite_stores(SqliteStoreOptions options) {
  return guarded([&] {
    const auto writer =
        std::make_shared<SqliteWriter>(options.path, options.vfs, options.checkpoint_pages);
    const auto audiences = std::make_shared<AudienceIds>();
    const auto readers =
        std::make_shared<SqliteReaderPool>(options.path, options.vfs, audiences, writer->watch());
    Stores stores;
    stores.store =
        std::make_unique<SqliteStore>(writer, readers, audiences, std::move(options.fail_at));
    stores.auth = std::make_unique<SqliteAuthStore>(writer, readers);
    return stores;
  });
}

}  // namespace yuanyue
