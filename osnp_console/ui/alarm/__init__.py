"""The vital emergency: one band under the top bar, static, until it is seen or taken back."""
