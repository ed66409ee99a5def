#include "backend/engine_loop/clients.h"

#include <gtest/gtest.h>

namespace yuanyue {
namespace {

using Names = std::vector<std::string>;

TEST(ClientsTest, a_user_has_at_most_so_many_and_the_ones_not_heard_for_longest_go) {
  Clients clients;
  clients.load({{"a", "u", 1, 30}, {"b", "u", 1, 10}, {"c", "u", 1, 20}, {"x", "v", 1, 1}});
  EXPECT_TRUE(clients.surplus({{"d", "u", 1}}, 4).empty());
  EXPECT_EQ(clients.surplus({{"d", "u", 1}}, 3), Names{"b"});
  EXPECT_EQ(clients.surplus({{"d", "u", 1}, {"e", "u", 1}}, 3), (Names{"b", "c"}));
  EXPECT_TRUE(clients.surplus({{"b", "u", 2}}, 3).empty()) << "it is no new one";
  EXPECT_EQ(clients.surplus({{"b", "u", 2}, {"d", "u", 1}}, 3), Names{"c"}) << "b is just heard";
  EXPECT_TRUE(clients.surplus({{"y", "v", 1}}, 3).empty()) << "another user's";
  EXPECT_EQ(clients.count_of("u"), 3U) << "nothing is forgotten by asking";
}

TEST(ClientsTest, what_is_forgotten_is_those_not_heard_since) {
  Clients clients;
  clients.load({{"a", "u", 1, 30}, {"b", "u", 1, 10}});
  clients.put({"c", "u", 5}, 40);
  clients.put({"b", "u", 2}, 35);
  clients.forget_before(35);
  EXPECT_EQ(clients.find("a"), nullptr);
  ASSERT_NE(clients.find("b"), nullptr);
  EXPECT_EQ(clients.find("b")->last_sequence, 2);
  EXPECT_EQ(clients.find("c")->seen_ms, 40);
  EXPECT_EQ(clients.count_of("u"), 2U);
  clients.forget("b");
  clients.forget("c");
  EXPECT_EQ(clients.count(), 0U);
  EXPECT_EQ(clients.count_of("u"), 0U);
}

}  // namespace
}  // namespace yuanyue
