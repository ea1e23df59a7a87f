"""What the national portal is told, without a database."""
