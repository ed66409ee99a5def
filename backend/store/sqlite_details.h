// What a store keeps of somebody beside rows and ledger, and who was erased; to look into a store
// that another process may be serving.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "backend/store/store_result.h"

namespace yuanyue {

// Times in milliseconds; those of `sign_ins`, `sessions` and `failures` are the machine's.
struct KeptOfAccounts {
  struct Account {
    std::string user;
    bool must_change_password = false;
  };
  struct Session {
    std::string user;
    std::int64_t created_ms = 0;
    std::int64_t seen_ms = 0;
  };
  struct SignIn {
    std::int64_t at_ms = 0;
    std::string event;
    std::string user;
    std::string address;
  };
  struct Client {
    std::string client;
    std::string user;
    std::int64_t last_sequence = 0;
    std::int64_t seen_ms = 0;
  };
  struct Result {
    std::string command;
    std::string user;
    std::int64_t at_ms = 0;
    std::string json;
  };
  struct Failure {
    std::string subject;
    std::int64_t count = 0;
    std::int64_t last_ms = 0;
    std::int64_t locked_until_ms = 0;
  };
  std::vector<Account> accounts;  // that have a password
  std::vector<Session> sessions;
  std::vector<SignIn> sign_ins;
  std::vector<Client> clients;
  std::vector<Result> results;
  std::vector<Failure> failures;
};
// Of these users, by id.
StoreResult<KeptOfAccounts> read_kept_of(const std::string& path,
                                         const std::vector<std::string>& users);

// "enterprise:<uuid>", "user:<uuid>": everybody whom the store's ledger says to be erased.
StoreResult<std::vector<std::string>> read_erased_owners(const std::string& path);

}  // namespace yuanyue
