"""What really happened, read off the log for many dossiers at once: ways, times, hands, logs."""
