// Copies of a store: written while it is served, checked, and put back.
#pragma once

#include <expected>
#include <functional>
#include <map>
#include <string>

#include "backend/store/data_folder.h"
#include "backend/store/store.h"

namespace yuanyue {

// What a check of a whole store found; the file is sound and every row can be read.
struct StoreReport {
  int schema_version = 0;
  StoreHead head;
  std::int64_t ledger_entries = 0;
  std::string ledger_hash;
  std::map<std::string, std::int64_t> rows;  // by kind
};

// Opens a store for reading and checks its pages, the ledger's chain and every row. The error is a
// sentence.
std::expected<StoreReport, std::string> check_store(const std::string& path);

// What is wrong with the pages of a store; empty: nothing. Reads the whole file.
std::string damaged_pages(const std::string& path);

// Writes a checked copy to a new file, also while another process serves the store. What fails
// leaves no file of that name.
std::expected<StoreReport, std::string> back_up_store(const std::string& path,
                                                      const std::string& copy);

// The same of a store that only the process which has it open can read: `write` puts the copy into
// the file that it is given. Its error is a sentence.
using WriteCopy = std::function<std::expected<void, std::string>(const std::string& file)>;
std::expected<StoreReport, std::string> back_up_store(const WriteCopy& write,
                                                      const std::string& copy);

struct Restored {
  StoreReport report;
  std::string kept_in;  // folder of what was there before; empty when there was nothing
};
// Puts a checked copy in place of the folder's store, with a new epoch: replicas reset, and keep
// what they have not sent. Sessions are not brought back, because some of them may have ended since
// the copy was made. The caller holds the folder's lock. A crash on the way leaves the old store or
// the new one. `amend` may change the copy, which nobody has open then, before it takes the place
// of the other.
std::expected<Restored, std::string> restore_store(
    const DataFolder& folder, const std::string& copy,
    const std::function<std::expected<void, std::string>(const std::string& incoming)>& amend = {});

}  // namespace yuanyue
