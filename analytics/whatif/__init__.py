"""Answer what would happen if drivers moved."""
