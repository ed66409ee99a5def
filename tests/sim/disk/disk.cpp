#include "tests/sim/disk/disk.h"

#include <utility>

namespace yuanyue::sim {

bool Disk::take_step() {
  if (crashed_) return false;
  if (changes_until_crash_ > 0) {
    --changes_until_crash_;
    if (changes_until_crash_ == 0) crashed_ = planned_;
  }
  return true;  // the change in whose middle it happens is still begun
}

DiskResult Disk::create(const std::string& name) {
  if (crashed_) return DiskResult::failed;
  files_[name];
  return DiskResult::done;
}

std::string_view Disk::content(const std::string& name) const {
  const auto found = files_.find(name);
  return found == files_.end() ? std::string_view() : found->second.seen;
}

void Disk::apply(const Change& change, std::string& content) {
  if (change.is_truncation) {
    if (content.size() > change.offset) content.resize(change.offset);
    return;
  }
  const std::size_t end = change.offset + change.bytes.size();
  if (content.size() < end) content.resize(end);
  content.replace(change.offset, change.bytes.size(), change.bytes);
}

DiskResult Disk::write(const std::string& name, std::size_t offset, std::string_view bytes) {
  if (!take_step()) return DiskResult::failed;
  File& file = files_[name];
  if (is_full_ && offset + bytes.size() > file.seen.size()) {
    counts_.add(Fault::disk_full);
    return DiskResult::full;
  }
  if (crashed_) {  // in the middle of it
    bytes = bytes.substr(0, static_cast<std::size_t>(random_.below(bytes.size() + 1)));
  }
  Change change{offset, std::string(bytes)};
  apply(change, file.seen);
  file.unsynced.push_back(std::move(change));
  return crashed_ ? DiskResult::failed : DiskResult::done;
}

DiskResult Disk::truncate(const std::string& name, std::size_t size) {
  if (!take_step()) return DiskResult::failed;
  File& file = files_[name];
  Change change{size, {}, true};
  apply(change, file.seen);
  file.unsynced.push_back(std::move(change));
  return crashed_ ? DiskResult::failed : DiskResult::done;
}

DiskResult Disk::sync(const std::string& name) {
  if (!take_step()) return DiskResult::failed;
  if (crashed_) return DiskResult::failed;  // before anything reached the disk
  File& file = files_[name];
  if (syncs_fail_one_in_ > 0 && random_.one_in(syncs_fail_one_in_)) {
    // The system tells once, and then takes the cached pages for clean.
    counts_.add(Fault::sync_failed);
    lose_unsynced(file);
    return DiskResult::failed;
  }
  for (const Change& change : file.unsynced) apply(change, file.durable);
  file.unsynced.clear();
  file.exists_durably = true;
  return DiskResult::done;
}

DiskResult Disk::remove(const std::string& name) {
  if (!take_step()) return DiskResult::failed;
  files_.erase(name);
  return crashed_ ? DiskResult::failed : DiskResult::done;
}

// Each unsynced change reaches the disk, or not, or in part.
void Disk::lose_unsynced(File& file) {
  const std::uint64_t mood = random_.below(4);
  for (Change& change : file.unsynced) {
    const bool is_lost = mood == 0 || (mood != 1 && random_.one_in(2));
    if (is_lost) {
      counts_.add(Fault::write_lost);
      continue;
    }
    if (!change.bytes.empty() && random_.one_in(3)) {
      change.bytes.resize(static_cast<std::size_t>(random_.below(change.bytes.size())));
      counts_.add(Fault::write_torn);
    }
    apply(change, file.durable);
  }
  file.unsynced.clear();
}

void Disk::crash_after(std::uint64_t changes, Crash crash) {
  changes_until_crash_ = changes;
  planned_ = crash;
}

void Disk::crash_now(Crash crash) {
  changes_until_crash_ = 0;
  if (!crashed_) crashed_ = crash;
}

void Disk::lose_power() {
  for (auto file = files_.begin(); file != files_.end();) {
    const bool had_changes = !file->second.unsynced.empty();
    lose_unsynced(file->second);
    if (!file->second.exists_durably && (!had_changes || random_.one_in(2))) {
      file = files_.erase(file);
      continue;
    }
    file->second.seen = file->second.durable;
    file->second.exists_durably = true;
    ++file;
  }
}

void Disk::restart() {
  if (crashed_ == Crash::power_lost) {
    counts_.add(Fault::power_lost);
    lose_power();
  } else if (crashed_) {
    counts_.add(Fault::process_killed);
  }
  crashed_.reset();
  changes_until_crash_ = 0;
}

void Disk::heal() {
  is_full_ = false;
  syncs_fail_one_in_ = 0;
  changes_until_crash_ = 0;
}

void Disk::copy(const std::string& from, const std::string& to) { place(to, files_[from].seen); }

void Disk::place(const std::string& name, std::string content) {
  File file;
  file.seen = content;
  file.durable = std::move(content);
  file.exists_durably = true;
  files_[name] = std::move(file);
}

std::vector<std::string> Disk::names() const {
  std::vector<std::string> names;
  names.reserve(files_.size());
  for (const auto& [name, file] : files_) names.push_back(name);
  return names;
}

}  // namespace yuanyue::sim
