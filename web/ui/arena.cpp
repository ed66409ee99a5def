#include "web/ui/arena.h"

#include <cstring>
#include <memory>
#include <vector>

namespace yuanyue::web::ui::detail {
namespace {

constexpr std::size_t arena_block_bytes = 64 * 1024;

// Hands out memory until the end of the frame; blocks are used again in the next one.
class Arena {
 public:
  void* take(std::size_t size, std::size_t alignment) {
    if (size > arena_block_bytes / 2) return take_large(size);
    used_ = (used_ + alignment - 1) / alignment * alignment;
    if (blocks_.empty() || used_ + size > arena_block_bytes) next_block();
    void* place = blocks_[block_].get() + used_;
    used_ += size;
    return place;
  }
  void reset() {
    block_ = used_ = 0;
    large_.clear();
  }

 private:
  void next_block() {
    if (!blocks_.empty()) ++block_;
    if (block_ >= blocks_.size()) {
      blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(arena_block_bytes));
      block_ = blocks_.size() - 1;
    }
    used_ = 0;
  }
  void* take_large(std::size_t size) {
    return large_.emplace_back(std::make_unique_for_overwrite<std::byte[]>(size)).get();
  }

  std::vector<std::unique_ptr<std::byte[]>> blocks_, large_;
  std::size_t block_ = 0, used_ = 0;
};

Arena arena;

}  // namespace

void* keep_bytes(std::size_t size, std::size_t alignment) { return arena.take(size, alignment); }

std::string_view keep_text(std::string_view text) {
  if (text.empty()) return {};
  char* copy = static_cast<char*>(keep_bytes(text.size(), 1));
  std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

void drop_kept() { arena.reset(); }

}  // namespace yuanyue::web::ui::detail
