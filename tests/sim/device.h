// A browser profile: the storage that outlives pages, and at most one page with its sync client.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/sync/sync_client.h"
#include "tests/core/support/random.h"
#include "tests/sim/fault_counts.h"

namespace yuanyue::sim {

// What is durable on a device, as a database would hold it.
class DeviceStorage final : public sync::SyncStorage {
 public:
  DeviceStorage(std::uint64_t seed, FaultCounts& counts) : random_(seed), counts_(counts) {}

  sync::StorageAnswer write(sync::StorageTicket ticket, const sync::StorageWrite& write) override;

  struct Answered {
    sync::StorageTicket ticket;
    sync::StorageAnswer answer;
  };
  // The oldest write under way is done, or fails; nullopt: none is.
  std::optional<Answered> finish_one();
  bool has_writes() const { return !waiting_.empty(); }
  // The page ends: of what is under way the first few may still be done. True if something was.
  bool page_closed();
  void evict();
  void set_failing(bool failing) { is_failing_ = failing; }
  bool is_broken() const { return is_broken_; }
  void set_slow(bool slow) { is_slow_ = slow; }

  sync::StoredReplica kept() const;
  // Since the last eviction.
  bool has_ever_kept(const CommandId& id) const { return ever_kept_.contains(id); }
  bool keeps(const CommandId& id) const;  // on its way, or accepted
  // Something failed since it was opened.
  bool is_disturbed() const { return is_broken_ || is_failing_ || is_evicted_; }
  std::size_t unsettled() const { return outbox_.size(); }
  std::uint64_t rows_hash() const;

 private:
  bool takes_write();
  struct Waiting {
    sync::StorageTicket ticket;
    sync::StorageWrite write;
  };
  void apply(const sync::StorageWrite& write);

  worlds::Random random_;
  FaultCounts& counts_;
  bool is_failing_ = false;
  bool is_broken_ = false;  // a write has failed, so all do until it is opened again
  bool is_slow_ = true;
  bool is_evicted_ = false;
  std::deque<Waiting> waiting_;
  UserId user_;
  ClientId client_;
  std::uint64_t next_seq_ = 1;
  std::string cookie_;
  std::int64_t clock_offset_ms_ = 0;
  std::map<AnyKey, AnyRow> rows_;
  std::vector<LedgerEntry> ledger_;
  std::map<std::uint64_t, sync::OutboxEntry> outbox_;
  std::vector<sync::OutboxEntry> accepted_;
  std::set<CommandId> ever_kept_;
};

struct SentRequest {
  sync::TransportTicket ticket = 0;
  bool is_push = false;
  std::string path;
  std::string body;
  std::int64_t timeout_ms = 0;
};

class DeviceTransport final : public sync::SyncTransport {
 public:
  void start_push(sync::TransportTicket ticket, const std::string& path, const std::string& body,
                  std::int64_t timeout_ms) override {
    sent.push_back({ticket, true, path, body, timeout_ms});
  }
  void start_pull(sync::TransportTicket ticket, const std::string& path,
                  std::int64_t timeout_ms) override {
    sent.push_back({ticket, false, path, {}, timeout_ms});
  }
  void abort(sync::TransportTicket ticket) override { aborted.insert(ticket); }

  std::vector<SentRequest> sent;  // not given to the network yet
  std::set<sync::TransportTicket> aborted;
};

struct Page {
  Page(DeviceStorage& storage, const Uuid& seed, const sync::SyncSettings& settings)
      : client(storage, transport, seed, storage.kept(), settings) {}
  DeviceTransport transport;
  sync::SyncClient client;
};

struct Device {
  Device(std::size_t its_number, std::uint64_t seed, FaultCounts& counts)
      : number(its_number), storage(seed, counts) {}

  std::size_t number;
  UserId user;
  DeviceStorage storage;
  std::unique_ptr<Page> page;
  std::uint64_t page_number = 0;  // answers for an older page are nobody's
  bool is_asleep = false;
  bool has_session = true;
  Instant cut_off_until{INT64_MIN};
  std::int64_t clock_error_ms = 0;
};

}  // namespace yuanyue::sim
