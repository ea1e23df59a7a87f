"""`motcua bench`: what things cost, as ratios against floors measured in the same run."""
