"""The nurse (IDE) prescription: what it holds, what it may become, its number, its FINESS."""
