"""How long personal data are kept, and what is left of them."""
