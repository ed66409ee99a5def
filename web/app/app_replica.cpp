// What this browser keeps: opening it, and saying when it cannot be kept.
#include <cstdlib>
#include <string>
#include <utility>

#include "web/app/app.h"
#include "web/app/format.h"
#include "web/ui/ui.h"

namespace yuanyue::web::app {
namespace {

std::string_view sentence_of(platform::ReplicaLoss loss) {
  switch (loss) {
    case platform::ReplicaLoss::unsupported:
      return "storage.unsupported";
    case platform::ReplicaLoss::full:
      return "storage.full";
    case platform::ReplicaLoss::failed:
      return "storage.failed";
    case platform::ReplicaLoss::newer:
      return "storage.newer";
  }
  return "storage.failed";
}

std::string_view sentence_of(ReplicaStorage::Damage damage) {
  switch (damage) {
    case ReplicaStorage::Damage::none:
      return "";
    case ReplicaStorage::Damage::repaired:
      return "storage.repaired";
    case ReplicaStorage::Damage::outbox_lost:
      return "storage.outbox_lost";
    case ReplicaStorage::Damage::commands_unreadable:
      return "storage.commands_unreadable";
  }
  return "";
}

}  // namespace

ReplicaStorage::Listener App::storage_listener() {
  return {
      .answered =
          [this](sync::StorageTicket ticket, sync::StorageAnswer answer) {
            sync_->storage_answered(ticket, answer, device_now());
            after_sync();
          },
      .loaded = [this](const sync::StoredReplica& stored) { replica_loaded(stored); },
      .keep_elsewhere =
          [this](sync::StorageTicket ticket, const std::vector<sync::OutboxEntry>& entries) {
            sync::StorageWrite outbox;
            outbox.put_outbox = entries;
            send_tab_message("", {"keep", to_string(sync_->user()), std::to_string(ticket)},
                             sync::storage_text(outbox));
          },
      .changed = [] { platform::request_frame(); },
  };
}

void App::listen_to_browser() {
  platform::listen_to_settings([this] { settings_changed(); });
  platform::listen_to_replica({
      .waiting = [this] { wait_for_leader(); },
      .following = [this] { follow(); },
      .opened = [this](bool repaired, bool outbox_lost) { storage_.opened(repaired, outbox_lost); },
      .unavailable = [this](platform::ReplicaLoss loss) { storage_.unavailable(loss); },
      .stored = [this](std::string_view lines) { storage_.stored(lines); },
      .written = [this](std::uint64_t ticket, bool kept) { storage_.written(ticket, kept); },
      .wiped =
          [this] {
            storage_.wiped();
            platform::request_frame();
          },
      .message = [this](std::string_view from,
                        std::string_view text) { take_tab_message(from, text); },
  });
}

// --- tabs --------------------------------------------------------------------------------------

bool App::leads() const {
  return storage_.mode() == ReplicaStorage::Mode::kept ||
         storage_.mode() == ReplicaStorage::Mode::lost ||
         storage_.mode() == ReplicaStorage::Mode::wiped;
}

void App::request_answered(sync::TransportTicket ticket, const sync::TransportAnswer& answer) {
  const std::string before = sync_->cookie();
  sync_->transport_answered(ticket, answer, device_now());
  if (leads()) tab_server_->pulled(before, sync_->cookie(), answer.body);
  after_sync();
}

void App::wait_for_leader() {
  tab_server_->stop();
  leader_online_ = true;
  storage_.waiting();
  if (transport_.following()) {
    transport_.set_following(false);
    sync_->counterpart_changed(device_now());
  }
  hint_online();
  after_sync();
}

void App::follow() {
  tab_server_->stop();
  leader_online_ = true;
  storage_.following();
  transport_.set_following(true);
  sync_->counterpart_changed(device_now());
  if (!session_->proven()) send_tab_message("", {"who"});
  hint_online();
  after_sync();
}

void App::take_tab_message(std::string_view from, std::string_view text) {
  const TabMessage message = parse_tab_message(text);
  if (message.word(0) == "signed_out") return signed_out_elsewhere(message.word(1));
  if (transport_.following()) return take_leaders_message(message);
  if (!leads()) return;
  // A tab that nobody looks at draws no frames, and learns here that the network is back.
  if (platform::online() != online_) {
    online_ = platform::online();
    hint_online();
  }
  if (message.word(0) == "who") {
    if (session_->status() != Session::Status::signed_in) return;
    return send_tab_message(from, {"user", to_string(sync_->user())});
  }
  const bool same_user = message.word(1) == to_string(sync_->user());
  if (!same_user || session_->status() == Session::Status::signed_out) {
    tab_server_->put_off(from, message);
    session_->check();
    return;
  }
  tab_server_->take(from, message, device_now());
  after_sync();
}

void App::take_leaders_message(const TabMessage& message) {
  const std::string_view kind = message.word(0);
  const auto number_at = [&](std::size_t at) {
    return static_cast<std::uint64_t>(
        std::strtoull(std::string(message.word(at)).c_str(), nullptr, 10));
  };
  if (kind == "answer") {
    transport_.leader_answered(number_at(1),
                               {static_cast<int>(number_at(2)), std::string(message.body),
                                static_cast<std::int64_t>(number_at(3))});
  } else if (kind == "kept") {
    storage_.kept_elsewhere(number_at(1), message.word(2) == "1");
  } else if (kind == "online") {
    leader_online_ = message.word(1) == "1";
    hint_online();
    after_sync();
  } else if (kind == "user" && session_->status() == Session::Status::checking) {
    // The server cannot be asked; the rows that come say the rest.
    if (const auto user = parse_uuid(message.word(1))) sync_->sign_in(UserId(*user), device_now());
    after_sync();
  } else if (kind == "check") {
    session_->check();
  } else if (kind == "outbox" && message.word(1) == to_string(sync_->user())) {
    sync::StoredReplicaReader reader;
    reader.take(message.body);
    for (const sync::OutboxEntry& entry : reader.finish().outbox) {
      sync_->adopt(entry.id, entry.command, entry.decided_at, device_now());
    }
    after_sync();
  }
}

// --- storage -----------------------------------------------------------------------------------

void App::replica_loaded(const sync::StoredReplica& stored) {
  sync_->load(stored, device_now());
  remember_user();
  after_sync();
  platform::request_frame();
}

// Without a network the replica says who is signed in.
void App::remember_user() {
  if (session_->status() == Session::Status::signed_out) sync_->session_ended(device_now());
  if (session_->status() != Session::Status::checking) return;
  const User* user = state().find(sync_->user());
  if (user == nullptr) return;
  std::optional<Enterprise> enterprise;
  if (const Enterprise* row = state().find(user->enterprise)) enterprise = *row;
  last_user_ = user->id;
  session_->remember(*user, enterprise);
  hint_online();
}

// The server is out of reach, too, when it does not answer the question who is signed in.
void App::hint_online() {
  const bool reachable = leader_online_ && (session_->proven() || !session_->unreachable());
  sync_->set_online_hint(platform::online() && reachable, device_now());
}

// Says once what cannot be kept, to whom it matters.
void App::tell_storage() {
  if (!texts_.loaded() || session_->status() != Session::Status::signed_in) return;
  const std::string_view key = storage_sentence();
  if (key == told_storage_) return;
  told_storage_ = key;
  if (key.empty()) return notices_.close("storage");
  tell({.key = "storage", .tone = ui::Tone::warning, .text = [this] { return storage_text(); }});
}

std::string_view App::storage_sentence() const {
  if (storage_.mode() == ReplicaStorage::Mode::lost) {
    if (storage_.is_wiping()) return "storage.not_wiped";
    return sentence_of(storage_.loss());
  }
  return sentence_of(storage_.damage());
}

std::string App::storage_text() const {
  const std::string_view key = storage_sentence();
  if (key.empty()) return {};
  const std::string count = number(static_cast<std::int64_t>(storage_.unreadable_commands()));
  return t(key, {{"count", count}});
}

}  // namespace yuanyue::web::app
