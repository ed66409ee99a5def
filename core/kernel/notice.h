// What an enterprise is told without having asked: a fact, of which messages makes a row of the
// inbox.
#pragma once

#include "core/kernel/fact.h"
#include "core/kernel/ids.h"
#include "core/kernel/kind.h"
#include "core/kernel/transaction.h"

namespace yuanyue {

struct Notice {
  static const FactType<Notice> type;
  Uuid id;
  Instant at;
  EnterpriseId enterprise;
  NoticeOf kind;  // with its detail: what it is about
  bool operator==(const Notice&) const = default;
};

// Id and instant are filled in.
void publish_notice(Transaction& transaction, const EnterpriseId& enterprise, NoticeOf kind);
template <class Detail>
void notify(Transaction& transaction, const NoticeKind<Detail>& kind,
            const EnterpriseId& enterprise, const std::type_identity_t<Detail>& detail) {
  publish_notice(transaction, enterprise, {kind, detail});
}

}  // namespace yuanyue
