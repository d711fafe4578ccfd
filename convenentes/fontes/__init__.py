"""External registers."""
