// A replica as lines of text, for storages that are not C++. The same lines change a storage and
// say what it holds; the first letter tells the kind:
//
//   X                          the outbox is emptied
//   R                          rows and ledger are emptied
//   u UUID, c UUID             user and client; without the UUID: none
//   n NUMBER, k TEXT, t MS     next seq, cookie, clock offset
//   r KEY <tab> ROW            a row in, or instead of that with its key
//   d KEY                      a row out
//   l UUID <tab> ENTRY         a ledger entry
//   x SEQ                      a command out of the outbox
//   q SEQ                      a command that cannot be read is set aside, never deleted
//   o SEQ <tab> UUID <tab> MS <tab> COMMAND      a command into the outbox
//   A                          what was accepted is emptied
//   y UUID                     an accepted command out
//   a UUID <tab> MS <tab> COMMAND                an accepted command in
//   !                          what was read before counts for nothing (the storage was repaired)
//
// Keys, rows, entries and commands are the texts of core/domains/codec.h, in which neither tabs nor
// line ends can stand. Every line ends with a line feed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/sync/sync_storage.h"

namespace yuanyue::sync {

std::string storage_text(const StorageWrite& change);
std::string set_aside_text(const std::vector<std::uint64_t>& seqs);

// Reads what a storage holds, in as many pieces as it comes, each of whole lines.
class StoredReplicaReader {
 public:
  void take(std::string_view lines);
  // Rows and ledger that cannot be read are as if there were none, and the cookie with them: the
  // server gives them again.
  StoredReplica finish();
  // Commands that this version cannot read, by seq. They are not in finish().
  const std::vector<std::uint64_t>& unreadable_commands() const { return unreadable_commands_; }

 private:
  void take_line(char kind, std::string_view text);
  void take_command(std::string_view text);
  void take_accepted(std::string_view text);

  StoredReplica stored_;
  bool rows_unreadable_ = false;
  std::vector<std::uint64_t> unreadable_commands_;
};

}  // namespace yuanyue::sync
