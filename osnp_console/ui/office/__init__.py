"""The site's side of prescriptions at this desk: its papers, its printer, the message to the nurse."""
