// What a store says when it could not do what it was asked.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace yuanyue {

// What kind of trouble, so that whoever runs the server knows what to mend.
enum class StoreFault : std::uint8_t {
  other,
  disk_full,
  read_only,     // the disk, the folder or the file cannot be written
  failed_write,  // the disk refused a write or a flush
  corrupt,       // the file is damaged, or no store
  busy,          // another process holds it
  no_memory,
  diverged,  // another process has committed: what is in memory is not what is on disk
  replaced,  // the files under the store's names are no longer those that are open
};
std::string_view name_of(StoreFault fault);  // "disk_full"; stable

struct StoreError {
  std::string message;  // for logs and the console, never for clients
  StoreFault fault = StoreFault::other;
};

template <class Value>
using StoreResult = std::expected<Value, StoreError>;

}  // namespace yuanyue
