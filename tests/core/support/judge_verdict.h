// Which rules a command would break. Nothing broken: it must be accepted; else it must be refused,
// with one of these codes.
#pragma once

#include <set>

#include "core/kernel/command.h"
#include "core/kernel/outcome.h"
#include "tests/core/support/judge_picture.h"
#include "tests/core/support/kinds.h"

namespace yuanyue::worlds {

struct Verdict {
  std::set<RefusalName> broken;
  // It may be refused for more than this judge knows: what a catalog or a name must look like has
  // tests of its own.
  bool is_open = false;

  void add(RefusalName code, bool is_broken = true) {
    if (is_broken) broken.insert(code);
  }
};

Verdict verdict_on(const Picture& park, const Envelope& envelope);

}  // namespace yuanyue::worlds
