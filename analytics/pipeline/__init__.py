"""Answer what the deals say: stages, win rates, changes, risk, losses and leads."""
