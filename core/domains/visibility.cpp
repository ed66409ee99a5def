#include "core/domains/visibility.h"

namespace yuanyue {
namespace {

const Audience everyone{AudienceKind::everyone, {}};
const Audience administrators{AudienceKind::administrators, {}};

Audience of_enterprise(const EnterpriseId& id) { return {AudienceKind::enterprise, id}; }

using Audiences = std::vector<Audience>;

struct AudiencesOf {
  Audiences operator()(const CalendarYear&) const { return {everyone}; }
  Audiences operator()(const Park&) const { return {everyone}; }
  Audiences operator()(const Hall&) const { return {everyone}; }
  Audiences operator()(const Department&) const { return {everyone}; }
  Audiences operator()(const Service&) const { return {everyone}; }
  Audiences operator()(const BlockOverride&) const { return {everyone}; }
  // The queue names entries by meaningless ids, so that each enterprise can find its own place.
  Audiences operator()(const Block&) const { return {everyone}; }
  Audiences operator()(const Enterprise& row) const {
    return {of_enterprise(row.id), administrators};
  }
  Audiences operator()(const User& row) const {
    return {{AudienceKind::user, row.id}, administrators};
  }
  template <class RowType>
  Audiences operator()(const RowType& row) const {  // Booking, WaitlistEntry, Offer, Notification
    return {of_enterprise(row.enterprise), administrators};
  }
};

}  // namespace

std::string to_string(const Audience& audience) {
  switch (audience.kind) {
    case AudienceKind::everyone:
      return "everyone";
    case AudienceKind::administrators:
      return "administrators";
    case AudienceKind::enterprise:
      return "enterprise:" + to_string(audience.id);
    case AudienceKind::user:
      return "user:" + to_string(audience.id);
  }
  return {};
}

std::vector<Audience> audiences_of(const Row& row) { return std::visit(AudiencesOf{}, row); }

std::vector<Audience> audiences_of(const LedgerEntry& entry) {
  if (entry.enterprise) return {of_enterprise(entry.enterprise), administrators};
  return {administrators};
}

std::vector<Audience> audiences_for(const User& user) {
  if (user.disabled) return {};
  const Audience own{AudienceKind::user, user.id};
  if (user.role == Role::administrator) return {everyone, own, administrators};
  return {everyone, own, of_enterprise(user.enterprise)};
}

}  // namespace yuanyue
