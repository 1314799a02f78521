"""Click-to-dial: a telephony server that rings the desk, then the number. Agendas by phone are in `phone`."""
