// Everything durable of one park, on one disk.
#pragma once

#include <memory>

#include "backend/store/auth_store.h"
#include "backend/store/store.h"

namespace yuanyue {

// Either may go first; the disk is let go of with the last. A commit of `store` and whatever `auth`
// writes come one after the other, never mixed.
struct Stores {
  std::unique_ptr<Store> store;
  std::unique_ptr<AuthStore> auth;
};

}  // namespace yuanyue
