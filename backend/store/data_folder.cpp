#include "backend/store/data_folder.h"

#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace yuanyue {

bool DataFolder::has_store() const {
  std::error_code error;
  return std::filesystem::is_regular_file(store_path(), error);
}

std::optional<std::string> DataFolder::exposure() const {
  struct stat status{};
  if (::stat(path_.c_str(), &status) != 0 || (status.st_mode & (S_IWGRP | S_IWOTH)) == 0) {
    return std::nullopt;
  }
  return "Others may write into the data folder " + path_.string() +
         " and could put another store in its place: chmod 700 " + path_.string() + ".";
}

std::expected<DataLock, DataLock::Failure> DataLock::take(const DataFolder& folder) {
  std::error_code error;
  const bool created = std::filesystem::create_directories(folder.path(), error);
  if (error) return std::unexpected(Failure::not_possible);
  if (created) ::chmod(folder.path().c_str(), S_IRWXU);
  const int file =
      ::open(folder.lock_path().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return std::unexpected(Failure::not_possible);
  if (::flock(file, LOCK_EX | LOCK_NB) == 0) return DataLock(file);
  const bool is_held = errno == EWOULDBLOCK;
  ::close(file);
  return std::unexpected(is_held ? Failure::held_by_another : Failure::not_possible);
}

DataLock::DataLock(DataLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

DataLock::~DataLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace yuanyue
