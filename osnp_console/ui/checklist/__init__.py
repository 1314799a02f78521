"""The checklist: the question to ask, the counts, the dispositifs in order, the detail and sources of one."""
