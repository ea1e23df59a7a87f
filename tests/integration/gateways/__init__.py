"""Money that comes through gateways and banks, with a real counterpart and a real database."""
