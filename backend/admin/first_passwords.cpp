#include "backend/admin/first_passwords.h"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace yuanyue {

namespace {

class OpenFile {
 public:
  OpenFile(const std::filesystem::path& path, int flags)
      : file_(::open(path.c_str(), flags | O_CLOEXEC, S_IRUSR | S_IWUSR)) {}
  ~OpenFile() {
    if (file_ >= 0) ::close(file_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  explicit operator bool() const { return file_ >= 0; }
  bool sync() { return ::fsync(file_) == 0; }
  bool write(std::string_view text) {
    while (!text.empty()) {
      const auto written = ::write(file_, text.data(), text.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }

 private:
  int file_;
};

std::string cell(std::string_view text) {
  constexpr std::string_view formula_starts = "=+-@";
  std::string quoted = "\"";
  if (!text.empty() && formula_starts.find(text.front()) != std::string_view::npos) quoted += '\'';
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string table(const std::vector<FirstPassword>& passwords) {
  std::string text = "\xEF\xBB\xBFuser,password,name\r\n";
  for (const FirstPassword& one : passwords) {
    text += one.user + ',' + one.password + ',' + cell(one.enterprise_name) + "\r\n";
  }
  return text;
}

// 2026-11-26T08:46:00+08:00 → 20261126-084600
std::string stamp(Instant now) {
  std::string text = to_string(now).substr(0, 19);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  std::ranges::replace(text, 'T', '-');
  return text;
}

}  // namespace

std::expected<std::filesystem::path, std::string> write_first_passwords(
    const std::filesystem::path& folder, Instant now, const std::vector<FirstPassword>& passwords) {
  constexpr int most_in_one_second = 1'000;
  const std::string start = "first-passwords-" + stamp(now);
  for (int number = 1; number <= most_in_one_second; ++number) {
    std::filesystem::path path =
        folder / (start + (number > 1 ? "-" + std::to_string(number) : "") + ".csv");
    OpenFile file(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
    if (!file && errno == EEXIST) continue;
    OpenFile parent(folder, O_RDONLY | O_DIRECTORY);
    if (file && parent && file.write(table(passwords)) && file.sync() && parent.sync()) return path;
    std::error_code ignored;
    if (file) std::filesystem::remove(path, ignored);
    break;
  }
  return std::unexpected("The first passwords cannot be written to " + folder.string() +
                         "; nothing has changed.");
}

}  // namespace yuanyue
