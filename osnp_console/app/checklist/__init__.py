"""The dispositifs judged for a call, and everything said about them."""
