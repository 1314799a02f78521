"""The workspace Carnet: the local shared agendas, week by week, and how they are opened and closed."""
