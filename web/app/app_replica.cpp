// What this browser keeps: opening it, and saying when it cannot be kept.
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
            transport_.keep(ticket, entries);
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
  if (leads()) tab_leader_->pulled(before, sync_->cookie(), answer.body);
  after_sync();
}

void App::wait_for_leader() {
  tab_leader_->stop();
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
  tab_leader_->stop();
  leader_online_ = true;
  storage_.following();
  transport_.set_following(true);
  sync_->counterpart_changed(device_now());
  if (!session_->proven()) transport_.ask_who();
  hint_online();
  after_sync();
}

void App::take_tab_message(std::string_view from, std::string_view text) {
  const auto message = parse_tab_message(text);
  if (!message) return;
  if (const auto* left = std::get_if<TabSignedOut>(&*message)) {
    return signed_out_elsewhere(left->user);
  }
  if (transport_.following()) return transport_.take(*message);
  if (!leads()) return;
  // A tab that nobody looks at draws no frames, and learns here that the network is back.
  if (platform::online() != online_) {
    online_ = platform::online();
    hint_online();
  }
  if (std::holds_alternative<TabWho>(*message)) {
    if (session_->status() == Session::Status::signed_in) tab_leader_->tell_user(from);
    return;
  }
  const auto* question = std::get_if<TabQuestion>(&*message);
  if (question == nullptr) return;  // of another tab that leads, or led just now
  if (question->user != sync_->user() || session_->status() == Session::Status::signed_out) {
    tab_leader_->put_off(from, *question);
    session_->check();
    return;
  }
  tab_leader_->take(from, *question, device_now());
  after_sync();
}

TabFollower::Listener App::leader_listener() {
  return {
      .user = [this] { return sync_->user(); },
      .answered = [this](sync::TransportTicket ticket,
                         const sync::TransportAnswer& answer) { request_answered(ticket, answer); },
      .kept = [this](sync::StorageTicket ticket,
                     bool kept) { storage_.kept_elsewhere(ticket, kept); },
      .leader_online =
          [this](bool online) {
            leader_online_ = online;
            hint_online();
            after_sync();
          },
      .outbox =
          [this](const std::vector<sync::OutboxEntry>& entries) {
            for (const sync::OutboxEntry& entry : entries) {
              sync_->adopt(entry.id, entry.command, entry.decided_at, device_now());
            }
            after_sync();
          },
      .leaders_user =
          [this](const UserId& user) {
            // Where the server cannot be asked; the rows that come say the rest.
            if (session_->status() != Session::Status::checking) return;
            if (user) sync_->sign_in(user, device_now());
            after_sync();
          },
      .check = [this] { session_->check(); },
  };
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
