// The folder that holds one park's data: the store, the lock of the process that owns it, and the
// socket by which the command line reaches that process.
#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <string>

namespace yuanyue {

class DataFolder {
 public:
  explicit DataFolder(std::filesystem::path path) : path_(std::move(path)) {}

  const std::filesystem::path& path() const { return path_; }
  std::string store_path() const { return path_ / "yuanyue.db"; }
  std::string lock_path() const { return path_ / "yuanyue.lock"; }
  std::string socket_path() const { return path_ / "admin.sock"; }
  bool has_store() const;
  // A warning in one sentence when others than the owner (and root) may write there, who could put
  // another store in place of this one.
  std::optional<std::string> exposure() const;

 private:
  std::filesystem::path path_;
};

// Held while the object lives; the system frees it when the process dies, however it dies.
class DataLock {
 public:
  enum class Failure : std::uint8_t { held_by_another, not_possible };
  // Creates the folder (mode 0700) when it is missing.
  static std::expected<DataLock, Failure> take(const DataFolder& folder);
  ~DataLock();
  DataLock(DataLock&& other) noexcept;
  DataLock& operator=(DataLock&&) = delete;

 private:
  explicit DataLock(int file) : file_(file) {}
  int file_;
};

}  // namespace yuanyue
