"""The standard one-stop process: what every procedure of the catalogue runs on until somebody
draws a better one."""
