"""Answer what has been sold: the actual, its dimensions, credit, currencies and customers."""
