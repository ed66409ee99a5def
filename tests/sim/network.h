// Between devices and the server: messages are delayed, lost, doubled and overtake each other.
#pragma once

#include <functional>
#include <map>

#include "tests/sim/device.h"
#include "tests/sim/host.h"

namespace yuanyue::sim {

class Network {
 public:
  Network(Events& events, const Weather& weather, std::uint64_t seed, FaultCounts& counts,
          Host& host);

  // An answer for a page's request: exactly one each, status 0 when none came.
  using AnswerHandler =
      std::function<void(std::size_t device, std::uint64_t page, const SentRequest& request,
                         const sync::TransportAnswer& answer)>;
  void set_answer_handler(AnswerHandler handler) { on_answer_ = std::move(handler); }
  // Answers to what no page has sent.
  void set_stranger_handler(std::function<void(const Answer&)> handler) {
    on_strangers_ = std::move(handler);
  }
  void send(const Device& device, const SentRequest& sent);
  void heal() { is_healed_ = true; }

 private:
  struct UnderWay {
    std::size_t device;
    std::uint64_t page;
    SentRequest sent;
    Instant cut_off_until;
  };

  void arrive(const Request& request);
  void take_answer(const Answer& answer);
  void finish(std::uint64_t id, const sync::TransportAnswer& answer);
  std::int64_t some_delay_ms();
  bool by_chance(int percent);

  Events& events_;
  const Weather& weather_;
  worlds::Random random_;
  FaultCounts& counts_;
  Host& host_;
  AnswerHandler on_answer_;
  std::function<void(const Answer&)> on_strangers_;
  std::map<std::uint64_t, UnderWay> under_way_;
  std::uint64_t last_id_ = 0;
  bool is_healed_ = false;
};

}  // namespace yuanyue::sim
