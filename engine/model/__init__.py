"""What a dossier is: plain data, no behaviour that needs anything else."""
