#include "core/kernel/notice.h"

#include <utility>

namespace yuanyue {

constinit const FactType<Notice> Notice::type{"notice"};

void publish_notice(Transaction& transaction, const EnterpriseId& enterprise, NoticeOf kind) {
  transaction.publish(Notice{.id = transaction.next_id(),
                             .at = transaction.now(),
                             .enterprise = enterprise,
                             .kind = std::move(kind)});
}

}  // namespace yuanyue
