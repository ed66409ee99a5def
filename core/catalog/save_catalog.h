// The park's halls, departments and services, as administrators describe them.
#pragma once

#include <vector>

#include "core/catalog/catalog.h"
#include "core/kernel/command.h"
#include "core/kernel/fact.h"

namespace yuanyue {

// Adds or replaces; all or nothing. References must resolve within the command or the state.
struct SaveCatalog {
  static const CommandType<SaveCatalog> type;
  std::vector<Park> parks;
  std::vector<Hall> halls;
  std::vector<Department> departments;
  std::vector<Service> services;
  bool operator==(const SaveCatalog&) const = default;
};

// What it has written.
struct CatalogSaved {
  static const FactType<CatalogSaved> type;
  std::vector<HallId> halls;
  std::vector<ServiceId> services;
  bool operator==(const CatalogSaved&) const = default;
};

}  // namespace yuanyue
