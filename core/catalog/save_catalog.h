// The park's halls, departments and services, as administrators describe them.
#pragma once

#include <vector>

#include "core/catalog/catalog.h"
#include "core/kernel/command.h"

namespace yuanyue {

// Adds or replaces; all or nothing. References must resolve within the command or the state.
struct SaveCatalog {
  std::vector<Park> parks;
  std::vector<Hall> halls;
  std::vector<Department> departments;
  std::vector<Service> services;
  bool operator==(const SaveCatalog&) const = default;
};
Refusal decide(Transaction& transaction, const SaveCatalog& command);

}  // namespace yuanyue
