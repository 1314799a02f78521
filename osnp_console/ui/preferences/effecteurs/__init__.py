"""The heading Effecteurs: whom agendas are asked for, and the dispositifs they take part in."""
