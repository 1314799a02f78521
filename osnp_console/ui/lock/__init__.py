"""Who sits at this desk: signing in, locking, changing person."""
