#include "core/catalog/kinds.h"

namespace yuanyue::events {

constinit const EventKind<NoDetail> calendar_imported =
    EventAnswers<NoDetail>{.name = "calendar_imported",
                           .fields = wire::no_fields<NoDetail>,
                           .subjects = no_subjects<NoDetail>};
constinit const EventKind<NoDetail> catalog_changed =
    EventAnswers<NoDetail>{.name = "catalog_changed",
                           .fields = wire::no_fields<NoDetail>,
                           .subjects = no_subjects<NoDetail>};

}  // namespace yuanyue::events
