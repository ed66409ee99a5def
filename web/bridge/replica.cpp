#include "web/bridge/replica.h"

#include <algorithm>
#include <string>
#include <utility>

#include <emscripten.h>

#include "web/bridge/host.h"

namespace yuanyue::web::platform {
namespace {

ReplicaListener listener;

// The numbers are those of web/shell/replica/replica.ts.
enum class ReplicaEvent : std::uint8_t {
  waiting,
  following,
  stored,
  opened,
  unavailable,
  written,
  lost,
  message,
  wiped
};
constexpr std::uint32_t repaired_bit = 1, outbox_lost_bit = 2;

void take(ReplicaEvent event, double number, std::string_view text) {
  switch (event) {
    case ReplicaEvent::waiting:
      return listener.waiting();
    case ReplicaEvent::following:
      return listener.following();
    case ReplicaEvent::stored:
      return listener.stored(text);
    case ReplicaEvent::opened: {
      const auto bits = static_cast<std::uint32_t>(number);
      return listener.opened((bits & repaired_bit) != 0, (bits & outbox_lost_bit) != 0);
    }
    case ReplicaEvent::unavailable:
      return listener.unavailable(static_cast<ReplicaLoss>(number));
    case ReplicaEvent::written:
    case ReplicaEvent::lost:
      return listener.written(static_cast<std::uint64_t>(number), event == ReplicaEvent::written);
    case ReplicaEvent::wiped:
      return listener.wiped();
    case ReplicaEvent::message: {
      const std::size_t line_end = std::min(text.find('\n'), text.size());
      return listener.message(text.substr(0, line_end),
                              text.substr(std::min(line_end + 1, text.size())));
    }
  }
}

}  // namespace

void listen_to_replica(ReplicaListener with) { listener = std::move(with); }

void start_replica() { yuanyue_host_replica_start(); }

void write_replica(std::uint64_t ticket, std::string_view lines) {
  yuanyue_host_replica_write(static_cast<double>(ticket), lines.data(), lines.size());
}

void wipe_replica(std::string_view rest) { yuanyue_host_replica_wipe(rest.data(), rest.size()); }

void send_to_tab(std::string_view to, std::string_view text) {
  yuanyue_host_tab_send(to.data(), to.size(), text.data(), text.size());
}

}  // namespace yuanyue::web::platform

// --- called by the shell
// --------------------------------------------------------------------------

extern "C" EMSCRIPTEN_KEEPALIVE void yuanyue_replica(std::uint32_t event, double number) {
  using namespace yuanyue::web;
  if (!platform::listener.waiting) return;  // the probe page keeps nothing
  // The scratch buffer is used again as soon as the shell is called.
  const std::string text(bridge::scratch());
  platform::take(static_cast<platform::ReplicaEvent>(event), number, text);
}
