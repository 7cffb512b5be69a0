"""Answer where the month stands today: pace, gap and the curve."""
