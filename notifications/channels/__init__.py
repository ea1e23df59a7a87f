"""Carriers: one for each channel by which something leaves the house."""
