"""Answer where the month ends, and how far past forecasts were off."""
