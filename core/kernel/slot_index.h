// Where a row lies in its table, by the hash of its key. Our own instead of a library's map because
// a bucket of eight bytes keeps the index of a million rows near the processor, and because a
// bucket can be asked for before it is needed (core/kernel/prefetch.h); no map we may use offers
// that.
//
// Open addressing, linear probing, at most half full. Keys stay in the rows: the caller compares.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace yuanyue {

// Asks the processor for what lies at an address. GCC takes a function that does nothing else for
// one without effect and leaves its calls out; it must not think so of this.
inline void prefetch_line(const void* address) {
  __builtin_prefetch(address);
  asm volatile("" : : "r"(address));
}

class SlotIndex {
 public:
  static constexpr std::uint32_t none = 0xFFFF'FFFF;

  std::size_t size() const { return size_; }

  // The slot whose hash is this one and for which `matches(slot)` holds, or none.
  template <class Matches>
  std::uint32_t find(std::size_t hash, Matches matches) const {
    if (size_ == 0) return none;
    const std::uint32_t tag = tag_of(hash);
    for (std::size_t i = tag & mask();; i = (i + 1) & mask()) {
      const Bucket& bucket = buckets_[i];
      if (bucket.slot == none) return none;
      if (bucket.tag == tag && matches(bucket.slot)) return bucket.slot;
    }
  }

  // The slot that find() will most likely look at, without looking at it; or none.
  std::uint32_t guess(std::size_t hash) const {
    return find(hash, [](std::uint32_t) { return true; });
  }

  // Requires that no equal key is in the index.
  void insert(std::size_t hash, std::uint32_t slot) {
    if ((size_ + 1) * 2 > buckets_.size()) grow();
    place({tag_of(hash), slot});
    ++size_;
  }

  // Requires that the slot is in the index under this hash.
  void erase(std::size_t hash, std::uint32_t slot) {
    std::size_t hole = tag_of(hash) & mask();
    while (buckets_[hole].slot != slot) hole = (hole + 1) & mask();
    // Buckets behind the hole that began their search at or before it move up, so that no search
    // ends early.
    for (std::size_t i = (hole + 1) & mask(); buckets_[i].slot != none; i = (i + 1) & mask()) {
      const std::size_t begins = buckets_[i].tag & mask();
      if (((i - begins) & mask()) < ((i - hole) & mask())) continue;
      buckets_[hole] = buckets_[i];
      hole = i;
    }
    buckets_[hole] = {};
    --size_;
  }

  void prefetch(std::size_t hash) const {
    if (size_ != 0) prefetch_line(&buckets_[tag_of(hash) & mask()]);
  }

  // Every slot, in no particular order.
  template <class Visit>
  void for_each(Visit visit) const {
    for (const Bucket& bucket : buckets_) {
      if (bucket.slot != none) visit(bucket.slot);
    }
  }

 private:
  struct Bucket {
    std::uint32_t tag = 0;  // 32 bits of the hash; their low ones say where the search begins
    std::uint32_t slot = none;
  };

  static constexpr std::size_t smallest = 16;

  static std::uint32_t tag_of(std::size_t hash) { return static_cast<std::uint32_t>(hash); }
  std::size_t mask() const { return buckets_.size() - 1; }

  void place(Bucket bucket) {
    std::size_t i = bucket.tag & mask();
    while (buckets_[i].slot != none) i = (i + 1) & mask();
    buckets_[i] = bucket;
  }

  void grow() {
    std::vector<Bucket> old = std::exchange(
        buckets_, std::vector<Bucket>(buckets_.empty() ? smallest : buckets_.size() * 2));
    for (const Bucket& bucket : old) {
      if (bucket.slot != none) place(bucket);
    }
  }

  std::vector<Bucket> buckets_;  // a power of two of them
  std::size_t size_ = 0;
};

}  // namespace yuanyue
