// Commands with what their sender has seen, from the rows of its replica (docs/protocol.md).
export const protocol_version = 4;

export const cancel_of = (booking, reason = "") =>
  ({ type: "cancel_booking", booking: booking.id, block: booking.block, reason });

export const leave_of = (entry) => ({
  type: "leave_waitlist",
  entry: entry.id,
  seen: { wishes: entry.wishes, auto_accept: entry.auto_accept, ...(entry.offer && { offer: entry.offer }) },
});
