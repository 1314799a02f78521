"""A slot booked, its outcome, its proof."""
