"""Who is told what, when: the scheduler process and what leaves the house."""
