"""Stand-ins for systems of others, to try the product with and to test it against."""
