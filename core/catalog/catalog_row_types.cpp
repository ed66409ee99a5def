// The rows of the catalog: everybody sees them, nothing of them falls due, they stay, and they are
// nobody's own.
#include "core/catalog/catalog.h"
#include "core/catalog/catalog_tables.h"
#include "core/kernel/any_codec.h"
#include "core/kernel/row_type.h"

namespace yuanyue {

constinit const RowType<Park> Park::type = RowAnswers<Park>{
    .name = "park",
    .fields = wire::park_table,
    .key_fields = wire::slug_key<ParkId>,
    .audiences = [](const State&, const Park&) { return Audiences{everyone}; },
    .due = no_due<Park>,
    .finished = never_finished<Park>,
    .indexes = no_indexes<Park>,
    .owner = nobodys<Park>,
    .history = no_history<Park>,
};

constinit const RowType<Hall> Hall::type = RowAnswers<Hall>{
    .name = "hall",
    .fields = wire::hall_table,
    .key_fields = wire::slug_key<HallId>,
    .audiences = [](const State&, const Hall&) { return Audiences{everyone}; },
    .due = no_due<Hall>,
    .finished = never_finished<Hall>,
    .indexes = no_indexes<Hall>,
    .owner = nobodys<Hall>,
    .history = no_history<Hall>,
};

constinit const RowType<Department> Department::type = RowAnswers<Department>{
    .name = "department",
    .fields = wire::department_table,
    .key_fields = wire::slug_key<DepartmentId>,
    .audiences = [](const State&, const Department&) { return Audiences{everyone}; },
    .due = no_due<Department>,
    .finished = never_finished<Department>,
    .indexes = no_indexes<Department>,
    .owner = nobodys<Department>,
    .history = no_history<Department>,
};

constinit const RowType<Service> Service::type = RowAnswers<Service>{
    .name = "service",
    .fields = wire::service_table,
    .key_fields = wire::slug_key<ServiceId>,
    .audiences = [](const State&, const Service&) { return Audiences{everyone}; },
    .due = no_due<Service>,
    .finished = never_finished<Service>,
    .indexes = no_indexes<Service>,
    .owner = nobodys<Service>,
    .history = no_history<Service>,
};

}  // namespace yuanyue
