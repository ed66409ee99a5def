#include "tests/sim/intruder.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/protocol/protocol.h"
#include "tests/sim/population.h"

namespace yuanyue::sim {
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t first_request = 1ULL << 62;  // apart from the network's

void collect(Json& node, std::vector<Json*>& nodes) {
  nodes.push_back(&node);
  if (!node.is_structured()) return;
  for (Json& child : node) collect(child, nodes);
}

const std::vector<Json>& odd_numbers() {
  static const std::vector<Json> numbers = {
      0, -1, 1, 7, 24, 61, 1'000'001, INT32_MAX, -1e18, 0.5, 1e308, INT64_MAX, INT64_MIN};
  return numbers;
}

const std::vector<Json>& odd_texts() {
  static const std::vector<Json> texts = {"",
                                          std::string(5'000, 'x'),
                                          "\xE2\x80\xAE",
                                          "\xEF\xBF\xBF",
                                          "2026-02-30",
                                          "9999-12-31",
                                          "0001-01-01",
                                          "24:00",
                                          "23:59",
                                          "00:00",
                                          "tax",
                                          "00000000-0000-0000-0000-000000000000"};
  return texts;
}

void distort(Json& node, worlds::Random& random) {
  switch (node.type()) {
    case Json::value_t::boolean:
      node = !node.get<bool>();
      return;
    case Json::value_t::string:
      node = random.pick(odd_texts());
      return;
    case Json::value_t::array:
      if (node.empty() || random.one_in(2)) {
        node = Json::array();
      } else {
        node = Json(300, node.front());
      }
      return;
    case Json::value_t::object: {
      if (node.empty() || random.one_in(3)) {
        node["odd"] = nullptr;
        return;
      }
      auto at = node.begin();
      std::advance(at, static_cast<std::ptrdiff_t>(random.below(node.size())));
      node.erase(at);
      return;
    }
    default:
      node = random.pick(odd_numbers());
  }
}

bool is_expected(int status) {
  constexpr std::array<int, 7> expected = {200, 400, 401, 403, 409, 413, 503};
  return std::ranges::find(expected, status) != expected.end();
}

}  // namespace

std::string Intruder::distorted(const std::string& body) {
  if (random_.one_in(4)) {  // as bytes
    std::string damaged = body.substr(0, random_.below(body.size()) + 1);
    damaged[static_cast<std::size_t>(random_.below(damaged.size()))] =
        static_cast<char>(random_.next());
    return damaged;
  }
  Json json = Json::parse(body, nullptr, false);
  const int times = random_.between(1, 3);
  for (int i = 0; i < times; ++i) {
    std::vector<Json*> nodes;
    collect(json["commands"], nodes);
    distort(*random_.pick(nodes), random_);
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string Intruder::some_body(const State& everything, const UserId& user, Instant now) {
  Client& client = clients_[user];
  if (!client.id) client = {ClientId(Uuid{random_.next() | 1, random_.next()}), 1};
  wire::PushRequest request;
  request.client = client.id;
  std::uint64_t seq = client.next_seq;
  if (random_.one_in(10)) seq = random_.one_in(2) ? seq + 3 : 1;
  const int count = random_.between(1, 3);
  for (int i = 0; i < count; ++i) {
    const worlds::Member victim = worlds::member(1 + random_.below(enterprises));
    AnyCommand command = random_.one_in(4) ? wishes_.administrator_command(everything, now)
                                           : wishes_.enterprise_command(everything, victim, now);
    if (command.is<SaveUser>()) continue;  // accounts are the crowd's
    const Uuid id{random_.next() | 1, random_.next()};
    request.commands.push_back({seq++, CommandId(id), std::move(command)});
  }
  return wire::encode(request);
}

void Intruder::act(const State& everything, Instant now) {
  if (!host_.is_up()) return;
  Request request;
  request.id = first_request + ++last_request_;
  request.kind = Request::Kind::push;
  request.user = person(1 + random_.below(people));
  request.body = some_body(everything, request.user, now);
  if (!random_.one_in(3)) request.body = distorted(request.body);
  sent_.insert(request.id);
  host_.receive(std::move(request));
}

void Intruder::answered(const Answer& answer) {
  if (sent_.erase(answer.request.id) == 0) return;
  const int status = answer.answer.status;
  if (!is_expected(status)) {
    oracle_.violation("what nobody's page would send is answered with " + std::to_string(status) +
                      " " + answer.answer.body + ": " + answer.request.body.substr(0, 2'000));
  }
  counts_.add(status == 200 ? Fault::intrusion_decided : Fault::intrusion_refused);
  Client& client = clients_[answer.request.user];
  if (status == 409) client = {};
  if (status != 200) return;
  if (const auto response = wire::decode_push_response(answer.answer.body)) {
    client.next_seq = std::max(client.next_seq, response->last_seq + 1);
  }
}

}  // namespace yuanyue::sim
