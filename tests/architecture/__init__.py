"""Tests of the house itself: what the rooms may know, and what every module owes its reader."""
