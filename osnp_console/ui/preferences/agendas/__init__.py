"""The heading Agendas: which slots this desk may book, and the agendas that are searched."""
