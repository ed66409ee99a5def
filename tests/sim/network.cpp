#include "tests/sim/network.h"

#include <utility>

namespace yuanyue::sim {

Network::Network(Events& events, const Weather& weather, std::uint64_t seed, FaultCounts& counts,
                 Host& host)
    : events_(events), weather_(weather), random_(seed), counts_(counts), host_(host) {
  host.set_answer_handler([this](const Answer& answer) { take_answer(answer); });
}

bool Network::by_chance(int percent) { return !is_healed_ && random_.between(0, 99) < percent; }

std::int64_t Network::some_delay_ms() {
  if (is_healed_) return 5;
  if (by_chance(weather_.late)) return random_.between(1'000, 90'000);
  return static_cast<std::int64_t>(
      random_.below(static_cast<std::uint64_t>(weather_.delay_ms_max) + 1));
}

void Network::send(const Device& device, const SentRequest& sent) {
  const std::uint64_t id = ++last_id_;
  under_way_.emplace(id, UnderWay{device.number, device.page_number, sent, device.cut_off_until});
  events_.trace(sent.is_push ? "push" : "pull", sent.is_push ? sent.body : sent.path);
  if (device.cut_off_until > events_.now()) {
    events_.after(random_.between(1, 2'000), [this, id] { finish(id, {}); });
    return;
  }
  events_.after(sent.timeout_ms, [this, id] { finish(id, {}); });
  Request request;
  request.id = id;
  request.kind = sent.is_push ? Request::Kind::push : Request::Kind::pull;
  request.user = device.user;
  request.has_session = device.has_session;
  request.path = sent.path;
  request.body = sent.body;
  if (by_chance(weather_.doubled)) {
    counts_.add(Fault::request_doubled);
    events_.after(some_delay_ms(), [this, request] { arrive(request); });
  }
  if (by_chance(weather_.lost)) {
    counts_.add(Fault::request_lost);
    return;
  }
  events_.after(some_delay_ms(), [this, request] { arrive(request); });
}

void Network::arrive(const Request& request) {
  if (!under_way_.contains(request.id)) counts_.add(Fault::request_late);
  if (host_.is_up()) {
    host_.receive(request);
  } else if (random_.one_in(2)) {  // refused; else it is waited for in vain
    finish(request.id, {502, "<html>Bad Gateway</html>", 0});
  }
}

void Network::take_answer(const Answer& answer) {
  const auto sent = under_way_.find(answer.request.id);
  if (sent == under_way_.end()) return on_strangers_(answer);
  if (by_chance(weather_.lost) || sent->second.cut_off_until > events_.now()) {
    counts_.add(Fault::answer_lost);
    return;
  }
  events_.after(some_delay_ms(),
                [this, id = answer.request.id, text = answer.answer] { finish(id, text); });
}

void Network::finish(std::uint64_t id, const sync::TransportAnswer& answer) {
  const auto found = under_way_.find(id);
  if (found == under_way_.end()) return;
  const UnderWay request = std::move(found->second);
  under_way_.erase(found);
  on_answer_(request.device, request.page, request.sent, answer);
}

}  // namespace yuanyue::sim
