"""Working time and due dates: pure arithmetic, without a clock and without a database."""
