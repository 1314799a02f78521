"""Between the agendas and the window: searches under way, bookings under way, what the operator is told."""
