"""Stories played through the real window, key by key, with invented people and a picture of each step."""
