#include "core/kernel/rejections.h"

namespace yuanyue {

Rejection reject(RejectionCode code) {
  Rejection rejection;
  rejection.code = code;
  return rejection;
}

Rejection reject_invalid(std::string_view field) {
  Rejection rejection = reject(RejectionCode::invalid);
  rejection.field = field;
  return rejection;
}

Rejection reject_about(RejectionCode code, const BlockKey& block) {
  Rejection rejection = reject(code);
  rejection.block = block;
  return rejection;
}

}  // namespace yuanyue
