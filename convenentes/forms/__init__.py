"""Forms of the pages of requests, one module per group of pages."""
