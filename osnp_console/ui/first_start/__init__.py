"""The pages before the window: first start, passphrase, a base that cannot be opened."""
