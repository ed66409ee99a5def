// A user's password as stores keep it: a commit writes it with the row that it belongs to
// (store.h), whoever signs people in reads it (auth_store.h).
#pragma once

#include <string>

namespace yuanyue {

struct CredentialWrite {
  std::string user;
  std::string password_hash;
  bool must_change = false;
};

struct StoredCredential {
  std::string user;
  std::string password_hash;
  bool must_change = false;
};

}  // namespace yuanyue
