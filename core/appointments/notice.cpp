#include "core/appointments/notice.h"

#include <utility>

namespace yuanyue {

constinit const FactType<Notice> Notice::type{"notice"};

void notify(Transaction& transaction, Notice notice) {
  notice.id = transaction.next_id();
  notice.at = transaction.now();
  transaction.publish(std::move(notice));
}

}  // namespace yuanyue
