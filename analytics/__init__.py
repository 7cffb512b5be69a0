"""What the numbers mean: one question a module, no reading and no showing."""
