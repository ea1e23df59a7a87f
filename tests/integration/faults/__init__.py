"""What happens when processes, disks, databases and clocks fail."""
