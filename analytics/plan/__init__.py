"""Answer what to aim at: targets, their splits, phasing and suggestions."""
