"""What each formula of a trail gives, theme by theme; the public side is ``recompute.py``."""
