// A world whose faults fail the test that made it.
#pragma once

#include <ostream>

#include <gtest/gtest.h>

#include "tests/core/support/world.h"

namespace yuanyue::worlds {

class TestWorld : public World {
 public:
  using World::World;
  TestWorld(const TestWorld&) = delete;
  TestWorld& operator=(const TestWorld&) = delete;
  ~TestWorld() {
    for (const std::string& fault : faults()) ADD_FAILURE() << fault;
  }
};

}  // namespace yuanyue::worlds
