// The domains that the server knows, lower ones first.
#include "core/appointments/domain.h"
#include "core/catalog/domain.h"
#include "core/catalog/retention.h"
#include "core/kernel/domain.h"
#include "core/messages/domain.h"
#include "core/people/domain.h"
#include "core/people/grants.h"

namespace yuanyue {
namespace {

constexpr const Domain* domains[] = {
    &people::domain,
    &catalog::domain,
    &appointments::domain,
    &messages::domain,
};

}  // namespace

const Domains& known_domains() {
  static const Domains known(domains, grants, retention_ms);
  return known;
}

}  // namespace yuanyue
